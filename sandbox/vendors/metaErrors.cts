/**
 * Graph's errors as it words them.
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes
 */
import { randomBytes } from 'node:crypto';

import type { FailureAnswer } from './standIn.cts';

interface Details {
	status?: number;
	subcode?: number;
	/** `OAuthException` by default. */
	type?: string;
	isTransient?: boolean;
	headers?: Record<string, string>;
}

export function refusal(message: string, code: number, details: Details = {}): FailureAnswer {
	const { status = 400, subcode, type = 'OAuthException', isTransient, headers } = details;
	return {
		status,
		headers,
		body: {
			error: {
				message,
				type,
				...(isTransient !== undefined && { is_transient: isTransient }),
				code,
				...(subcode !== undefined && { error_subcode: subcode }),
				fbtrace_id: `A${randomBytes(8).toString('base64url')}`,
			},
		},
	};
}

/** What the routes throw; the server answers with it. */
export class Refusal extends Error {
	constructor(readonly answer: FailureAnswer) {
		super('refused');
	}
}

/** A parameter that is missing or wrong. */
export function invalid(message: string, subcode?: number): Refusal {
	return new Refusal(refusal(`(#100) ${message}`, 100, { subcode }));
}

/** An id that is not there, or that the token may not see: Graph does not tell which. */
export function unsupported(method: string, id: string): Refusal {
	return new Refusal(
		refusal(
			`Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
			100,
			{ subcode: 33, type: 'GraphMethodException' },
		),
	);
}

/** How near an account is to its limits, in percent, and the minutes until it may go on. */
export function usageHeaders(accountId: string, percent: number, minutes = 0) {
	const usage = { call_count: percent, total_cputime: percent, total_time: percent };
	return {
		'x-app-usage': JSON.stringify(usage),
		'x-business-use-case-usage': JSON.stringify({
			[accountId]: [{ type: 'messenger', ...usage, estimated_time_to_regain_access: minutes }],
		}),
	};
}

const WINDOW = '(#10) This message is sent outside of allowed window.';

/** Graph's failures, for `failNext`; the routes answer with them too. */
export const META_FAILURES = {
	/** As the error table has it; without any token at all Graph says the next one. */
	invalidToken: refusal('Invalid OAuth access token - Cannot parse access token', 190, {
		status: 401,
	}),
	missingToken: refusal('An access token is required to request this resource.', 104),
	expiredToken: refusal(
		'Error validating access token: Session has expired on Monday, 23-Nov-26 05:00:00 PST. The current time is Monday, 23-Nov-26 06:00:00 PST.',
		190,
		{ status: 401, subcode: 463 },
	),
	changedPassword: refusal(
		'Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
		190,
		{ status: 401, subcode: 460 },
	),
	appRemoved: refusal(
		'Error validating access token: The user has not authorized application 260000000000001.',
		190,
		{ status: 401, subcode: 458 },
	),
	missingPermission: refusal(
		'(#200) Cannot message users who are not admins, developers or testers of the app until pages_messaging permission is reviewed and the app is live.',
		200,
		{ status: 403, subcode: 2018028 },
	),
	instagramAccessDisabled: refusal(
		'(#200) The account owner has disabled access to instagram direct messages.',
		200,
		{ status: 403, subcode: 2534041 },
	),
	outsideWindow: refusal(
		`${WINDOW} Learn more about the new policy here: https://developers.facebook.com/docs/messenger-platform/policy-overview`,
		10,
		{ subcode: 2018278 },
	),
	outsideWindowInstagram: refusal(WINDOW, 10, { subcode: 2534022 }),
	notReceiving: refusal("(#10) They can't receive your messages right now.", 10, {
		subcode: 2018108,
	}),
	pageRestricted: refusal('(#10) You are temporarily restricted from sending messages.', 10, {
		subcode: 1893063,
	}),
	otherAppInControl: refusal(
		'(#10) Message failed to send because another app is controlling this thread now.',
		10,
		{ subcode: 2018300 },
	),
	personUnavailable: refusal("(#551) This person isn't available right now.", 551, {
		subcode: 1545041,
	}),
	unknownPerson: refusal('(#100) No matching user found', 100, { subcode: 2018001 }),
	unknownPersonInstagram: refusal('(#100) No matching Instagram user', 100, { subcode: 2534014 }),
	noProfile: refusal('(#100) No profile available for this user.', 100, { subcode: 2018218 }),
	rateLimited: refusal('(#613) Calls to this api have exceeded the rate limit.', 613, {
		headers: usageHeaders('104857600000001', 100, 1),
	}),
	rateLimitedInstagram: refusal('(#613) Calls to this api have exceeded the rate limit.', 613, {
		subcode: 2534040,
		headers: usageHeaders('17841400000000001', 100, 1),
	}),
	wrongProof: refusal('Invalid appsecret_proof provided in the API argument', 100, {
		type: 'GraphMethodException',
	}),
	notAppToken: refusal('(#15) This method must be called with an app access_token.', 15, {
		status: 403,
	}),
	appLimitReached: refusal('(#4) Application request limit reached', 4, {
		status: 403,
		headers: usageHeaders('104857600000001', 100, 5),
	}),
	unknownError: refusal('An unknown error has occurred.', 1, { status: 500 }),
	temporary: refusal('An unexpected error has occurred. Please retry your request later.', 2, {
		status: 500,
		isTransient: true,
	}),
	sendFailed: refusal('(#1200) Temporary send message failure. Please try again later.', 1200, {
		isTransient: true,
	}),
	unavailablePage: { status: 503, body: '<html><h1>Sorry, something went wrong.</h1></html>' },
} satisfies Record<string, FailureAnswer>;
