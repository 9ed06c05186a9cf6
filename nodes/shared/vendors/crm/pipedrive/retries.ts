import type { HttpResponse } from '../../../http/send';
import type { CrmRetries } from '../port';

/** The window of the burst limit, and the least that is waited where Pipedrive does not say. */
const BURST_WINDOW_MS = 2_000;

export const pipedriveRetries: CrmRetries = {
	askedWaitMs: burstWaitMs,
	refusals: [429],
	isFinal: isDailyBudgetSpent,
};

/**
 * How long a 429 asks to wait. The header counts seconds from now; a sender that ran into the limit
 * has been told 10 although the window is 2.
 * @see https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting
 */
export function burstWaitMs({ status, headers }: HttpResponse): number | undefined {
	if (status !== 429 || headers['retry-after'] !== undefined) return undefined;
	const seconds = Number(headers['x-ratelimit-reset']);
	return seconds > 0 ? seconds * 1000 : BURST_WINDOW_MS;
}

/** Whether the company has spent its tokens of the day, which come back at midnight and not before. */
export function isDailyBudgetSpent({ status, headers, body }: HttpResponse): boolean {
	if (status !== 429) return false;
	const left = ['x-daily-ratelimit-token-remaining', 'x-daily-requests-left'];
	return (
		left.some((header) => Number(headers[header] ?? Number.NaN) <= 0) ||
		/\bdaily\b/i.test(JSON.stringify(body) ?? '')
	);
}
