/**
 * Bodies as Meta writes and signs them: what is not ASCII and every slash is escaped, and the
 * signature is over these bytes.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
import { createHmac } from 'node:crypto';

/** How a body is signed; a real one is signed both ways. */
export type Signature = 'both' | 'none' | 'sha1' | 'wrong';

/** JSON in ASCII. */
export function escapedJson(value: unknown): string {
	return JSON.stringify(value)
		.replaceAll('/', '\\/')
		.replace(
			/[\u007f-\uffff]/g,
			(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
}

export function signatureHeaders(
	body: string,
	appSecret: string,
	signature: Signature,
): Record<string, string> {
	if (signature === 'none') return {};
	const secret = signature === 'wrong' ? `not ${appSecret}` : appSecret;
	const hash = (algorithm: string) =>
		`${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;
	const legacy = { 'x-hub-signature': hash('sha1') };
	return signature === 'sha1' ? legacy : { ...legacy, 'x-hub-signature-256': hash('sha256') };
}
