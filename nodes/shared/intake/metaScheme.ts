import { verifyMetaRequest } from '../signing/meta';
import type { CheckSignature } from './admit';

/** Says which header to look at, but neither whether a secret is set nor how close a guess came. */
const MESSAGE = 'X-Hub-Signature-256 is missing or does not belong to this request.';

/**
 * Meta's scheme for a request with these headers; the first secret is the current one. Names of
 * headers are in lower case.
 */
export function metaScheme(
	headers: Readonly<Record<string, unknown>>,
	secrets: readonly string[],
): CheckSignature {
	const { 'x-hub-signature-256': signature, 'x-hub-signature': legacySignature } = headers;
	return (rawBody) => {
		const verdict = verifyMetaRequest(secrets, { signature, legacySignature, rawBody });
		return verdict.valid
			? { valid: true, secret: verdict.secret === 0 ? 'current' : 'previous' }
			: { ...verdict, message: MESSAGE };
	};
}
