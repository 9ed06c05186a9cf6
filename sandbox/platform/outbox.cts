import type { Clock } from '../clock.cts';
import { alertDeadLetter } from './alerts.cts';
import type { Queryable } from './database.cts';
import { type Answer, deliver, type DeliveryOptions, field } from './delivery.cts';
import { logAttempt } from './eventLog.cts';
import {
	claimDueMessages,
	markSent,
	markUndelivered,
	type OutboxMessage,
	releaseMessage,
} from './outboxMessages.cts';
import { repeat } from './repeat.cts';
import { isDelivered, isPassing, waitBeforeRetry } from './retrySchedule.cts';

const CONCURRENCY = 4;
const POLL_MS = 100;
/** Added to the longest delivery, so that a lease outlives it. */
const LEASE_MARGIN_MS = 5_000;

export interface Outbox {
	readonly isPaused: boolean;
	pause(): void;
	resume(): void;
	close(): Promise<void>;
}

export interface OutboxOptions extends DeliveryOptions {
	db: Queryable;
	clock: Clock;
	isPaused: boolean;
	/** While false nothing new is delivered, paused or not. */
	isRunning(): boolean;
}

/** Delivers what is due, a few at a time, until it is closed. Closing gives back what is on its way. */
export function startOutbox(options: OutboxOptions): Outbox {
	const { db, clock, timeoutMs } = options;
	const closing = new AbortController();
	const onTheWay = new Set<Promise<void>>();
	let { isPaused } = options;

	async function deliverDue(): Promise<void> {
		const free = CONCURRENCY - onTheWay.size;
		if (isPaused || !options.isRunning() || free === 0) return;
		const now = clock.now();
		const leaseUntil = new Date(now.getTime() + timeoutMs + LEASE_MARGIN_MS);
		for (const message of await claimDueMessages(db, now, leaseUntil, free)) {
			const delivery = deliverOne(message)
				.catch((error: unknown) => console.error('outbox:', error))
				.finally(() => onTheWay.delete(delivery));
			onTheWay.add(delivery);
		}
	}

	async function deliverOne(message: OutboxMessage): Promise<void> {
		const answer = await deliver(message, options, closing.signal);
		if (closing.signal.aborted && answer.status === 0) {
			await releaseMessage(db, message);
			return;
		}
		const outcome = await settle(message, answer);
		const companyId = message.payload.company_id;
		await logAttempt(db, {
			direction: 'out',
			event: message.eventType,
			correlationId: message.correlationId,
			...(typeof companyId === 'string' && { companyId }),
			status: answer.status,
			outcome,
			durationMs: answer.durationMs,
			attempt: message.attempts,
		});
	}

	async function settle(message: OutboxMessage, answer: Answer): Promise<string> {
		const now = clock.now();
		if (isDelivered(answer.status)) {
			const isSelected = field(answer.body, 'accepted') !== false;
			await markSent(db, message, now, isSelected);
			return isSelected ? 'delivered' : 'not-selected';
		}
		const wait = isPassing(answer.status)
			? waitBeforeRetry(message.attempts, message.maxAttempts, Math.random())
			: undefined;
		const retryAt = wait === undefined ? null : new Date(now.getTime() + clock.delay(wait));
		const isMarked = await markUndelivered(db, message, answer.message, retryAt);
		if (!isMarked) return 'answered-by-callback';
		if (retryAt) return 'retried-later';
		await alertDeadLetter(db, message, answer.message);
		return 'dead-letter';
	}

	const polling = repeat(POLL_MS, deliverDue);
	return {
		get isPaused() {
			return isPaused;
		},
		pause() {
			isPaused = true;
		},
		resume() {
			isPaused = false;
		},
		async close() {
			await polling.stop();
			closing.abort();
			await Promise.all(onTheWay);
		},
	};
}
