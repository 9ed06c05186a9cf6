/**
 * Stand-in of Meta: the part of Graph that Messenger, Instagram messaging and lead forms need, and
 * the webhooks. Any version is taken: `/v26.0/...`.
 *
 * What it does not do:
 * - People have one id for all Pages, and block all of them or none. Nobody has a role, and no
 *   permission is missing.
 * - Only the generic template; no uploads, no `attachment_id`, no private replies to comments, no
 *   utility templates, no marketing messages, no thread control by the app.
 * - Limits of rate are not counted: `failNext(META_FAILURES.rateLimited)` reaches them.
 * - Lists have one page; a message or a conversation cannot be read by its own id; no batch
 *   requests, no `ids=`.
 * - One app, one callback URL for each of `page` and `instagram`. Both are subscribed through
 *   `/{app}/subscriptions`, although Meta's dashboard may be the only way for Instagram.
 * - Messenger tells nobody of an unsent message; Instagram has no delivery receipts.
 * - Pictures of profiles are addresses where nothing is.
 * @see https://developers.facebook.com/docs/messenger-platform
 */
import { setTimeout as sleep } from 'node:timers/promises';

import {
	accountsOf,
	META_DEFAULTS,
	type MetaChannel,
	type MetaPage,
	type MetaPerson,
} from './metaAccounts.cts';
import { type FlushOptions, MetaBatches } from './metaBatches.cts';
import { type DeliveryOptions, MetaDeliveries, type MetaDelivery } from './metaDeliveries.cts';
import { MetaEvents } from './metaEvents.cts';
import { MetaLeads } from './metaLeads.cts';
import type { MetaConversation, SentMessage } from './metaMessages.cts';
import { MetaPeople } from './metaPeople.cts';
import { graphRoutes } from './metaRoutes.cts';
import { verbsOf } from './metaScene.cts';
import type { Signature } from './metaSigning.cts';
import { MetaSubscriptions } from './metaSubscriptions.cts';
import { MetaThreads } from './metaThreads.cts';
import type { MetaVerbs } from './metaVerbs.cts';
import { type StandIn, startStandIn } from './standIn.cts';

export { META_DEFAULTS } from './metaAccounts.cts';
export { META_FAILURES } from './metaErrors.cts';
export type { MetaChannel, MetaConversation, MetaDelivery, MetaPage, MetaPerson, SentMessage };
export type { MetaButton, MetaCard, MetaMessage } from './metaMessages.cts';
export type { MetaPlace, MetaReferral, MetaSaying } from './metaVerbs.cts';

export interface MetaOptions extends DeliveryOptions {
	port?: number;
	/** These four are `META_DEFAULTS` by default. */
	appId?: string;
	appSecret?: string;
	pages?: readonly MetaPage[];
	/** Those who have a profile. */
	people?: readonly MetaPerson[];
	/** Milliseconds since 1970. */
	now?: () => number;
	/** Subscribed as by `subscribe` from the start, and again after `reset`. */
	webhookUrl?: string;
	/** How long a new callback URL may take to answer the challenge; 5,000 by default. */
	verifyTimeoutMs?: number;
}

export interface MetaStandIn extends StandIn, MetaVerbs {
	readonly appId: string;
	readonly appSecret: string;
	readonly pages: readonly MetaPage[];
	/** Those who have a profile. */
	readonly people: readonly MetaPerson[];
	/** What the app sent, in the order in which it was taken; the latest 10,000. */
	readonly sent: readonly SentMessage[];
	/** The latest attempts to reach the webhook, oldest first. */
	readonly deliveries: readonly MetaDelivery[];
	/** The one that changed last comes last. */
	conversations(): MetaConversation[];
	/**
	 * Subscribes the app to everything but delivery receipts, and every Page to the app, without
	 * asking the callback URL.
	 */
	subscribe(callbackUrl: string): void;
	/**
	 * Sends any payload at once, once, and returns the answer's status; 0 where none came. Text is
	 * sent as it is. Throws where the app has no callback URL.
	 */
	deliver(payload: unknown, how?: { signature?: Signature }): Promise<number>;
	/** From now on events are held back, until `flush`. */
	hold(): void;
	/**
	 * Sends what is held, and holds no longer: so many events in a request (1 by default), in an
	 * order that the seed decides (their own without one), each so many times (1 by default).
	 */
	flush(how?: FlushOptions): void;
	/** Waits until every webhook was told, or was given up. */
	settled(): Promise<void>;
	/** Moves the clock: windows of 24 hours and 7 days, and dates. */
	advance(milliseconds: number): void;
}

/** Starts the stand-in; its API is below `/v26.0`. */
export async function startMeta(options: MetaOptions = {}): Promise<MetaStandIn> {
	const {
		appId = META_DEFAULTS.appId,
		appSecret = META_DEFAULTS.appSecret,
		pages = META_DEFAULTS.pages,
		people: first = META_DEFAULTS.people,
	} = options;
	let skew = 0;
	const now = () => (options.now ?? Date.now)() + skew;
	const accounts = accountsOf(pages);
	const people = new MetaPeople(first);
	const threads = new MetaThreads(people, now);
	const leads = new MetaLeads();
	const subscriptions = new MetaSubscriptions(pages);
	const deliveries = new MetaDeliveries(appSecret, subscriptions, options);
	const batches = new MetaBatches((...errand) => deliveries.send(...errand));
	const events = new MetaEvents(appId, subscriptions, batches, now);
	const sent: SentMessage[] = [];
	const app = { appId, appSecret, pages };
	const archive = { app, accounts, people, threads, leads, events, sent, now };
	const registry = {
		app,
		accounts,
		subscriptions,
		verifyTimeoutMs: options.verifyTimeoutMs ?? 5000,
	};
	const subscribeFirst = () => {
		if (options.webhookUrl) subscriptions.subscribeAll(options.webhookUrl);
	};
	subscribeFirst();

	const standIn = await startStandIn({
		name: 'Meta',
		port: options.port,
		onReset() {
			skew = 0;
			sent.length = 0;
			for (const part of [deliveries, batches, threads, leads, people, subscriptions]) {
				part.forget();
			}
			subscribeFirst();
		},
		routes: (server) => graphRoutes(server, archive, registry),
	});

	const { close } = standIn;
	return Object.assign(standIn, verbsOf(archive), {
		appId,
		appSecret,
		pages,
		people: people.all,
		sent,
		deliveries: deliveries.log,
		async close() {
			batches.forget();
			deliveries.forget();
			await close();
		},
		conversations: () => threads.shown(),
		subscribe: (callbackUrl: string) => subscriptions.subscribeAll(callbackUrl),
		async deliver(payload: unknown, how: { signature?: Signature } = {}) {
			const url = subscriptions.anyCallback();
			if (url === undefined) throw new Error('the app has no callback URL');
			return await deliveries.sendOnce(url, payload, how.signature ?? 'both');
		},
		hold: () => batches.hold(),
		flush: (how?: FlushOptions) => batches.flush(how),
		async settled() {
			while (deliveries.pending > 0) await sleep(5);
		},
		advance(milliseconds: number) {
			skew += milliseconds;
		},
	});
}
