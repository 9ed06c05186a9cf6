import { createHash } from 'node:crypto';

import { type Context, Hono } from 'hono';
import type pg from 'pg';
import type { z } from 'zod';

import { campaignStatus } from '../../nodes/shared/contracts/campaignStatus';
import { channelMessage } from '../../nodes/shared/contracts/channelMessage';
import { checkContract } from '../../nodes/shared/contracts/check';
import { enrichmentComplete } from '../../nodes/shared/contracts/enrichmentComplete';
import { eventLogEntry } from '../../nodes/shared/contracts/eventLogEntry';
import { leadSyncStatus } from '../../nodes/shared/contracts/leadSyncStatus';
import { metricsUpsert } from '../../nodes/shared/contracts/metrics';
import type { Clock } from '../clock.cts';
import {
	applyCampaignStatus,
	applyEnrichment,
	applyLeadSync,
	applyMetrics,
	type Effect,
	isCampaignSettled,
	isLeadSettled,
	keepEventLogEntry,
} from './callbackEffects.cts';
import { answerChannelMessage } from './channelMessages.cts';
import { inTransaction, type Queryable } from './database.cts';
import type { EventType } from './eventRoutes.cts';
import { markAnswered, markHeard } from './outboxMessages.cts';
import type { SignedRoute } from './signedRoutes.cts';

interface Callback {
	contract: z.ZodTypeAny;
	/** The event that this callback answers; none where n8n speaks first. */
	answers?: EventType;
	/** Whether the event is done with; absent: always. */
	settles?(body: never): boolean;
	apply(db: Queryable, body: never, now: Date): Promise<Effect>;
}

const CALLBACKS: Record<string, Callback> = {
	'enrichment-complete': {
		contract: enrichmentComplete,
		answers: 'property.enrich',
		apply: applyEnrichment,
	},
	'lead-sync-status': {
		contract: leadSyncStatus,
		answers: 'lead.created',
		settles: isLeadSettled,
		apply: applyLeadSync,
	},
	'campaign-status': {
		contract: campaignStatus,
		answers: 'campaign.dispatch',
		settles: isCampaignSettled,
		apply: applyCampaignStatus,
	},
	'metrics-upsert': { contract: metricsUpsert, apply: applyMetrics },
	'channel-message': { contract: channelMessage, apply: answerChannelMessage },
	'event-log': { contract: eventLogEntry, apply: keepEventLogEntry },
};

type Received = Effect | { outcome: 'duplicate'; answer: Record<string, unknown> };

/** Undoes the transaction of a callback about something that the platform does not know. */
class UnknownSubject extends Error {
	constructor(readonly what: string) {
		super(`Unknown ${what}`);
	}
}

/** `POST /internal/n8n/{callback}` for the guide's callbacks and event log, behind `signedRoutes`. */
export function callbackRoutes(pool: pg.Pool, clock: Clock): Hono<SignedRoute> {
	const routes = new Hono<SignedRoute>();
	for (const [endpoint, callback] of Object.entries(CALLBACKS)) {
		routes.post(`/${endpoint}`, async (context) => {
			const refuse = (status: 400 | 404, outcome: string, details: object) => {
				context.set('outcome', outcome);
				return context.json({ status: 'error', error: outcome, ...details }, status);
			};
			const body = parseJson(context.get('rawBody'));
			if (body === undefined) return refuse(400, 'not-json', {});
			const checked = checkContract(callback.contract, body);
			if (!checked.ok) return refuse(400, 'contract', { problems: checked.problems });

			const received = await receive(context, endpoint, callback, checked.value);
			if (received.outcome === 'unknown') {
				return refuse(404, 'unknown', { message: `There is no such ${received.what}.` });
			}
			context.set('outcome', received.outcome);
			return context.json('answer' in received ? received.answer : { status: received.outcome });
		});
	}
	return routes;

	/** Keeps the callback, its effect and the message it answers together: all of them or none. */
	async function receive(
		context: Context<SignedRoute>,
		endpoint: string,
		callback: Callback,
		body: unknown,
	): Promise<Received> {
		const correlationId = context.get('correlationId');
		const key = context.req.header('x-idempotency-key')?.slice(0, 255) ?? null;
		const hash = createHash('sha256').update(context.get('rawBody')).digest('hex');
		const now = clock.now();
		return await inTransaction(pool, async (client): Promise<Received> => {
			const { rows } = await client.query<{ id: string }>(
				`INSERT INTO callback_received
				   (endpoint, idempotency_key, body_sha256, body, correlation_id, received_at)
				 VALUES ($1, $2, $3, $4, $5, $6)
				 ON CONFLICT (endpoint, idempotency_key, body_sha256) DO NOTHING RETURNING id`,
				[endpoint, key, hash, JSON.stringify(body), correlationId ?? null, now],
			);
			if (callback.answers && correlationId) {
				const isSettled = callback.settles?.(body as never) ?? true;
				const mark = isSettled ? markAnswered : markHeard;
				await mark(client, callback.answers, correlationId, now);
			}
			const row = rows[0];
			if (!row) return await duplicate(client, endpoint, key, hash);

			const effect = await callback.apply(client, body as never, now);
			if (effect.outcome === 'unknown') throw new UnknownSubject(effect.what);
			if (effect.outcome === 'applied') {
				await client.query('UPDATE callback_received SET answer = $2 WHERE id = $1', [
					row.id,
					JSON.stringify(effect.answer),
				]);
			}
			return effect;
		}).catch((error: unknown): Received => {
			if (error instanceof UnknownSubject) return { outcome: 'unknown', what: error.what };
			throw error;
		});
	}
}

/** A conversation needs its reply again; every other callback only needs to know that it arrived. */
async function duplicate(
	db: Queryable,
	endpoint: string,
	key: string | null,
	hash: string,
): Promise<Received> {
	const { rows } = await db.query<{ answer: Record<string, unknown> | null }>(
		`SELECT answer FROM callback_received
		 WHERE endpoint = $1 AND idempotency_key = $2 AND body_sha256 = $3`,
		[endpoint, key, hash],
	);
	const first = rows[0]?.answer;
	const answer = first && 'reply_text' in first ? first : { status: 'duplicate' };
	return { outcome: 'duplicate', answer };
}

function parseJson(rawBody: Buffer): unknown {
	try {
		return JSON.parse(rawBody.toString('utf8'));
	} catch {
		return undefined;
	}
}
