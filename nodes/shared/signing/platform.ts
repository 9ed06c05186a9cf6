import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the sender's clock may stand from ours, either way, in seconds. */
export const DEFAULT_TOLERANCE_SECONDS = 300;

const TIMESTAMP = /^\d{1,12}$/;
const SIGNATURE = /^sha256=[0-9a-f]{64}$/;

export interface Secrets {
	current: string;
	/** Still accepted while the other side changes over; never used to sign. */
	previous?: string;
}

export type RefusalReason =
	| 'secret-not-set'
	| 'timestamp-missing'
	| 'timestamp-malformed'
	| 'signature-missing'
	| 'signature-malformed'
	| 'timestamp-too-old'
	| 'timestamp-in-future'
	| 'signature-mismatch';

export type Verdict =
	{ valid: true; secret: 'current' | 'previous' } | { valid: false; reason: RefusalReason };

export interface SignedHeaders {
	'X-Signature': string;
	'X-Timestamp': string;
}

export interface SignedRequest {
	/** Value of `X-Signature`, exactly as received. */
	signature: unknown;
	/** Value of `X-Timestamp`, exactly as received. */
	timestamp: unknown;
	/** The bytes received, before anything parsed them. */
	rawBody: Buffer;
}

/**
 * Signs a body for the platform: `sha256=` and the hex HMAC-SHA256 of `{timestamp}.{body}`.
 * A request without a body signs zero bytes. Throws a RangeError when the secret is empty.
 * @see The platform's integration guide, "Webhook Security".
 */
export function signPlatformRequest(
	secret: string,
	rawBody: Buffer | string,
	nowSeconds: number,
): SignedHeaders {
	if (secret === '') throw new RangeError('The signing secret is empty');
	const timestamp = String(Math.floor(nowSeconds));
	return {
		'X-Signature': `sha256=${digest(secret, timestamp, rawBody).toString('hex')}`,
		'X-Timestamp': timestamp,
	};
}

/**
 * Checks a signature over the received bytes, in constant time, under either secret. Never throws.
 * The window is inclusive: a timestamp exactly `toleranceSeconds` away is still good.
 * @see The platform's integration guide, "Webhook Security".
 */
export function verifyPlatformRequest(
	secrets: Secrets,
	request: SignedRequest,
	nowSeconds: number,
	toleranceSeconds: number = DEFAULT_TOLERANCE_SECONDS,
): Verdict {
	const { signature, timestamp, rawBody } = request;
	// An empty key is a valid HMAC key: without this line everyone who knows that gets in.
	if (secrets.current === '') return refused('secret-not-set');
	if (timestamp === undefined || timestamp === '') return refused('timestamp-missing');
	if (signature === undefined || signature === '') return refused('signature-missing');
	if (typeof timestamp !== 'string' || !TIMESTAMP.test(timestamp)) {
		return refused('timestamp-malformed');
	}
	if (typeof signature !== 'string' || !SIGNATURE.test(signature)) {
		return refused('signature-malformed');
	}
	const age = Math.floor(nowSeconds) - Number(timestamp);
	if (age > toleranceSeconds) return refused('timestamp-too-old');
	if (age < -toleranceSeconds) return refused('timestamp-in-future');

	const received = Buffer.from(signature.slice('sha256='.length), 'hex');
	if (timingSafeEqual(received, digest(secrets.current, timestamp, rawBody))) {
		return { valid: true, secret: 'current' };
	}
	if (secrets.previous && timingSafeEqual(received, digest(secrets.previous, timestamp, rawBody))) {
		return { valid: true, secret: 'previous' };
	}
	return refused('signature-mismatch');
}

/** Hashes the timestamp as it was written: a re-printed number could be a different string. */
function digest(secret: string, timestamp: string, rawBody: Buffer | string): Buffer {
	return createHmac('sha256', secret).update(`${timestamp}.`).update(rawBody).digest();
}

function refused(reason: RefusalReason): Verdict {
	return { valid: false, reason };
}
