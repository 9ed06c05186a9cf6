import { readFileSync } from 'node:fs';
import path from 'node:path';

import { type Database, openDatabase } from '../stateStore/database.cts';
import { dashboardQueries, documentedQueries } from './documents.cts';

const PLATFORM_SCHEMA = path.join(__dirname, '../../../sandbox/platform/schema.sql');

/**
 * Three leads done in 2, 4 and 9 s and one that failed; one done in 1 s two days ago. Four calls to
 * HubSpot, one of them refused as one too many. Two callbacks, one at the second attempt.
 */
const EVENTS = `INSERT INTO property_platform.event_log
	(at, correlation_id, flow, step, vendor, outcome, status, duration_ms, attempt, detail)
VALUES
	(now() - interval '2 days', 'old', 'lead-score', 'complete', NULL, 'ok', NULL, 1000, NULL, NULL),
	(now() - interval '9 minutes', 'the-correlation-id', 'lead-score', 'claim', NULL, 'claimed', NULL, NULL, 1, NULL),
	(now() - interval '8 minutes', 'the-correlation-id', 'lead-score', 'push', 'hubspot', 'failed', 429, 100, 1, NULL),
	(now() - interval '7 minutes', 'the-correlation-id', 'lead-score', 'push', 'hubspot', 'ok', 200, 300, 2, NULL),
	(now() - interval '7 minutes', 'c-2', 'lead-score', 'push', 'hubspot', 'ok', 200, 200, 1, NULL),
	(now() - interval '7 minutes', 'c-3', 'lead-score', 'push', 'hubspot', 'failed', 422, 250, 1, NULL),
	(now() - interval '6 minutes', 'the-correlation-id', 'lead-score', 'callback', 'platform', 'failed', 0, 50, 1, 'timeout'),
	(now() - interval '5 minutes', 'the-correlation-id', 'lead-score', 'callback', 'platform', 'ok', 200, 40, 2, NULL),
	(now() - interval '5 minutes', 'c-2', 'lead-score', 'callback', 'platform', 'ok', 200, 30, 1, NULL),
	(now() - interval '4 minutes', 'the-correlation-id', 'lead-score', 'complete', NULL, 'ok', NULL, 9000, NULL, NULL),
	(now() - interval '4 minutes', 'c-2', 'lead-score', 'complete', NULL, 'ok', NULL, 2000, NULL, NULL),
	(now() - interval '4 minutes', 'c-4', 'lead-score', 'complete', NULL, 'ok', NULL, 4000, NULL, NULL),
	(now() - interval '4 minutes', 'c-3', 'lead-score', 'process', NULL, 'failed', NULL, NULL, NULL, 'hubspot: rejected')`;

const REST = `
	INSERT INTO property_platform.deliveries
		(delivery_key, kind, flow, correlation_id, payload, state, attempts, last_error, parked_at, last_attempt_at, settled_at)
	VALUES
		('d-1', 'callback', 'lead-score', 'c-5', '{}', 'waiting', 1, 'unavailable', now() - interval '30 minutes', now() - interval '10 minutes', NULL),
		('d-2', 'callback', 'lead-score', 'c-6', '{}', 'dead', 4, 'unavailable', now() - interval '1 hour', now(), now()),
		('d-3', 'event', 'meta-broker', 'c-7', NULL, 'delivered', 0, NULL, now() - interval '90 seconds', now(), now());
	INSERT INTO property_platform.rollups VALUES
		('company-1', now(), 'c-8', '{"figures":{"outbox_depth":7,"outbox_oldest_seconds":120}}');
	INSERT INTO property_platform.alerts (alert_key, severity, title, detail)
	VALUES ('dead-letters:lead-score', 'critical', 'Dead letters: lead-score', 'There is 1');
	INSERT INTO property_platform.channel_events
		(event_key, event_id, conversation, kind, at, state, event, correlation_id)
	VALUES ('e-1', 'm-1', 'page:1', 'message', now(), 'waiting', '{}', 'c-9');
	INSERT INTO property_platform.campaigns
		(campaign_id, company_id, correlation_id, state, definition, definition_hash, audience, started_at)
	VALUES ('campaign-1', 'company-1', 'c-10', 'sending', '{}', 'hash', 3, now() - interval '10 seconds');
	INSERT INTO property_platform.campaign_recipients
		(campaign_id, recipient, state, email, data, sent_at)
	VALUES
		('campaign-1', 'r-1', 'sent', NULL, NULL, now()),
		('campaign-1', 'r-2', 'sent', NULL, NULL, now()),
		('campaign-1', 'r-3', 'pending', 'maria@example.com', '{}', NULL);
	DELETE FROM public.event_log WHERE correlation_id = 'the-correlation-id';
	INSERT INTO public.event_log
		(created_at, direction, event, correlation_id, status, outcome, duration_ms, attempt)
	VALUES
		(now() - interval '10 minutes', 'out', 'lead-created', 'the-correlation-id', 503, 'failed', 5, 1),
		(now() - interval '3 minutes', 'in', 'lead-sync-status', 'the-correlation-id', 200, 'ok', 3, NULL)`;

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
	await database.pool.query(readFileSync(PLATFORM_SCHEMA, 'utf8'));
	await database.pool.query(EVENTS);
	await database.pool.query(REST);
}, 60_000);
afterAll(() => database.close());

