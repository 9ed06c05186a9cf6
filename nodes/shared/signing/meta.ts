import { createHmac, timingSafeEqual } from 'node:crypto';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

export type MetaRefusalReason =
	| 'secret-not-set'
	| 'signature-missing'
	| 'signature-legacy'
	| 'signature-malformed'
	| 'signature-mismatch';

/** `secret` is the place in the list of the secret that fits: 0 is the current one. */
export type MetaVerdict =
	{ valid: true; secret: number } | { valid: false; reason: MetaRefusalReason };

export interface MetaRequest {
	/** Value of `X-Hub-Signature-256`, exactly as received. */
	signature: unknown;
	/** Value of `X-Hub-Signature`: SHA-1, which Meta still sends beside it. It proves nothing here. */
	legacySignature: unknown;
	/** The bytes received, before anything parsed them. */
	rawBody: Buffer;
}

/**
 * Checks Meta's signature over the received bytes, in constant time, under any of the app secrets.
 * Meta writes everything but ASCII as `\u` escapes and signs them so: the same text written again
 * has another signature. An empty secret never fits; without any other, everything is refused.
 * Never throws.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function verifyMetaRequest(secrets: readonly string[], request: MetaRequest): MetaVerdict {
	const { signature, legacySignature, rawBody } = request;
	if (!secrets.some(Boolean)) return refused('secret-not-set');
	if (signature === undefined || signature === '') {
		const isLegacy = legacySignature !== undefined && legacySignature !== '';
		return refused(isLegacy ? 'signature-legacy' : 'signature-missing');
	}
	const hex = typeof signature === 'string' ? SIGNATURE.exec(signature)?.[1] : undefined;
	if (hex === undefined) return refused('signature-malformed');

	const received = Buffer.from(hex, 'hex');
	const secret = secrets.findIndex(
		(key) => key && timingSafeEqual(received, createHmac('sha256', key).update(rawBody).digest()),
	);
	return secret < 0 ? refused('signature-mismatch') : { valid: true, secret };
}

function refused(reason: MetaRefusalReason): MetaVerdict {
	return { valid: false, reason };
}
