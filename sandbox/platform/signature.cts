/**
 * The platform's half of the signature, written after the guide's Python and after nothing else:
 * that it agrees with the nodes' half is a proof only while neither imports the other.
 * @see The integration guide, "Webhook Security".
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

const WINDOW_SECONDS = 300;

export interface Signature {
	/** Headers for a body that goes out at this moment. */
	sign(body: Buffer, now: Date): { 'X-Signature': string; 'X-Timestamp': string };
	/** Whether the headers belong to the received bytes, under the current or the previous secret. */
	verify(headers: Headers, body: Buffer, now: Date): boolean;
	/** Signs with `next` from now on and accepts the secret until now beside it. */
	rotate(next: string): void;
}

/** Throws a RangeError when the secret is empty: everybody could sign with that. */
export function createSignature(current: string, previous?: string): Signature {
	let accepted = [required(current), ...(previous ? [previous] : [])];
	return {
		sign(body, now) {
			const timestamp = String(Math.floor(now.getTime() / 1000));
			return { 'X-Signature': compute(accepted[0]!, timestamp, body), 'X-Timestamp': timestamp };
		},
		verify(headers, body, now) {
			const timestamp = headers.get('x-timestamp') ?? '';
			const signature = headers.get('x-signature') ?? '';
			if (!/^\d{1,12}$/.test(timestamp)) return false;
			const age = Math.floor(now.getTime() / 1000) - Number(timestamp);
			if (Math.abs(age) > WINDOW_SECONDS) return false;
			return accepted.some((secret) => isEqual(signature, compute(secret, timestamp, body)));
		},
		rotate(next) {
			accepted = [required(next), accepted[0]!];
		},
	};
}

function compute(secret: string, timestamp: string, body: Buffer): string {
	const signed = Buffer.concat([Buffer.from(`${timestamp}.`, 'utf8'), body]);
	return `sha256=${createHmac('sha256', secret).update(signed).digest('hex')}`;
}

function isEqual(received: string, expected: string): boolean {
	const [left, right] = [Buffer.from(received), Buffer.from(expected)];
	return left.length === right.length && timingSafeEqual(left, right);
}

function required(secret: string): string {
	if (secret === '') throw new RangeError('The signing secret is empty');
	return secret;
}
