/**
 * Carries events to the webhooks, again and again until they are taken, a few at a time.
 * @see https://resend.com/docs/webhooks/introduction
 */
import { randomBytes } from 'node:crypto';

import type { ResendWebhook, ResendWebhooks } from './resendWebhooks.cts';

/** After each failed attempt. */
const RETRY_DELAYS_MS = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600].map((s) => s * 1000);
const TIMEOUT_MS = 15_000;
/** Of attempts and of messages: the sandbox runs for days. */
const KEPT = 10_000;

export interface DeliveryOptions {
	/** Waits between attempts are divided by this. */
	speed?: number;
	/** Attempts at the same time; 4 by default. */
	concurrency?: number;
}

/** One attempt to deliver. */
export interface Delivery {
	/** The same for every attempt and for a repetition. */
	svixId: string;
	type: string;
	url: string;
	/** From 1. */
	attempt: number;
	/** 0 where nothing answered. */
	status: number;
	/** UTC ISO 8601, real time. */
	at: string;
}

interface Message {
	svixId: string;
	type: string;
	body: string;
}

interface Errand {
	message: Message;
	webhook: ResendWebhook;
	attempt: number;
}

export class ResendDeliveries {
	/** Oldest first. */
	readonly log: Delivery[] = [];
	private readonly messages = new Map<string, Message>();
	private readonly waits = new Set<NodeJS.Timeout>();
	private queue: Errand[] = [];
	private underWay = 0;
	private stopping = new AbortController();

	constructor(
		private readonly webhooks: ResendWebhooks,
		private readonly options: DeliveryOptions,
	) {}

	/** Deliveries that are queued, under way, or to be tried again. */
	get pending(): number {
		return this.queue.length + this.underWay + this.waits.size;
	}

	/** Queues an event for whoever wants its type, and returns its `svix-id`. */
	publish(type: string, body: () => object): string {
		const svixId = `msg_${randomBytes(14).toString('hex')}`;
		const webhooks = this.webhooks.of(type);
		if (webhooks.length === 0) return svixId;
		const message = { svixId, type, body: JSON.stringify(body()) };
		this.messages.set(svixId, message);
		if (this.messages.size > KEPT) this.messages.delete(this.messages.keys().next().value!);
		this.enqueue(message);
		return svixId;
	}

	/** The same event with the same `svix-id` once more, as after an answer that got lost. */
	repeat(svixId: string): void {
		const message = this.messages.get(svixId);
		if (message === undefined) throw new Error(`no event ${svixId} went to a webhook`);
		this.enqueue(message);
	}

	/** Drops all that is queued, under way or waiting. */
	forget(): void {
		this.stopping.abort();
		this.stopping = new AbortController();
		for (const wait of this.waits) clearTimeout(wait);
		this.waits.clear();
		this.queue = [];
		this.messages.clear();
		this.log.length = 0;
	}

	private enqueue(message: Message): void {
		for (const webhook of this.webhooks.of(message.type)) {
			this.queue.push({ message, webhook, attempt: 1 });
		}
		this.startNext();
	}

	private startNext(): void {
		while (this.underWay < (this.options.concurrency ?? 4)) {
			const errand = this.queue.shift();
			if (errand === undefined) return;
			// A webhook may have been removed or switched off since.
			if (errand.webhook.status === 'enabled') void this.run(errand, this.stopping.signal);
		}
	}

	private async run(errand: Errand, stopped: AbortSignal): Promise<void> {
		this.underWay += 1;
		const at = new Date();
		const { endpoint: url } = errand.webhook;
		const status = await this.post(errand, url, at, stopped);
		this.underWay -= 1;
		if (!stopped.aborted) {
			const { message, attempt } = errand;
			const { svixId, type } = message;
			this.log.push({ svixId, type, url, attempt, status, at: at.toISOString() });
			this.log.splice(0, this.log.length - KEPT);
			if (status < 200 || status > 299) this.retryLater(errand);
		}
		this.startNext();
	}

	/** The answer's status, or 0. Never rejects. */
	private async post(
		{ message, webhook }: Errand,
		url: string,
		at: Date,
		stopped: AbortSignal,
	): Promise<number> {
		// Real time whatever the stand-in's clock says: the receiver compares it with its own.
		const seconds = Math.floor(at.getTime() / 1000);
		try {
			const answer = await fetch(url, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'user-agent': 'Svix-Webhooks/1.62.0 (sender-stand-in)',
					...this.webhooks.signedHeaders(webhook, message.svixId, seconds, message.body),
				},
				body: message.body,
				redirect: 'manual',
				signal: AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT_MS)]),
			});
			await answer.arrayBuffer();
			return answer.status;
		} catch {
			return 0;
		}
	}

	private retryLater(errand: Errand): void {
		const delay = RETRY_DELAYS_MS[errand.attempt - 1];
		if (delay === undefined) return;
		const wait = setTimeout(
			() => {
				this.waits.delete(wait);
				this.queue.push({ ...errand, attempt: errand.attempt + 1 });
				this.startNext();
			},
			delay / (this.options.speed ?? 1),
		);
		wait.unref();
		this.waits.add(wait);
	}
}
