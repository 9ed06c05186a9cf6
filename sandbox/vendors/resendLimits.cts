/** How often a team may ask, and how many mails it may send. */
import { Refusal, RESEND_FAILURES, tooManyRequests } from './resendErrors.cts';
import type { FailureAnswer } from './standIn.cts';

const WINDOW_MS = 1000;

const EXCEEDED = {
	daily: RESEND_FAILURES.dailyQuota,
	monthly: RESEND_FAILURES.monthlyQuota,
};

export type Quota = 'daily' | 'monthly';

export interface LimitOptions {
	/** Requests in a second of all the team's keys together; 5 by default. */
	perSecond?: number;
	/** Mails until the daily quota is used up; no end by default. */
	quota?: number;
}

/**
 * A window of one second begins with the first request after the last window, as recorded answers
 * suggest: the first one always reads "limit minus one remaining, reset in 1".
 * @see https://resend.com/docs/api-reference/rate-limit
 */
export class ResendLimits {
	/** How many requests went too fast. */
	refused = 0;
	private readonly perSecond: number;
	private windowStart = -Infinity;
	private inWindow = 0;
	private sent = 0;
	private left: Record<Quota, number>;

	constructor(
		private readonly options: LimitOptions,
		private readonly now: () => number,
	) {
		this.perSecond = options.perSecond ?? 5;
		this.left = { daily: options.quota ?? Infinity, monthly: Infinity };
	}

	/** Counts a request, or says why it is refused. */
	refuse(): FailureAnswer | undefined {
		if (this.now() - this.windowStart >= WINDOW_MS) {
			this.windowStart = this.now();
			this.inWindow = 0;
		}
		if (this.inWindow >= this.perSecond) {
			this.refused += 1;
			return { ...tooManyRequests(this.perSecond), headers: { 'retry-after': this.reset() } };
		}
		this.inWindow += 1;
		return undefined;
	}

	/** Of every answer to the team. @see https://www.ietf.org/archive/id/draft-ietf-httpapi-ratelimit-headers-06.html */
	headers(): Record<string, string> {
		return {
			'ratelimit-limit': String(this.perSecond),
			'ratelimit-policy': `${this.perSecond};w=${WINDOW_MS / 1000}`,
			'ratelimit-remaining': String(this.perSecond - this.inWindow),
			'ratelimit-reset': this.reset(),
		};
	}

	resetWindow(): void {
		this.windowStart = -Infinity;
		this.inWindow = 0;
	}

	/** Takes mails from both quotas; throws a Refusal, and takes none, where one has too few left. */
	spend(mails: number): void {
		for (const quota of ['daily', 'monthly'] as const) {
			if (this.left[quota] < mails) throw new Refusal(EXCEEDED[quota]);
		}
		this.left.daily -= mails;
		this.left.monthly -= mails;
		this.sent += mails;
	}

	/** Of answers to accepted mails: how many were sent, not how many are left. */
	quotaHeaders(): Record<string, string> {
		return {
			'x-resend-daily-quota': String(this.sent),
			'x-resend-monthly-quota': String(this.sent),
		};
	}

	exhaust(quota: Quota, afterMails: number): void {
		this.left[quota] = afterMails;
	}

	/** No quota ends any more. */
	heal(): void {
		this.left = { daily: Infinity, monthly: Infinity };
		this.resetWindow();
	}

	forget(): void {
		this.heal();
		this.left.daily = this.options.quota ?? Infinity;
		this.refused = 0;
		this.sent = 0;
	}

	private reset(): string {
		const leftMs = Math.max(0, this.windowStart + WINDOW_MS - this.now());
		return String(Math.ceil(leftMs / 1000));
	}
}
