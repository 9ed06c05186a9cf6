/** The endpoints that are told of events, and the secrets that sign for them. */
import { createHmac, randomBytes, randomUUID } from 'node:crypto';

import { isoDate } from './resendDates.cts';
import { missing, notFound, invalid } from './resendErrors.cts';

/** How long a secret goes on signing beside the one that replaced it. */
const ROTATION_MS = 24 * 3_600_000;

export const EVENT_TYPES = [
	'email.sent',
	'email.delivered',
	'email.delivery_delayed',
	'email.complained',
	'email.bounced',
	'email.opened',
	'email.clicked',
	'email.failed',
	'email.suppressed',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

export interface WebhookSettings {
	endpoint: string;
	/** All of the stand-in's own by default. */
	events?: string[];
	/** Made up by default. */
	signingSecret?: string;
}

export interface ResendWebhook {
	id: string;
	createdAt: string;
	status: 'enabled' | 'disabled';
	endpoint: string;
	events: string[];
	/** `whsec_` and a key in Base64. */
	signingSecret: string;
	replaced?: { signingSecret: string; at: number };
}

/** @see https://resend.com/docs/api-reference/webhooks/create-webhook */
export class ResendWebhooks {
	/** Oldest first. */
	readonly all: ResendWebhook[] = [];

	constructor(private readonly now: () => number) {}

	/** Throws a Refusal without a web address or without an event that Resend knows. */
	add(settings: Partial<WebhookSettings>): ResendWebhook {
		const { endpoint, events = [...EVENT_TYPES], signingSecret = newSecret() } = settings;
		if (!endpoint) throw missing('endpoint');
		const webhook: ResendWebhook = {
			id: randomUUID(),
			createdAt: isoDate(this.now()),
			status: 'enabled',
			endpoint: checkedEndpoint(endpoint),
			events: checkedEvents(events),
			signingSecret,
		};
		this.all.push(webhook);
		return webhook;
	}

	get(id: string): ResendWebhook {
		const webhook = this.all.find((one) => one.id === id);
		if (webhook === undefined) throw notFound('Webhook');
		return webhook;
	}

	update(
		id: string,
		changes: { endpoint?: string; events?: string[]; status?: ResendWebhook['status'] },
	): ResendWebhook {
		const webhook = this.get(id);
		const { endpoint, events, status } = changes;
		if (endpoint !== undefined) webhook.endpoint = checkedEndpoint(endpoint);
		if (events !== undefined) webhook.events = checkedEvents(events);
		if (status !== undefined) webhook.status = status;
		return webhook;
	}

	/** What waits to be sent to it is dropped, too. */
	remove(id: string): void {
		const webhook = this.get(id);
		webhook.status = 'disabled';
		this.all.splice(this.all.indexOf(webhook), 1);
	}

	/** The secret before goes on signing for a day beside the new one. */
	rotate(id: string): string {
		const webhook = this.get(id);
		webhook.replaced = { signingSecret: webhook.signingSecret, at: this.now() };
		webhook.signingSecret = newSecret();
		return webhook.signingSecret;
	}

	of(type: string): ResendWebhook[] {
		return this.all.filter(({ status, events }) => status === 'enabled' && events.includes(type));
	}

	/** The headers of a delivery. @see https://docs.svix.com/receiving/verifying-payloads/how-manual */
	signedHeaders(
		webhook: ResendWebhook,
		id: string,
		seconds: number,
		body: string,
	): Record<string, string> {
		const { signingSecret, replaced } = webhook;
		const secrets =
			replaced !== undefined && this.now() - replaced.at < ROTATION_MS
				? [signingSecret, replaced.signingSecret]
				: [signingSecret];
		return {
			'svix-id': id,
			'svix-timestamp': String(seconds),
			'svix-signature': secrets
				.map((secret) => `v1,${signature(secret, `${id}.${seconds}.${body}`)}`)
				.join(' '),
		};
	}

	forget(): void {
		for (const webhook of [...this.all]) this.remove(webhook.id);
	}
}

function newSecret(): string {
	return `whsec_${randomBytes(24).toString('base64')}`;
}

function signature(secret: string, signed: string): string {
	const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
	return createHmac('sha256', key).update(signed).digest('base64');
}

function checkedEndpoint(endpoint: string): string {
	if (/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) return endpoint;
	throw invalid('Invalid `endpoint` field.');
}

function checkedEvents(events: string[]): string[] {
	if (events.length === 0) throw missing('events');
	if (events.every((event) => /^(email|contact|domain|suppression|topic|inbox)\./.test(event))) {
		return events;
	}
	throw invalid('Invalid `events` field.');
}
