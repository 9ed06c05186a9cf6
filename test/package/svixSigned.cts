import { Webhook } from 'standardwebhooks';

export const WEBHOOK_SECRET = `whsec_${Buffer.from('a secret of 24 characters').toString('base64')}`;

/** The headers of a request as Resend signs it, by the library of Standard Webhooks. */
export function svixHeaders(id: string, body: string, now = new Date()): Record<string, string> {
	return {
		'content-type': 'application/json',
		'svix-id': id,
		'svix-timestamp': String(Math.floor(now.getTime() / 1000)),
		'svix-signature': new Webhook(WEBHOOK_SECRET).sign(id, now, body),
	};
}
