import type { HttpResponse } from './send';
import { retryAfterMs } from './retry';

/** How errors call the platform itself. */
export const PLATFORM = 'The platform';

export type VendorErrorKind =
	| 'unreachable'
	| 'timed-out'
	| 'rate-limited'
	| 'quota-exhausted'
	| 'credential-refused'
	| 'not-found'
	| 'rejected'
	| 'unavailable'
	| 'redirected'
	| 'unreadable';

/** Kinds that may heal by themselves: the work should be tried again later. */
const PASSING: readonly VendorErrorKind[] = [
	'unreachable',
	'timed-out',
	'rate-limited',
	'unavailable',
	'unreadable',
];

export interface VendorErrorDetails {
	vendor: string;
	kind: VendorErrorKind;
	status: number;
	/** What happened, one sentence, without secrets or personal data. */
	message: string;
	/** How to get unstuck. */
	advice: string;
	/** The vendor's own code, such as `billing/subscription-inactive`. */
	code?: string;
	retryAfterMs?: number;
}

/** A vendor, or the platform, that did not do what was asked. The one error class with behaviour. */
export class VendorError extends Error {
	override name = 'VendorError' as const;

	readonly details: VendorErrorDetails;

	constructor(details: VendorErrorDetails) {
		super(details.message);
		this.details = details;
	}

	/** Whether the same request may succeed later without anyone changing anything. */
	get isPassing(): boolean {
		return PASSING.includes(this.details.kind);
	}
}

/** The error that a response means when the vendor's own codes say nothing more precise. */
export function toVendorError(
	vendor: string,
	response: HttpResponse,
	nowMs: number,
	specific: Partial<VendorErrorDetails> = {},
): VendorError {
	const kind = specific.kind ?? kindOf(response);
	const wait = retryAfterMs(response.headers['retry-after'], nowMs);
	return new VendorError({
		vendor,
		status: response.status,
		message: MESSAGES[kind](vendor, response.status),
		advice: ADVICE[kind],
		...(wait !== undefined && { retryAfterMs: wait }),
		...(response.noAnswer === 'certificate-refused' && {
			message: `The certificate of ${vendor} is not trusted`,
			advice: 'Check the base URL in the credential, or have this n8n trust the authority.',
		}),
		...specific,
		kind,
	});
}

function kindOf({ status, noAnswer }: HttpResponse): VendorErrorKind {
	if (status === 0) return noAnswer === 'timed-out' ? 'timed-out' : 'unreachable';
	if (status < 300) return 'unreadable';
	if (status < 400) return 'redirected';
	if (status === 401 || status === 403) return 'credential-refused';
	if (status === 404) return 'not-found';
	if (status === 408 || status === 425) return 'timed-out';
	if (status === 429) return 'rate-limited';
	return status >= 500 ? 'unavailable' : 'rejected';
}

const MESSAGES: Record<VendorErrorKind, (vendor: string, status: number) => string> = {
	unreachable: (vendor) => `${vendor} could not be reached`,
	'timed-out': (vendor) => `${vendor} did not answer in time`,
	'rate-limited': (vendor) => `${vendor} limits how often it may be asked`,
	'quota-exhausted': (vendor) => `The ${vendor} quota is used up`,
	'credential-refused': (vendor, status) => `${vendor} refused the credential (${status})`,
	'not-found': (vendor) => `${vendor} knows nothing under that address`,
	rejected: (vendor, status) => `${vendor} did not accept the request (${status})`,
	unavailable: (vendor, status) => `${vendor} is not available at the moment (${status})`,
	redirected: (vendor, status) => `${vendor} sent a redirect (${status}), which is not followed`,
	unreadable: (vendor) => `${vendor} gave an answer that cannot be read`,
};

const ADVICE: Record<VendorErrorKind, string> = {
	unreachable: 'Check the base URL in the credential and that this n8n may open connections to it.',
	'timed-out': 'Try again later; if it stays so, raise the timeout in the node.',
	'rate-limited': 'Wait and try again, or send fewer items at a time.',
	'quota-exhausted': 'Wait until the quota starts anew, or raise it with the vendor.',
	'credential-refused': 'Open the credential, check its key or secret, and press Test.',
	'not-found': 'Check the base URL in the credential and the identifiers in the item.',
	rejected: 'Check the fields that the message names.',
	unavailable: 'Try again later; the status page of the vendor may say more.',
	redirected:
		'Secrets never follow a redirect. Put the final address into the base URL of the credential.',
	unreadable: 'Check that the base URL in the credential points at the API and not at a web page.',
};