const rowsOf = async (sql: string) =>
	(await database.pool.query<Record<string, unknown>>(sql)).rows;

/** What a query answers, its numbers as numbers: the driver gives decimals as text. */
async function answer(queries: ReturnType<typeof documentedQueries>, title: string) {
	const query = queries.find((each) => each.title === title);
	if (!query) throw new Error(`There is no query "${title}"`);
	const rows = await rowsOf(query.sql);
	return rows.map((row) =>
		Object.fromEntries(
			Object.entries(row).map(([name, value]) => [
				name,
				typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value,
			]),
		),
	);
}

describe('the questions of docs/monitoring.md', () => {
	const queries = documentedQueries();

	it.each(queries)('$title: has an answer', async ({ sql }) => {
		expect(await rowsOf(sql)).not.toEqual([]);
	});

	it('success rate: three of four leads', async () => {
		expect(await answer(queries, 'Success rate')).toEqual([
			{ flow: 'lead-score', ok: 3, failed: 1, success_rate: 75 },
		]);
	});

	it('processing time: the median and the slowest of three, and the usual', async () => {
		expect(await answer(queries, 'Processing time')).toEqual([
			{ flow: 'lead-score', p50: 4, p95: 9, usual_p50: 1 },
		]);
	});

	it('error rates: each category once', async () => {
		const rows = await answer(queries, 'Error rates');
		expect(rows.map(({ where, category, failures }) => [where, category, failures]).sort()).toEqual(
			[
				['hubspot', 422, 1],
				['hubspot', 429, 1],
				['n8n', 'hubspot: rejected', 1],
				['platform', 'timeout', 1],
			],
		);
	});

	it('queue depth: what waits, what is dead, and the outbox', async () => {
		expect(await answer(queries, 'Queue depth')).toMatchObject([
			{ state: 'dead', deliveries: 1 },
			{ state: 'waiting', deliveries: 1 },
		]);
		expect(await answer(queries, 'Queue depth (2)')).toMatchObject([{ messages: 1 }]);
		expect(await answer(queries, 'Queue depth (3)')).toMatchObject([
			{ messages: 7, oldest_seconds: 120 },
		]);
	});

	it('external APIs: a request that was refused for itself is no error of the vendor', async () => {
		expect(await answer(queries, 'External APIs')).toEqual([
			{ vendor: 'hubspot', calls: 4, errors_percent: 25, p95_ms: 300 },
			{ vendor: 'platform', calls: 3, errors_percent: 33.33, p95_ms: 50 },
		]);
	});

	it('a correlation id: from the outbox through the vendor to the callback, in order', async () => {
		const rows = await answer(queries, 'A correlation id in one query');
		expect(rows.map(({ side, step, outcome }) => [side, step, outcome])).toEqual([
			['platform', 'out lead-created', 'failed'],
			['n8n', 'claim', 'claimed'],
			['n8n', 'push', 'failed'],
			['n8n', 'push', 'ok'],
			['n8n', 'callback', 'failed'],
			['n8n', 'callback', 'ok'],
			['n8n', 'complete', 'ok'],
			['platform', 'in lead-sync-status', 'ok'],
		]);
	});
});

describe('the queries of the dashboard', () => {
	const queries = dashboardQueries();

	it.each(queries)('$title: has an answer', async ({ sql, isOverTime }) => {
		expect(sql).not.toContain('$__');
		const [first] = await rowsOf(sql);
		expect(first).toBeDefined();
		if (isOverTime) expect(Number(first!.time)).toBeGreaterThan(1_700_000_000);
	});

	it.each([
		['Attempts at work that succeed', { success: 75 }],
		['Dead letters', { 'dead letters': 1 }],
		['Waiting to be tried again', { waiting: 1 }],
		['Messages in the Meta inbox', { messages: 1 }],
		['Time until what was parked arrived', { metric: 'event', value: 90 }],
		["The platform's outbox", { messages: 7, 'minutes the first waits': 2 }],
		['Too many requests (429)', { metric: 'hubspot', value: 1 }],
		['Attempts that a callback takes', { attempts: 1, callbacks: 1 }],
		[
			'Campaigns of the last week',
			{ sent: 2, 'to be sent': 1, refused: 0, 'mails per second': 0.2 },
		],
	])('%s: shows %j', async (title, shown) => {
		expect((await answer(queries, title))[0]).toMatchObject(shown);
	});

	it('callbacks: one of two at the first attempt, both in the end', async () => {
		const rows = await answer(queries, 'Callbacks: at the first attempt, and in the end');
		const mean = (name: string) =>
			rows.reduce((sum, row) => sum + Number(row[name]), 0) / rows.length;
		expect([mean('at the first attempt'), mean('in the end')]).toEqual([50, 100]);
	});
});
