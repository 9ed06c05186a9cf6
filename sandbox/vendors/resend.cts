/** Stand-in of Resend, which sends campaigns. @see https://resend.com/docs/api-reference/introduction */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Context } from 'hono';

import { suppressionRoutes, webhookRoutes } from './resendAccountRoutes.cts';
import { type Delivery, type DeliveryOptions, ResendDeliveries } from './resendDeliveries.cts';
import { domainRoutes, isVerified } from './resendDomains.cts';
import { Refusal, RESEND_FAILURES } from './resendErrors.cts';
import { type BounceType, type EventOptions, ResendEvents } from './resendEvents.cts';
import { IdempotencyMemory } from './resendIdempotency.cts';
import { type LimitOptions, type Quota, ResendLimits } from './resendLimits.cts';
import { type ResendMail, ResendMails } from './resendMails.cts';
import { mailRoutes } from './resendRoutes.cts';
import { ResendSuppressions } from './resendSuppressions.cts';
import { type ResendWebhook, ResendWebhooks, type WebhookSettings } from './resendWebhooks.cts';
import { type FailureAnswer, type StandIn, startStandIn } from './standIn.cts';

export { RESEND_FAILURES } from './resendErrors.cts';
export type { Delivery, ResendMail, ResendWebhook };

export interface ResendOptions extends LimitOptions, EventOptions, DeliveryOptions {
	port?: number;
	/** Absent: any key that begins with `re_` is taken. */
	apiKey?: string;
	/** A second key, which may send and nothing else. */
	sendingKey?: string;
	/** The verified ones; by default all but `unverified.example`. */
	domains?: string[];
	/** False for big tests: HTML and text are taken, and forgotten. */
	keepBodies?: boolean;
	/** Milliseconds since 1970. */
	now?: () => number;
	/** Told of every event from the start, and again after `reset`. */
	webhookUrl?: string;
	/** The secret of that webhook: `whsec_` and a key in Base64. */
	webhookSecret?: string;
}

export interface ResendStandIn extends StandIn {
	/** In the order in which they were taken. */
	readonly mails: readonly ResendMail[];
	/** The latest attempts to reach webhooks, oldest first. */
	readonly deliveries: readonly Delivery[];
	/** How long it works on mails before it takes them: meanwhile their key is in progress. */
	processingMs: number;
	/** How many requests went faster than the limit. */
	refused429(): number;
	/** Begins a new second. */
	resetWindow(): void;
	/** From so many mails on, none is taken, until `heal`. */
	exhaustQuota(quota?: Quota, afterMails?: number): void;
	/** Moves the clock of its memory, its limits and its dates. */
	advance(milliseconds: number): void;
	addWebhook(settings: WebhookSettings): ResendWebhook;
	/** Both secrets sign from now on; returns the new one. The first webhook by default. */
	rotateWebhookSecret(id?: string): string;
	/** The verbs of a mail name its id, and return the `svix-id` of the event. */
	open(id: string): string;
	click(id: string, link: string): string;
	bounce(id: string, type?: BounceType, subType?: string): string;
	complain(id: string): string;
	fail(id: string, reason?: string): string;
	delay(id: string): string;
	/** Delivers an event again under its `svix-id`. Throws where no webhook was told of it. */
	repeatEvent(svixId: string): void;
	suppress(address: string): void;
	unsuppress(address: string): void;
	/** In lower case, oldest first. */
	suppressed(): string[];
	/** Waits until every fate has shown and every webhook was told, or was given up. */
	settled(): Promise<void>;
}

