/** A sender of events of its own: Svix's scheme by a library that is not ours. */
import { randomUUID } from 'node:crypto';

import { Webhook } from 'standardwebhooks';

import { SECRETS } from '../../sandbox/sandbox.cts';
import type { ResendMail } from '../../sandbox/vendors/resend.cts';
import { type Answered, readAnswer } from './signed.cts';
import { world } from './world.cts';

/** The secret of the webhook that n8n has registered, as its owner reads it in Resend. */
export async function eventSecret(): Promise<string> {
	return (registered ??= await readSecret());
}

/** Read once: n8n is not told when the secret is changed. */
let registered: string | undefined;

async function readSecret(): Promise<string> {
	const { resend, n8n } = world();
	const get = async <T,>(path: string): Promise<T> => {
		const headers = { Authorization: `Bearer ${SECRETS.resend}` };
		return (await (await fetch(`${resend.url}${path}`, { headers })).json()) as T;
	};
	const { data } = await get<{ data: Array<{ id: string; endpoint: string }> }>('/webhooks');
	const { id } = data.find(({ endpoint }) => endpoint === `${n8n.webhookUrl}/campaign-events`)!;
	return (await get<{ signing_secret: string }>(`/webhooks/${id}`)).signing_secret;
}

export interface EventOptions {
	id?: string;
	secret?: string;
	/** When it was signed; now by default. */
	signedAt?: Date;
	/** What stands in the header in place of the signature. */
	header?(signature: string): string;
}

/** Posts an event to n8n as Resend does. */
export async function postEvent(event: object, options: EventOptions = {}): Promise<Answered> {
	const { id = `msg_${randomUUID()}`, signedAt = new Date(), header = (same) => same } = options;
	const body = JSON.stringify(event);
	const signature = new Webhook(options.secret ?? (await eventSecret())).sign(id, signedAt, body);
	const response = await fetch(`${world().n8n.webhookUrl}/campaign-events`, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			'svix-id': id,
			'svix-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
			'svix-signature': header(signature),
		},
		body,
	});
	return await readAnswer(response);
}

/** What Resend tells of a mail of ours. */
export function eventOf(mail: ResendMail, type: string, at = new Date(), details: object = {}) {
	return {
		type,
		created_at: at.toISOString(),
		data: {
			email_id: mail.id,
			created_at: mail.at,
			from: mail.from,
			to: mail.to,
			subject: mail.subject,
			tags: Object.fromEntries(mail.tags.map(({ name, value }) => [name, value])),
			...details,
		},
	};
}

/** How many events of a kind about a mail n8n has kept. */
export async function eventsKept({ tags }: ResendMail, kind: string): Promise<number> {
	const [campaign, recipient] = ['campaign', 'recipient'].map(
		(wanted) => tags.find(({ name }) => name === wanted)!.value,
	);
	const { rowCount } = await world().platform.pool.query(
		`SELECT FROM property_platform.delivery_events
		 WHERE campaign_id = $1 AND recipient = $2 AND kind = $3`,
		[campaign, recipient, kind],
	);
	return rowCount ?? 0;
}
