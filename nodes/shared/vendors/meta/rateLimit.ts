const MINUTE_MS = 60_000;
const REGAIN_MINUTES = /"estimated_time_to_regain_access"\s*:\s*(\d{1,6})\b/g;

/**
 * How long until calls are taken again, in milliseconds; undefined where Meta does not say. Of several
 * use cases the longest counts. `X-App-Usage` has shares of a limit and no time.
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export function regainMs(headers: Readonly<Record<string, string>>): number | undefined {
	const usage = headers['x-business-use-case-usage']?.slice(0, 10_000) ?? '';
	const minutes = Math.max(0, ...[...usage.matchAll(REGAIN_MINUTES)].map(([, one]) => Number(one)));
	return minutes > 0 ? minutes * MINUTE_MS : undefined;
}
