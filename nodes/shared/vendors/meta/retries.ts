import { QUICK_RETRIES, type RetryOptions } from '../../http/retry';
import type { HttpResponse } from '../../http/send';
import { knownFailure } from './failures';
import { readFailure } from './errors';
import { regainMs } from './rateLimit';

/**
 * How Graph wants to be asked again. What only reads is repeated as usual. A message is repeated only
 * where Graph says that it was turned away because of a rate limit, which it does with a code in the
 * body of a 400, 403 or 429: Graph has no idempotency key, so that no answer, a 5xx and the codes 1
 * and 2 may stand for a message that went out. Where the limit lasts for minutes, nothing is repeated.
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export const metaRetries: Required<Pick<RetryOptions, 'policy' | 'isFinal'>> = {
	policy: { ...QUICK_RETRIES, refusals: [400, 403, 429] },

	isFinal(response: HttpResponse) {
		if (response.status === 0 || response.status >= 500) return false;
		return !isRateLimit(response) || regainMs(response.headers) !== undefined;
	},
};

function isRateLimit({ status, body }: HttpResponse): boolean {
	const { code, subcode } = readFailure(body);
	if (code === undefined) return status === 429;
	return knownFailure(code, subcode)?.kind === 'rate-limited';
}
