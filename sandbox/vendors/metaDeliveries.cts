/**
 * Carries bodies to the callback URL, again and again until they are taken, a few at a time.
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks
 */
import { escapedJson, type Signature, signatureHeaders } from './metaSigning.cts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** "Immediately, then with decreasing frequency over the next 36 hours." */
const RETRY_DELAYS_MS = [
	...[0, 1000, 5000, 30_000],
	...[1, 5, 15, 30].map((minutes) => minutes * MINUTE_MS),
	...[1, 2, 4, 8, 8, 12].map((hours) => hours * HOUR_MS),
];
const PATIENCE_MS = 5000;
/** Of attempts: the sandbox runs for days. */
const KEPT = 10_000;

export interface DeliveryOptions {
	/** How long a webhook may take to answer; 5,000 by default. */
	patienceMs?: number;
	/** Waits before each further attempt; by default none, then growing, for 36 hours. */
	retryDelaysMs?: readonly number[];
	/** After so long without a success the app is unsubscribed; 1 hour by default, 0: never. */
	unsubscribeAfterMs?: number;
	/** Requests to the webhook at the same time; 4 by default. */
	concurrency?: number;
}

/** One attempt to reach the webhook. */
export interface MetaDelivery {
	url: string;
	/** How many events the body holds. */
	events: number;
	/** From 1. */
	attempt: number;
	/** 0 where nothing answered in time. */
	status: number;
	durationMs: number;
	/** UTC ISO 8601, real time. */
	at: string;
}

interface Errand {
	url: string;
	body: string;
	events: number;
	attempt: number;
}

/** What the deliveries need to know of who is subscribed. */
interface Subscribers {
	isUsed(callbackUrl: string): boolean;
	drop(callbackUrl: string): void;
}

export class MetaDeliveries {
	/** Oldest first. */
	readonly log: MetaDelivery[] = [];
	private readonly waits = new Set<NodeJS.Timeout>();
	/** When the failures since the last success began, by callback URL. */
	private readonly failingSince = new Map<string, number>();
	private queue: Errand[] = [];
	private underWay = 0;
	private stopping = new AbortController();

	constructor(
		private readonly appSecret: string,
		private readonly subscribers: Subscribers,
		private readonly options: DeliveryOptions,
	) {}

	/** Deliveries that are queued, under way, or to be tried again. */
	get pending(): number {
		return this.queue.length + this.underWay + this.waits.size;
	}

	/** Queues a body that holds so many events. */
	send(url: string, payload: unknown, events: number): void {
		this.queue.push({ url, body: escapedJson(payload), events, attempt: 1 });
		this.startNext();
	}

	/** One attempt, at once, and the answer's status. Text goes as it is. */
	async sendOnce(url: string, payload: unknown, signature: Signature): Promise<number> {
		const body = typeof payload === 'string' ? payload : escapedJson(payload);
		const errand = { url, body, events: 0, attempt: 1 };
		return await this.attempt(errand, signature, this.stopping.signal);
	}

	/** Drops all that is queued, under way or waiting. */
	forget(): void {
		this.stopping.abort();
		this.stopping = new AbortController();
		for (const wait of this.waits) clearTimeout(wait);
		this.waits.clear();
		this.failingSince.clear();
		this.queue = [];
		this.log.length = 0;
	}

	private startNext(): void {
		while (this.underWay < (this.options.concurrency ?? 4)) {
			const errand = this.queue.shift();
			if (errand === undefined) return;
			// The app may have been unsubscribed since.
			if (this.subscribers.isUsed(errand.url)) void this.run(errand, this.stopping.signal);
		}
	}

	private async run(errand: Errand, stopped: AbortSignal): Promise<void> {
		this.underWay += 1;
		const status = await this.attempt(errand, 'both', stopped);
		this.underWay -= 1;
		if (!stopped.aborted) {
			if (status === 200) this.failingSince.delete(errand.url);
			else this.failed(errand);
		}
		this.startNext();
	}

	/** The answer's status, or 0. Never rejects. */
	private async attempt(
		{ url, body, events, attempt }: Errand,
		signature: Signature,
		stopped: AbortSignal,
	): Promise<number> {
		const startedAt = Date.now();
		const patience = AbortSignal.timeout(this.options.patienceMs ?? PATIENCE_MS);
		let status = 0;
		try {
			const answer = await fetch(url, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'user-agent': 'facebookexternalua',
					...signatureHeaders(body, this.appSecret, signature),
				},
				body,
				redirect: 'manual',
				signal: AbortSignal.any([stopped, patience]),
			});
			await answer.arrayBuffer();
			status = answer.status;
		} catch {
			status = 0;
		}
		if (!stopped.aborted) {
			const durationMs = Date.now() - startedAt;
			const at = new Date(startedAt).toISOString();
			this.log.push({ url, events, attempt, status, durationMs, at });
			this.log.splice(0, this.log.length - KEPT);
		}
		return status;
	}

	private failed(errand: Errand): void {
		const { retryDelaysMs = RETRY_DELAYS_MS, unsubscribeAfterMs = HOUR_MS } = this.options;
		const since = this.failingSince.get(errand.url) ?? Date.now();
		this.failingSince.set(errand.url, since);
		if (unsubscribeAfterMs > 0 && Date.now() - since >= unsubscribeAfterMs) {
			this.failingSince.delete(errand.url);
			this.subscribers.drop(errand.url);
			return;
		}
		const delay = retryDelaysMs[errand.attempt - 1];
		if (delay === undefined) return;
		const wait = setTimeout(() => {
			this.waits.delete(wait);
			this.queue.push({ ...errand, attempt: errand.attempt + 1 });
			this.startNext();
		}, delay);
		wait.unref();
		this.waits.add(wait);
	}
}
