import type { HttpResponse } from '../../../http/send';
import type { CrmRetries } from '../port';
import { readFailure } from './errors';

const LIMIT_WAITS_MS: Readonly<Record<string, number>> = {
	TEN_SECONDLY_ROLLING: 10_000,
	SECONDLY: 1_000,
};

const LOCK_WAIT_MS = 2_000;

/**
 * HubSpot says in the body which of its limits was met, and not how long to wait; 423 asks for two
 * seconds, and 477, an account on the move, for its `Retry-After`.
 * @see https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
 */
export const hubSpotRetries: CrmRetries = {
	refusals: [429, 423, 477],

	askedWaitMs({ status, headers, body }) {
		if (headers['retry-after'] !== undefined) return undefined;
		if (status === 423) return LOCK_WAIT_MS;
		return status === 429 ? LIMIT_WAITS_MS[readFailure(body).limit ?? ''] : undefined;
	},

	isFinal({ status, body }: HttpResponse) {
		return status === 429 && (readFailure(body).limit?.startsWith('DAILY') ?? false);
	},
};
