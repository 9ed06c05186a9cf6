import { type Clock, MINUTE_MS } from '../clock.cts';
import { alertDeadLetter, createQueueDepthAlert } from './alerts.cts';
import { inTransaction } from './database.cts';
import { failUnanswered, resendUnanswered } from './outboxMessages.cts';
import { repeat } from './repeat.cts';
import type pg from 'pg';

const MAX_RESENDS = 3;
const LONGEST_ROUND_MS = 1_000;

export interface WatchdogOptions {
	pool: pg.Pool;
	clock: Clock;
	/** How long n8n may be silent about a delivered message, in minutes of the clock. */
	minutes: number;
	/** While false it watches over nothing. */
	isRunning(): boolean;
}

/**
 * n8n keeps no promise after its 200: a killed process loses what it had taken. So a message that
 * brought no signed callback in time is sent again, a few times, and is then a dead letter. Time
 * counts from the last sign of life: a campaign that tells of its progress may take its time.
 */
export function startWatchdog({ pool, clock, minutes, isRunning }: WatchdogOptions): {
	stop(): Promise<void>;
} {
	const patienceMs = clock.delay(minutes * MINUTE_MS);
	const reason = `no callback within ${minutes} minutes`;
	const checkQueueDepth = createQueueDepthAlert(pool);

	return repeat(Math.min(LONGEST_ROUND_MS, patienceMs / 4), async () => {
		if (!isRunning()) return;
		const silentSince = new Date(clock.now().getTime() - patienceMs);
		await inTransaction(pool, async (client) => {
			for (const message of await failUnanswered(client, silentSince, MAX_RESENDS, reason)) {
				await alertDeadLetter(client, message, reason);
			}
		});
		await resendUnanswered(pool, silentSince, MAX_RESENDS, reason);
		await checkQueueDepth();
	});
}
