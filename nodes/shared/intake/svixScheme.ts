import { type SvixRefusalReason, verifySvixRequest } from '../signing/svix';
import type { CheckSignature } from './admit';

/**
 * Svix's scheme, which Resend uses, for a request with these headers; the first secret is the
 * current one. Names of headers are in lower case.
 */
export function svixScheme(
	headers: Readonly<Record<string, unknown>>,
	secrets: readonly string[],
): CheckSignature {
	const { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': signature } = headers;
	return (rawBody, nowSeconds) => {
		const verdict = verifySvixRequest(secrets, { id, timestamp, signature, rawBody }, nowSeconds);
		return verdict.valid
			? { valid: true, secret: verdict.secret === 0 ? 'current' : 'previous' }
			: { ...verdict, message: messageFor(verdict.reason) };
	};
}

/** Says which header to look at, but neither whether a secret is set nor how close a guess came. */
function messageFor(reason: SvixRefusalReason): string {
	if (reason.startsWith('timestamp')) {
		return 'svix-timestamp is missing, malformed or outside the accepted window.';
	}
	return reason.startsWith('id')
		? 'svix-id is missing or malformed.'
		: 'svix-signature is missing or does not belong to this request.';
}
