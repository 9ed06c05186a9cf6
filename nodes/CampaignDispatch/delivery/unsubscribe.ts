import { createHmac, timingSafeEqual } from 'node:crypto';

/** 128 bits, which nobody guesses and which keeps the link short. */
const MAC_BYTES = 16;
const TOKEN = /^([A-Za-z0-9_-]{1,300})\.([A-Za-z0-9_-]{22})$/;
const SUBJECT = /^([A-Za-z0-9_-]{1,128})\.([0-9a-f]{32})$/;
/** Where no certificate can be had: the sandbox. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export interface UnsubscribeSubject {
	campaignId: string;
	recipient: string;
}

/**
 * Says who leaves which campaign's list, in a form that nobody else can make. It never ends: people
 * keep mails for years. Throws a RangeError when the secret is empty or there is no such subject.
 */
export function unsubscribeToken(secret: string, campaignId: string, recipient: string): string {
	const subject = `${campaignId}.${recipient}`;
	if (secret === '') throw new RangeError('The unsubscribe secret is empty');
	if (!SUBJECT.test(subject)) throw new RangeError('No campaign and recipient to unsubscribe from');
	const encoded = Buffer.from(subject).toString('base64url');
	return `${encoded}.${macOf(secret, encoded).toString('base64url')}`;
}

/** Who leaves which list, where one of the secrets made the token, in constant time. Never throws. */
export function readUnsubscribeToken(
	secrets: readonly string[],
	token: string,
): UnsubscribeSubject | undefined {
	const [, encoded = '', mac = ''] = TOKEN.exec(token) ?? [];
	const received = Buffer.from(mac, 'base64url');
	const isOurs =
		received.length === MAC_BYTES &&
		secrets.some((secret) => secret !== '' && timingSafeEqual(received, macOf(secret, encoded)));
	if (!isOurs) return undefined;
	const subject = Buffer.from(encoded, 'base64url').toString();
	const [, campaignId, recipient] = SUBJECT.exec(subject) ?? [];
	return campaignId && recipient ? { campaignId, recipient } : undefined;
}

/**
 * The link to leave. Throws a RangeError unless the base is an HTTPS address, as one-click
 * unsubscribing demands; plain HTTP passes only for the machine itself.
 * @see https://www.rfc-editor.org/rfc/rfc8058#section-3.1
 */
export function unsubscribeUrl(base: string, token: string): string {
	const url = URL.canParse(base) ? new URL(base) : undefined;
	const isSafe =
		url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
	if (!url || !isSafe) throw new RangeError('The unsubscribe address has to start with https://');
	url.searchParams.set('token', token);
	return url.href;
}

/** The prefix keeps apart what the same secret may sign elsewhere. */
function macOf(secret: string, encoded: string): Buffer {
	const mac = createHmac('sha256', secret).update(`unsubscribe:${encoded}`).digest();
	return mac.subarray(0, MAC_BYTES);
}
