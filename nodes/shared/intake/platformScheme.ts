import { type RefusalReason, type Secrets, verifyPlatformRequest } from '../signing/platform';
import type { CheckSignature } from './admit';

/** The platform's scheme, for a request with these headers. Names of headers are in lower case. */
export function platformScheme(
	headers: Readonly<Record<string, unknown>>,
	{ secrets, toleranceSeconds }: { secrets: Secrets; toleranceSeconds: number },
): CheckSignature {
	const { 'x-signature': signature, 'x-timestamp': timestamp } = headers;
	return (rawBody, nowSeconds) => {
		const request = { signature, timestamp, rawBody };
		const verdict = verifyPlatformRequest(secrets, request, nowSeconds, toleranceSeconds);
		return verdict.valid ? verdict : { ...verdict, message: messageFor(verdict.reason) };
	};
}

/** Says which half to look at, but neither whether a secret is set nor how close a guess came. */
function messageFor(reason: RefusalReason): string {
	return reason.startsWith('timestamp')
		? 'X-Timestamp is missing, malformed or outside the accepted window.'
		: 'X-Signature is missing or does not belong to this request.';
}
