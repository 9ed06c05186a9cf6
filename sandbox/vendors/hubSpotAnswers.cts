/** HubSpot's errors as it words them. */
import { randomUUID } from 'node:crypto';

import type { FailureAnswer } from './standIn.cts';

interface Details {
	errors?: Array<{ message: string; code?: string; in?: string; context?: object }>;
	context?: object;
	links?: object;
}

/** The body of every error. @see https://developers.hubspot.com/docs/api-reference/error-handling */
export function refusal(
	status: number,
	category: string,
	message: string,
	details: Details = {},
): FailureAnswer {
	return {
		status,
		body: { status: 'error', message, correlationId: randomUUID(), ...details, category },
	};
}

/** What the routes throw; the server answers with it. */
export class Refusal extends Error {
	readonly answer: FailureAnswer;

	constructor(...parameters: Parameters<typeof refusal>) {
		super(parameters[2]);
		this.answer = refusal(...parameters);
	}
}

export interface PropertyProblem {
	name: string;
	error: string;
	message: string;
}

/** Problems stand twice: as JSON within the message, and in `errors`. */
export function invalidProperties(
	problems: PropertyProblem[],
): ConstructorParameters<typeof Refusal> {
	return [
		400,
		'VALIDATION_ERROR',
		messageOf(problems),
		{
			errors: problems.map(({ name, error, message }) => ({
				message,
				code: error,
				context: { propertyName: [name] },
			})),
		},
	];
}

function messageOf(problems: PropertyProblem[]): string {
	const details = problems.map(({ name, error, message }) => ({
		isValid: false,
		message,
		error,
		name,
		localizedErrorMessage: message,
	}));
	return `Property values were not valid: ${JSON.stringify(details)}`;
}

/** A limit's refusal says which limit it was, and not how long to wait. */
export function limitReached(policyName: string): FailureAnswer {
	return {
		status: 429,
		body: {
			status: 'error',
			message: `You have reached your ${policyName.toLowerCase()} limit.`,
			errorType: 'RATE_LIMIT',
			correlationId: randomUUID(),
			policyName,
			requestId: randomUUID(),
		},
	};
}

/** HubSpot's failures, for `failNext`. */
export const HUB_SPOT_FAILURES = {
	unauthorized: refusal(
		401,
		'INVALID_AUTHENTICATION',
		'Authentication credentials not found. This API supports OAuth 2.0 authentication.',
	),
	expired: refusal(
		401,
		'EXPIRED_AUTHENTICATION',
		'The OAuth token used to make this call expired 7 second(s) ago.',
	),
	missingScopes: refusal(
		403,
		'MISSING_SCOPES',
		"This app hasn't been granted all required scopes to make this call.",
		{
			errors: [
				{
					message: 'One or more of the following scopes are required.',
					context: { requiredGranularScopes: ['crm.objects.contacts.write'] },
				},
			],
		},
	),
	/** An older form of a validation error, with the property in the message alone. */
	readOnlyProperty: refusal(
		400,
		'VALIDATION_ERROR',
		messageOf([
			{ name: 'lead_score', error: 'READ_ONLY_VALUE', message: '"85" cannot be set: read-only' },
		]),
	),
	/** What an administrator made required, enforced since 2026-09. */
	requiredProperty: refusal(400, 'VALIDATION_ERROR', 'Some required properties were not set.', {
		errors: [
			{
				message: 'Some required properties were not set.',
				code: 'REQUIRED_FIELD',
				context: { properties: ['hs_lead_status'] },
			},
		],
	}),
	tenSecondly: limitReached('TEN_SECONDLY_ROLLING'),
	secondly: limitReached('SECONDLY'),
	daily: limitReached('DAILY'),
	/** Newer bodies name the limit in the message alone. */
	rateLimits: refusal(429, 'RATE_LIMITS', 'You have reached your ten_secondly_rolling limit.'),
	locked: refusal(423, 'LOCKED', 'This resource is locked.'),
	migrating: {
		...refusal(477, 'MIGRATION_IN_PROGRESS', 'This account is being moved.'),
		headers: { 'retry-after': '4' },
	},
	serverError: refusal(500, 'INTERNAL_ERROR', 'internal error'),
	unavailable: refusal(503, 'INTERNAL_ERROR', 'The service is unavailable at the moment.'),
	badGatewayPage: { status: 502, body: '<html><h1>502 Bad Gateway</h1></html>' },
	forbiddenPage: { status: 403, body: '<html><h1>Sorry, you have been blocked</h1></html>' },
} satisfies Record<string, FailureAnswer>;
