import type { HttpResponse } from '../../http/send';
import { toVendorError, type VendorError, type VendorErrorDetails } from '../../http/vendorError';
import { impersonal } from '../../text/impersonal';
import { RESEND } from './policy';

const LONGEST_MESSAGE = 300;

/** What an error of Resend's says. */
export interface ResendFailure {
	/** Such as `daily_quota_exceeded`. */
	name?: string;
	/** Resend's own words, without e-mail addresses; they may quote what was sent. */
	message?: string;
}

/** The key was used before, with other bytes: that request was taken, and this one was not. */
export const OTHER_PAYLOAD = 'invalid_idempotent_request';
/** The request with this key is still being worked on. */
export const STILL_WORKING = 'concurrent_idempotent_requests';

/** Reads an error's body, which is `{"statusCode": 422, "message": "…", "name": "…"}`. */
export function readFailure(body: unknown): ResendFailure {
	if (typeof body !== 'object' || body === null) return {};
	const { name, message } = body as { name?: unknown; message?: unknown };
	const words = typeof message === 'string' ? withoutAddresses(message) : '';
	return {
		...(typeof name === 'string' && /^[a-z_]{1,60}$/.test(name) && { name }),
		...(words && { message: words }),
	};
}

/** What Resend says, without what it quotes: mistyped addresses are somebody's too. */
export function withoutAddresses(message: string): string {
	return impersonal(message.replace(/[^\s<>]*@[^\s<>]*/g, '(e-mail)'), LONGEST_MESSAGE);
}

/**
 * The error behind an answer of Resend's. Its name decides where it says more than the status.
 * @see https://resend.com/docs/api-reference/errors
 */
export function resendError(response: HttpResponse, nowMs: number): VendorError {
	const failure = readFailure(response.body);
	return toVendorError(RESEND.name, response, nowMs, {
		...specificFor(failure, response.status),
		...(failure.name && { code: failure.name }),
	});
}

function specificFor(
	{ name = '', message }: ResendFailure,
	status: number,
): Partial<VendorErrorDetails> {
	const known = BY_NAME.get(name);
	if (known) return known;
	const said = message ? `: ${message}` : '';
	// The name is the one of any mail that is not well made; with this status it is the sender.
	if (status === 403 && name === 'validation_error') {
		return {
			kind: 'rejected',
			message: `Resend does not send for this sender (403)${said}`,
			advice: `${VERIFY_DOMAIN} A domain and its subdomains are verified each on its own.`,
		};
	}
	if (status === 400 || status === 409 || status === 413 || status === 422 || status === 451) {
		return {
			kind: 'rejected',
			message: `Resend did not accept the request (${status})${said}`,
		};
	}
	return {};
}

const VERIFY_DOMAIN =
	'Verify the domain of the sender in Resend (Domains), or change the sender to a verified one.';

const BY_NAME = new Map<string, Partial<VendorErrorDetails>>(
	Object.entries({
		restricted_api_key: {
			kind: 'credential-refused',
			message: 'The Resend API key may only send mails, and this asks for more',
			advice: 'Put a key with full access into the credential (Resend > API Keys).',
		},
		suspended_api_key: {
			kind: 'credential-refused',
			message: 'Resend has suspended the API key',
			advice: 'Open Resend: it says why, and support@resend.com can lift it.',
		},
		invalid_from_address: { kind: 'rejected', advice: VERIFY_DOMAIN },
		daily_quota_exceeded: {
			kind: 'quota-exhausted',
			message: 'The mails that the Resend account may send in a day are used up',
			advice: 'Go on tomorrow, or choose a larger plan in Resend (Settings > Billing).',
		},
		monthly_quota_exceeded: {
			kind: 'quota-exhausted',
			message: 'The mails that the Resend account may send in a month are used up',
			advice: 'Choose a larger plan in Resend, or allow overages there (Settings > Billing).',
		},
		email_above_quota: {
			kind: 'quota-exhausted',
			advice: 'Choose a larger plan in Resend (Settings > Billing).',
		},
		rate_limit_exceeded: { kind: 'rate-limited' },
		[STILL_WORKING]: {
			kind: 'unavailable',
			message: 'Resend is still working on an earlier request for the same mails',
			advice: 'Try again in a minute.',
		},
		resource_locked: {
			kind: 'unavailable',
			message: 'Resend is working on the same thing for somebody else',
			advice: 'Try again in a minute.',
		},
		[OTHER_PAYLOAD]: {
			kind: 'rejected',
			message: 'Resend has taken other mails under the same idempotency key before',
			advice: 'Nothing was sent now. Look in Resend (Emails) for what was sent before.',
		},
	} satisfies Record<string, Partial<VendorErrorDetails>>),
);
