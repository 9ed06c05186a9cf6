import { QUICK_RETRIES, type RetryOptions } from '../../http/retry';
import type { HttpResponse } from '../../http/send';
import { readFailure, STILL_WORKING } from './errors';

/** A full batch is worked on for a second or two. */
const STILL_WORKING_WAIT_MS = 1_500;

/**
 * How Resend wants to be asked again. Mails are sent with an idempotency key, so also where no answer
 * came; a conflict is waited out only where it means that the same request is still worked on.
 * @see https://resend.com/docs/api-reference/rate-limit
 */
export const resendRetries: Required<Pick<RetryOptions, 'policy' | 'isFinal' | 'askedWaitMs'>> = {
	policy: { ...QUICK_RETRIES, attempts: 4, refusals: [409, 429] },

	isFinal({ status, body }: HttpResponse) {
		const { name = '' } = readFailure(body);
		return (status === 409 && name !== STILL_WORKING) || (status === 429 && /_quota_/.test(name));
	},

	askedWaitMs({ status, headers }: HttpResponse, attempt: number) {
		if (headers['retry-after'] !== undefined) return undefined;
		if (status === 409) return STILL_WORKING_WAIT_MS * attempt;
		const resetSeconds = Number(headers['ratelimit-reset'] ?? Number.NaN);
		return status === 429 && resetSeconds > 0 ? resetSeconds * 1000 : undefined;
	},
};
