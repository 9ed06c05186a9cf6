/** What a server says of its rate limit. */
export interface RateLimit {
	/** Requests in a window. */
	quota: number;
	windowMs: number;
	/** How many of them are left in the current window. */
	remaining?: number;
	/** Until the window starts anew, in milliseconds; the header counts whole seconds. */
	resetMs?: number;
}

const SECOND_MS = 1000;

/**
 * The limit in an answer's headers (names in lower case); undefined where they name none. Without a
 * policy the window is taken to be the time until the reset, a second at least.
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-06
 */
export function readRateLimit(headers: Readonly<Record<string, string>>): RateLimit | undefined {
	const quota = wholeNumber(headers['ratelimit-limit']);
	if (!quota) return undefined;
	const remaining = wholeNumber(headers['ratelimit-remaining']);
	const resetSeconds = wholeNumber(headers['ratelimit-reset']);
	const windowSeconds =
		windowOf(quota, headers['ratelimit-policy']) ?? Math.max(1, resetSeconds ?? 1);
	return {
		quota,
		windowMs: windowSeconds * SECOND_MS,
		...(remaining !== undefined && { remaining }),
		...(resetSeconds !== undefined && { resetMs: resetSeconds * SECOND_MS }),
	};
}

/** The window, in seconds, of the policy that has this quota, such as `5;w=1` among several. */
function windowOf(quota: number, policies = ''): number | undefined {
	for (const policy of policies.split(',')) {
		const [, limit, seconds] = /^\s*(\d{1,9})\s*;(?:.*;)?\s*w=(\d{1,9})/.exec(policy) ?? [];
		if (Number(limit) === quota && Number(seconds) > 0) return Number(seconds);
	}
	return undefined;
}

/** The first number of a header: older drafts let the policies follow the limit. */
function wholeNumber(header = ''): number | undefined {
	const digits = /^\s*(\d{1,9})\s*(?:[,;]|$)/.exec(header)?.[1];
	return digits === undefined ? undefined : Number(digits);
}
