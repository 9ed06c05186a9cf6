/** A sender of webhooks of its own, after Meta's documentation and none of our code. */
import { createHmac } from 'node:crypto';

import { META_DEFAULTS, type MetaChannel } from '../../sandbox/vendors/meta.cts';
import type { Writer } from './meta.cts';
import { type Answered, readAnswer } from './signed.cts';
import { world } from './world.cts';

/** Posts these bytes to the webhook with these headers: a sender of its own. */
export async function postToBroker(
	body: string | Buffer,
	headers: Record<string, string>,
): Promise<Answered> {
	const response = await fetch(`${world().n8n.webhookUrl}/meta-broker`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', ...headers },
		body,
	});
	return await readAnswer(response);
}

/** The header by which Meta signs. */
export function hubSignature(
	body: string | Buffer,
	secret: string = META_DEFAULTS.appSecret,
): Record<string, string> {
	const hash = createHmac('sha256', secret).update(body).digest('hex');
	return { 'X-Hub-Signature-256': `sha256=${hash}` };
}

/** A body of Meta's with what one person wrote to an account. */
export function messageBody({ channel, account, person }: Writer, mid: string, text: string) {
	const event = {
		sender: { id: person },
		recipient: { id: account },
		timestamp: Date.now(),
		message: { mid, text },
	};
	return bodyOf(channel, account, event);
}

export function bodyOf(channel: MetaChannel, account: string, ...messaging: object[]) {
	const object = channel === 'facebook' ? 'page' : 'instagram';
	return { object, entry: [{ id: account, time: Date.now(), messaging }] };
}
