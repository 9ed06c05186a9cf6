/** What Resend remembers of requests that named an idempotency key. */
import { createHash } from 'node:crypto';

import { Refusal, RESEND_FAILURES } from './resendErrors.cts';

const MEMORY_MS = 24 * 3_600_000;
const KEY_LENGTH = 256;

interface Remembered {
	fingerprint: string;
	since: number;
	/** Absent while the first request is in progress. */
	answer?: object;
}

/** @see https://resend.com/docs/dashboard/emails/idempotency-keys */
export class IdempotencyMemory {
	private readonly remembered = new Map<string, Remembered>();

	constructor(private readonly now: () => number) {}

	/**
	 * Works once for a key and a payload, byte for byte, and gives that answer for 24 hours. Failed
	 * work is not remembered. Throws a Refusal for a key that is too long, in use or used otherwise.
	 */
	async once(
		key: string | undefined,
		payload: string,
		work: () => Promise<object>,
	): Promise<object> {
		if (key === undefined) return await work();
		if (key.length < 1 || key.length > KEY_LENGTH) {
			throw new Refusal(RESEND_FAILURES.invalidIdempotencyKey);
		}
		const fingerprint = createHash('sha256').update(payload).digest('base64');
		const earlier = this.recall(key);
		if (earlier !== undefined) {
			if (earlier.fingerprint !== fingerprint) throw new Refusal(RESEND_FAILURES.otherPayload);
			if (earlier.answer === undefined) throw new Refusal(RESEND_FAILURES.concurrentRequests);
			return earlier.answer;
		}
		const entry: Remembered = { fingerprint, since: this.now() };
		this.remembered.set(key, entry);
		try {
			entry.answer = await work();
			return entry.answer;
		} catch (error) {
			this.remembered.delete(key);
			throw error;
		}
	}

	forget(): void {
		this.remembered.clear();
	}

	private recall(key: string): Remembered | undefined {
		const entry = this.remembered.get(key);
		return entry && this.now() - entry.since < MEMORY_MS ? entry : undefined;
	}
}
