import type { Attempt, Clock, HttpRequest, HttpResponse, Send } from './send';

export interface RetryPolicy {
	attempts: number;
	/** Wait before the second attempt, in milliseconds; doubles from there. */
	baseDelayMs: number;
	/** Longest wait, also when the vendor's `Retry-After` asks for more. */
	maxDelayMs: number;
	/** Share of the wait that is added at random, so that callers do not come back together. */
	jitter: number;
	statuses: readonly number[];
	/** Statuses with which a request is turned away unread, so that even a POST may be repeated. */
	refusals: readonly number[];
}

/** Three quick attempts. 0 is "no answer"; 4xx that cannot heal is not repeated. */
export const QUICK_RETRIES: RetryPolicy = {
	attempts: 3,
	baseDelayMs: 300,
	maxDelayMs: 30_000,
	jitter: 0.25,
	statuses: [0, 408, 425, 429, 500, 502, 503, 504],
	refusals: [429],
};

/** `Sun, 06 Nov 1994 08:49:37 GMT`, or with the weekday and year of RFC 850. */
const HTTP_DATE = /^[A-Z][a-z]{2,8}, \d\d[ -][A-Z][a-z]{2}[ -]\d\d(\d\d)? \d\d:\d\d:\d\d GMT$/;

export interface RetryOptions {
	policy?: RetryPolicy;
	clock: Clock;
	/** A number from 0 up to 1. */
	random(): number;
	onAttempt?(attempt: Attempt): void;
	/** Says no to a retry that the status alone would allow, such as an exhausted quota. */
	isFinal?(response: HttpResponse): boolean;
	/** How long a response asks to wait, in milliseconds, where it says so in a way of its own. */
	askedWaitMs?(response: HttpResponse, attempt: number): number | undefined;
}

/**
 * Wraps `send` so that a request which is safe to repeat is repeated by the policy. A POST or PATCH
 * that is not marked as repeatable is repeated only where it was turned away unread. Never rejects.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 Retry-After
 */
export function withRetries(send: Send, options: RetryOptions): Send {
	const { policy = QUICK_RETRIES, clock, random, onAttempt, isFinal, askedWaitMs } = options;
	return async (request) => {
		const statuses = isRepeatable(request)
			? [...policy.statuses, ...policy.refusals]
			: policy.refusals;
		for (let attempt = 1; ; attempt++) {
			const startedAt = clock.now();
			const response = await send(request);
			onAttempt?.({
				attempt,
				status: response.status,
				durationMs: clock.now() - startedAt,
				...(response.noAnswer && { noAnswer: response.noAnswer }),
			});
			const again =
				attempt < policy.attempts && statuses.includes(response.status) && !isFinal?.(response);
			if (!again) return response;
			const asked =
				askedWaitMs?.(response, attempt) ??
				retryAfterMs(response.headers['retry-after'], clock.now());
			await clock.wait(waitBeforeNext(policy, attempt, asked, random()));
		}
	};
}

/** How long to wait after the given attempt, in milliseconds. What the vendor asked for wins, capped. */
export function waitBeforeNext(
	policy: RetryPolicy,
	attempt: number,
	asked: number | undefined,
	random: number,
): number {
	const backoff = policy.baseDelayMs * 2 ** (attempt - 1);
	return Math.min(policy.maxDelayMs, (asked ?? backoff) + policy.jitter * backoff * random);
}

/**
 * `Retry-After` in milliseconds: seconds or an HTTP date; undefined where absent or unreadable.
 * Other text is not left to `Date.parse`, which reads "try 5" as a day of May 2001.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 HTTP dates
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
	const text = header?.trim() ?? '';
	if (/^\d{1,12}(\.\d+)?$/.test(text)) return Number(text) * 1000;
	const untilMs = HTTP_DATE.test(text) ? Date.parse(text) - nowMs : Number.NaN;
	return Number.isNaN(untilMs) ? undefined : Math.max(0, untilMs);
}

function isRepeatable({ method, idempotencyKey, isRepeatable: isMarked }: HttpRequest): boolean {
	return isMarked || idempotencyKey !== undefined || (method !== 'POST' && method !== 'PATCH');
}
