import { VendorError, type VendorErrorKind } from '../../shared/http/vendorError';
import type { Batch, MailResult } from './batch';
import { findSent, type FoundMails } from './reconcile';
import { sendBatch, type Sending } from './sendBatch';

const DAY_MS = 86_400_000;
/** Three batches in a row without an answer: Resend is down, and the next would not get one either. */
const MOST_FAILURES = 3;
/** Enough for Resend's usual limits at a second an answer; the pace decides how many it really are. */
const IN_FLIGHT = 8;
/**
 * Long enough for every portion, and far below the day for which Resend remembers a key: a machine
 * that was put to sleep in the middle must not go on with keys that nobody knows any more.
 */
const LONGEST_RUN_MS = 3_600_000;
/** Resend's Pro plan. */
const LIST_KEPT_MS = 3 * DAY_MS;

/** What became of a batch: done for good, or to be taken again, with the same key and mails. */
export type BatchOutcome =
	| { key: string; outcome: 'sent'; results: MailResult[] }
	| { key: string; outcome: 'unsent'; reason: string };

/** Why no further batch was started. */
export interface Stopped {
	kind: VendorErrorKind;
	message: string;
	advice: string;
	/** Whether it may heal by itself: the campaign goes on later without anyone changing anything. */
	isPassing: boolean;
}

export interface Dispatched {
	/** In the order in which the batches were given. */
	outcomes: BatchOutcome[];
	stopped?: Stopped;
}

export interface DispatchOptions extends Omit<Sending, 'listKeptMs'> {
	batches: readonly Batch[];
	inFlight?: number;
	listKeptMs?: number;
}

/**
 * Sends batches, several at a time. What concerns the campaign as a whole, such as a refused key, a
 * sender that is not verified or an exhausted quota, stops it: no further batch is started, and those
 * that were not sent can be given again. What concerns one batch leaves the others alone.
 */
export async function dispatchBatches(options: DispatchOptions): Promise<Dispatched> {
	const { batches, send, clock, validation, inFlight = IN_FLIGHT } = options;
	const sending: Sending = {
		send,
		clock,
		validation,
		listKeptMs: options.listKeptMs ?? LIST_KEPT_MS,
	};
	const found = lookUpExpired(batches, sending);
	const outcomes = new Map<Batch, BatchOutcome>();
	let stopped: Stopped | undefined;
	let failuresInARow = 0;

	const fail = (batch: Batch, error: unknown) => {
		if (!(error instanceof VendorError)) throw error;
		const { kind, message, advice, status } = error.details;
		outcomes.set(batch, { key: batch.key, outcome: 'unsent', reason: message });
		// A conflict is an answer, and about this batch alone.
		if (error.isPassing && status !== 409) failuresInARow += 1;
		if (error.isPassing && failuresInARow < MOST_FAILURES) return;
		const reason = { kind, message, advice, isPassing: error.isPassing };
		// What somebody has to see to counts for more than what passes.
		if (stopped === undefined || (stopped.isPassing && !reason.isPassing)) stopped = reason;
	};

	const waiting = [...batches];
	const startedAt = clock.now();
	const next = () =>
		stopped || clock.now() - startedAt > LONGEST_RUN_MS ? undefined : waiting.shift();
	const worker = async () => {
		for (let batch = next(); batch; batch = next()) {
			const current = batch;
			await settle(current).then(
				(results) => {
					failuresInARow = 0;
					outcomes.set(current, { key: current.key, outcome: 'sent', results });
				},
				(error: unknown) => fail(current, error),
			);
		}
	};
	const settle = async (batch: Batch) => await sendBatch(batch, await found(batch), sending);
	await Promise.all(Array.from({ length: Math.min(inFlight, batches.length) }, worker));

	const reason = stopped?.message ?? '';
	return {
		outcomes: batches.map(
			(batch) => outcomes.get(batch) ?? { key: batch.key, outcome: 'unsent', reason },
		),
		...(stopped && { stopped }),
	};
}

/** What Resend's list has of the batches whose key has expired: read once, for all of them. */
function lookUpExpired(
	batches: readonly Batch[],
	{ send, clock }: Sending,
): (batch: Batch) => Promise<FoundMails | undefined> {
	const expired = batches.filter(({ isKeyExpired }) => isKeyExpired);
	let reading: Promise<FoundMails[]> | undefined;
	return async (batch) => {
		if (!batch.isKeyExpired) return undefined;
		reading ??= findSent(
			send,
			clock,
			expired.map(({ mails, firstAttemptAt = 0 }) => ({ mails, since: firstAttemptAt })),
		);
		return (await reading)[expired.indexOf(batch)];
	};
}