/** Starts the stand-in; its API is below `/`. */
export async function startResend(options: ResendOptions = {}): Promise<ResendStandIn> {
	const { keepBodies = true } = options;
	let skew = 0;
	const now = () => (options.now ?? Date.now)() + skew;
	const limits = new ResendLimits(options, now);
	const memory = new IdempotencyMemory(now);
	const mails = new ResendMails(now, keepBodies);
	const suppressions = new ResendSuppressions(now);
	const webhooks = new ResendWebhooks(now);
	const deliveries = new ResendDeliveries(webhooks, options);
	const events = new ResendEvents(deliveries, suppressions, now, options);
	const addOwnWebhook = () => {
		const { webhookUrl, webhookSecret } = options;
		if (webhookUrl) webhooks.add({ endpoint: webhookUrl, signingSecret: webhookSecret });
	};
	addOwnWebhook();

	const standIn = await startStandIn({
		name: 'Resend',
		port: options.port,
		onReset() {
			skew = 0;
			for (const part of [limits, memory, mails, suppressions, events, webhooks, deliveries]) {
				part.forget();
			}
			addOwnWebhook();
		},
		routes(app) {
			app.use(async (context, next) => {
				const refused = refuseKey(context, options) ?? limits.refuse();
				if (refused) context.res = answer(refused);
				else await next();
				for (const [name, value] of Object.entries(limits.headers())) {
					context.res.headers.set(name, value);
				}
				if (!keepBodies) for (const request of standIn.requests) request.body = undefined;
			});
			mailRoutes(app, {
				mails,
				memory,
				limits,
				events,
				isVerified: (domain) => isVerified(domain, options.domains),
				processingMs: () => resend.processingMs,
			});
			domainRoutes(app, options.domains, now());
			suppressionRoutes(app, suppressions);
			webhookRoutes(app, webhooks);
			app.notFound(() => answer(RESEND_FAILURES.noRoute));
			app.onError((error) =>
				answer(error instanceof Refusal ? error.answer : RESEND_FAILURES.serverError),
			);
		},
	});

	const { heal, close } = standIn;
	const resend: ResendStandIn = Object.assign(standIn, {
		mails: mails.all,
		deliveries: deliveries.log,
		processingMs: 0,
		heal() {
			heal();
			limits.heal();
			resend.processingMs = 0;
		},
		async close() {
			events.forget();
			webhooks.forget();
			deliveries.forget();
			await close();
		},
		refused429: () => limits.refused,
		resetWindow: () => limits.resetWindow(),
		exhaustQuota: (quota: Quota = 'daily', afterMails = 0) => limits.exhaust(quota, afterMails),
		advance(milliseconds: number) {
			skew += milliseconds;
		},
		addWebhook: (settings: WebhookSettings) => webhooks.add(settings),
		rotateWebhookSecret: (id?: string) => webhooks.rotate(id ?? webhooks.all[0]?.id ?? ''),
		open: (id: string) => events.record(mails.get(id), 'email.opened'),
		click: (id: string, link: string) => events.click(mails.get(id), link),
		bounce: (id: string, type: BounceType = 'Permanent', subType = 'General') =>
			events.bounce(mails.get(id), type, subType),
		complain: (id: string) => events.complain(mails.get(id)),
		fail: (id: string, reason = 'reached_daily_quota') =>
			events.record(mails.get(id), 'email.failed', { failed: { reason } }),
		delay: (id: string) => events.record(mails.get(id), 'email.delivery_delayed'),
		repeatEvent: (svixId: string) => deliveries.repeat(svixId),
		suppress: (address: string) => void suppressions.add(address, 'manual'),
		unsuppress(address: string) {
			const row = suppressions.find(address);
			if (row) suppressions.remove(row);
		},
		suppressed: () => suppressions.all.map(({ email }) => email),
		async settled() {
			while (events.pending + deliveries.pending > 0) await sleep(5);
		},
	});
	return resend;
}

/** A key that is missing, unknown, or good for less than what is asked. */
function refuseKey(
	{ req }: Context,
	{ apiKey, sendingKey }: ResendOptions,
): FailureAnswer | undefined {
	const given = /^Bearer (\S+)$/i.exec(req.header('authorization') ?? '')?.[1];
	if (given === undefined) return RESEND_FAILURES.missingApiKey;
	if (given === sendingKey) {
		const sends = req.method === 'POST' && /^\/emails(\/batch)?$/.test(req.path);
		return sends ? undefined : RESEND_FAILURES.restrictedApiKey;
	}
	const isKnown = apiKey === undefined ? given.startsWith('re_') : given === apiKey;
	return isKnown ? undefined : RESEND_FAILURES.invalidApiKey;
}

function answer({ status, body, headers }: FailureAnswer): Response {
	return Response.json(body, { status, headers });
}
