/** A sender of its own, after the guide and none of our code: it signs as the platform has to. */
import { createHmac } from 'node:crypto';

import { SECRETS } from '../../sandbox/sandbox.cts';
import { world } from './world.cts';

export interface SignedOptions {
	secret?: string;
	/** Seconds that the sender's clock is ahead. */
	clockAhead?: number;
	/** Laid over the signed headers. */
	headers?: Record<string, string>;
	/** What is sent in place of the body that was signed. */
	sentBody?: string | Buffer;
	/** In place of `webhook`, such as `webhook-test`. */
	endpoint?: string;
}

export interface Answered {
	status: number;
	headers: Headers;
	body: Record<string, unknown>;
}

export function signature(secret: string, timestamp: string, body: string | Buffer): string {
	const bytes = Buffer.concat([Buffer.from(`${timestamp}.`), Buffer.from(body)]);
	return `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`;
}

export function signedHeaders(body: string | Buffer, options: SignedOptions = {}) {
	const { secret = SECRETS.signing, clockAhead = 0 } = options;
	const timestamp = String(Math.floor(Date.now() / 1000) + clockAhead);
	return { 'X-Signature': signature(secret, timestamp, body), 'X-Timestamp': timestamp };
}

/** Posts a signed body to a webhook of the running n8n. */
export async function postSigned(
	path: string,
	body: object | string | Buffer,
	options: SignedOptions = {},
): Promise<Answered> {
	const signed = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
	const response = await fetch(`${world().n8n.url}/${options.endpoint ?? 'webhook'}/${path}`, {
		method: 'POST',
		headers: {
			'Content-Type': 'application/json',
			...signedHeaders(signed, options),
			...options.headers,
		},
		body: options.sentBody ?? signed,
	});
	return await readAnswer(response);
}

export async function readAnswer(response: Response): Promise<Answered> {
	const text = await response.text();
	return {
		status: response.status,
		headers: response.headers,
		body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
	};
}
