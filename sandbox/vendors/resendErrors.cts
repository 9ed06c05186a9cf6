/** Resend's errors as it words them. @see https://resend.com/docs/api-reference/errors */
import type { FailureAnswer } from './standIn.cts';

interface Answer extends FailureAnswer {
	body: { statusCode: number; message: string; name: string };
}

export function refusal(statusCode: number, name: string, message: string): Answer {
	return { status: statusCode, body: { statusCode, message, name } };
}

/** What the routes throw; the server answers with it. */
export class Refusal extends Error {
	constructor(readonly answer: Answer) {
		super(answer.body.message);
	}
}

export function missing(field: string): Refusal {
	return new Refusal(refusal(422, 'missing_required_field', `Missing \`${field}\` field.`));
}

export function invalid(message: string): Refusal {
	return new Refusal(refusal(422, 'validation_error', message));
}

export function notFound(what: string): Refusal {
	return new Refusal(refusal(404, 'not_found', `${what} not found`));
}

/** Heals by waiting; how long stands in the headers. */
export function tooManyRequests(perSecond: number): Answer {
	return refusal(
		429,
		'rate_limit_exceeded',
		`Too many requests. You can only make ${perSecond} requests per second. See rate limit response headers for more information. Or contact support to increase rate limit.`,
	);
}

export function unverified(domain: string): Answer {
	return refusal(
		403,
		'validation_error',
		`The ${domain} domain is not verified. Please, add and verify your domain on https://resend.com/domains`,
	);
}

/** Resend's failures, for `failNext`. */
export const RESEND_FAILURES = {
	missingApiKey: refusal(401, 'missing_api_key', 'Missing API Key'),
	/** As recorded; the page of errors promises the next one. */
	invalidApiKey: refusal(401, 'validation_error', 'API key is invalid'),
	invalidApiKeyAsDocumented: refusal(403, 'invalid_api_key', 'API key is invalid.'),
	restrictedApiKey: refusal(
		401,
		'restricted_api_key',
		'This API key is restricted to only send emails',
	),
	suspended: refusal(403, 'suspended_api_key', 'This API key is suspended.'),
	invalidJson: refusal(400, 'validation_error', 'Request body must be valid JSON.'),
	invalidIdempotencyKey: refusal(
		400,
		'invalid_idempotency_key',
		'The key must be between 1-256 chars.',
	),
	unverifiedDomain: unverified('unverified.example'),
	noRoute: refusal(404, 'not_found', 'The requested endpoint does not exist.'),
	concurrentRequests: refusal(
		409,
		'concurrent_idempotent_requests',
		'Same idempotency key used while original request is still in progress.',
	),
	otherPayload: refusal(
		409,
		'invalid_idempotent_request',
		'Same idempotency key used with a different request payload.',
	),
	rateLimited: {
		...tooManyRequests(5),
		headers: {
			'ratelimit-limit': '5',
			'ratelimit-policy': '5;w=1',
			'ratelimit-remaining': '0',
			'ratelimit-reset': '1',
			'retry-after': '1',
		},
	},
	/** These do not heal by waiting a second: somebody has to pay, or a day has to pass. */
	dailyQuota: refusal(
		429,
		'daily_quota_exceeded',
		'You have reached your daily email sending quota.',
	),
	monthlyQuota: refusal(
		429,
		'monthly_quota_exceeded',
		'You have reached your monthly email sending quota.',
	),
	serverError: refusal(
		500,
		'application_error',
		'Internal server error. We are unable to process your request right now, please try again later.',
	),
	unavailable: refusal(503, 'service_unavailable', 'The service is temporarily unavailable.'),
	badGatewayPage: { status: 502, body: '<html><h1>502 Bad Gateway</h1></html>' },
} satisfies Record<string, FailureAnswer>;
