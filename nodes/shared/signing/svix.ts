import { createHmac, timingSafeEqual } from 'node:crypto';

import { DEFAULT_TOLERANCE_SECONDS } from './platform';

const TIMESTAMP = /^\d{1,12}$/;
/** Without a dot, which separates the parts of what is signed. */
const ID = /^[\x21-\x2d\x2f-\x7e]{1,256}$/;
const BASE64 = '[A-Za-z0-9+/]';
const SECRET = new RegExp(`^whsec_((?:${BASE64}{4})*(?:${BASE64}{2}==|${BASE64}{3}=)?)$`);
/** One signature of the only version that has a shared secret. */
const SIGNATURE = new RegExp(`^v1,(${BASE64}{43}=)$`);

/** The least that Standard Webhooks lets a key have, in bytes. */
const SHORTEST_KEY = 24;

export type SvixRefusalReason =
	| 'secret-not-set'
	| 'secret-malformed'
	| 'id-missing'
	| 'id-malformed'
	| 'timestamp-missing'
	| 'timestamp-malformed'
	| 'signature-missing'
	| 'signature-malformed'
	| 'timestamp-too-old'
	| 'timestamp-in-future'
	| 'signature-mismatch';

/** `secret` is the place in the list of the secret that fits: 0 is the current one. */
export type SvixVerdict =
	{ valid: true; secret: number } | { valid: false; reason: SvixRefusalReason };

export interface SvixRequest {
	/** Value of `svix-id`, exactly as received. */
	id: unknown;
	/** Value of `svix-timestamp`, exactly as received. */
	timestamp: unknown;
	/** Value of `svix-signature`, exactly as received: several, separated by spaces. */
	signature: unknown;
	/** The bytes received, before anything parsed them. */
	rawBody: Buffer;
}

/**
 * Checks a Svix signature over the received bytes, in constant time, under any of the secrets, the
 * current one first. A broken current secret refuses everything; a broken one after it never fits.
 * Signatures of versions that are not known are passed over. Never throws.
 * @see https://docs.svix.com/receiving/verifying-payloads/how-manual
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function verifySvixRequest(
	secrets: readonly string[],
	request: SvixRequest,
	nowSeconds: number,
	toleranceSeconds: number = DEFAULT_TOLERANCE_SECONDS,
): SvixVerdict {
	const { id, timestamp, signature, rawBody } = request;
	const keys = secrets.map(keyOf);
	if (!secrets[0]) return refused('secret-not-set');
	if (keys[0] === undefined) return refused('secret-malformed');
	if (id === undefined || id === '') return refused('id-missing');
	if (timestamp === undefined || timestamp === '') return refused('timestamp-missing');
	if (signature === undefined || signature === '') return refused('signature-missing');
	if (typeof id !== 'string' || !ID.test(id)) return refused('id-malformed');
	if (typeof timestamp !== 'string' || !TIMESTAMP.test(timestamp)) {
		return refused('timestamp-malformed');
	}
	const received = typeof signature === 'string' ? signaturesIn(signature) : [];
	if (received.length === 0) return refused('signature-malformed');
	const age = Math.floor(nowSeconds) - Number(timestamp);
	if (age > toleranceSeconds) return refused('timestamp-too-old');
	if (age < -toleranceSeconds) return refused('timestamp-in-future');

	const secret = keys.findIndex((key) => {
		if (key === undefined) return false;
		const expected = createHmac('sha256', key)
			.update(`${id}.${timestamp}.`)
			.update(rawBody)
			.digest();
		return received.some((one) => timingSafeEqual(one, expected));
	});
	return secret < 0 ? refused('signature-mismatch') : { valid: true, secret };
}

/** The bytes of a secret; undefined where it is none. */
function keyOf(secret: string): Buffer | undefined {
	const encoded = SECRET.exec(secret)?.[1];
	const key = encoded === undefined ? undefined : Buffer.from(encoded, 'base64');
	return key && key.length >= SHORTEST_KEY ? key : undefined;
}

function signaturesIn(header: string): Buffer[] {
	return header.split(' ').flatMap((one) => {
		const encoded = SIGNATURE.exec(one)?.[1];
		return encoded === undefined ? [] : [Buffer.from(encoded, 'base64')];
	});
}

function refused(reason: SvixRefusalReason): SvixVerdict {
	return { valid: false, reason };
}
