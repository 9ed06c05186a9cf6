/** Pipedrive's envelopes and failures, in its own words where those are known. */
import type { FailureAnswer } from './standIn.cts';

const INFO = 'Please check developers.pipedrive.com';
const LONG_INFO = `${INFO} for more information about Pipedrive API.`;

function answer(
	status: number,
	error: string,
	more: object = { data: null, additional_data: null },
	headers?: Record<string, string>,
) {
	const body = { success: false, error, error_info: LONG_INFO, ...more };
	return { status, body, ...(headers && { headers }) } satisfies FailureAnswer;
}

/**
 * Pipedrive's failures, for `failNext`. It documents no body of a 429; these have the form of its 401.
 * @see https://pipedrive.readme.io/docs/core-api-concepts-http-status-codes
 */
export const PIPEDRIVE_FAILURES = {
	unauthorized: answer(401, 'unauthorized access', { errorCode: 401, error_info: INFO }),
	accountNotOpen: answer(402, 'Company account is not open'),
	forbidden: answer(403, "You don't have permission to change this resource."),
	leadsLimit: answer(403, "Couldn't add the lead. Leads limit reached.", {
		data: null,
		additional_data: null,
		code: 'feature_capping_leads_limit',
	}),
	/** What those get who go on after a 429. */
	blocked: {
		status: 403,
		body: '<!DOCTYPE html><title>Access denied | Cloudflare</title><h1>Error 1015</h1>',
		headers: { 'content-type': 'text/html; charset=UTF-8' },
	},
	burst: answer(
		429,
		'Rate limit exceeded',
		{ errorCode: 429 },
		{ 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2' },
	),
	/** Seen in the wild: the limit's window is 2 s, and the sender is told to wait 10. */
	burstWithPenalty: answer(
		429,
		'Rate limit exceeded',
		{ errorCode: 429 },
		{
			'retry-after': '10',
			'x-ratelimit-limit': '10',
			'x-ratelimit-remaining': '0',
			'x-ratelimit-reset': '10',
		},
	),
	burstWithoutHeaders: answer(429, 'Rate limit exceeded', { errorCode: 429 }),
	dailyBudget: answer(
		429,
		'Rate limit exceeded',
		{ errorCode: 429 },
		{
			'x-ratelimit-remaining': '19',
			'x-ratelimit-reset': '2',
			'x-daily-ratelimit-token-limit': '30000',
			'x-daily-ratelimit-token-remaining': '0',
		},
	),
	dailyRequests: answer(
		429,
		'Rate limit exceeded',
		{ errorCode: 429 },
		{ 'x-daily-requests-left': '0' },
	),
	dailyInWords: answer(429, 'Daily rate limit exceeded', { errorCode: 429 }),
	serverError: answer(500, 'Internal Server Error', { code: 'ERR_UNKNOWN' }),
	unavailable: answer(503, 'Requested service is not available'),
} satisfies Record<string, FailureAnswer>;

export function badRequest(error: string, code?: string): FailureAnswer {
	return answer(400, error, { data: null, additional_data: null, ...(code && { code }) });
}

export function invalid(problem: string): FailureAnswer {
	return badRequest(`Validation failed: ${problem}`, 'ERR_SCHEMA_VALIDATION_FAILED');
}

export function forbidden(error: string): FailureAnswer {
	return answer(403, error);
}

export function notFound(what: string): FailureAnswer {
	return answer(404, `${what} not found`);
}

/** What a route throws to end with a failure. */
export class Refused extends Error {
	readonly failure: FailureAnswer;

	constructor(failure: FailureAnswer) {
		super(`Pipedrive answers ${failure.status}`);
		this.failure = failure;
	}
}
