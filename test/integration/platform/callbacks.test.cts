import { once } from 'node:events';
import http from 'node:http';

import { signPlatformRequest } from '../../../nodes/shared/signing/platform';
import { createClock } from '../../../sandbox/clock.cts';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import { type Platform, startPlatform } from '../../../sandbox/platform/platform.cts';
import { callBack, type CallBackOptions, SECRET } from './callBack.cts';
import { until } from './until.cts';

const PREVIOUS = 'whsec-before';

let database: Database;
let platform: Platform;

beforeAll(async () => {
	database = await startDatabase();
	platform = await startPlatform({
		database,
		clock: createClock(),
		signingSecret: SECRET,
		previousSecret: PREVIOUS,
		n8nUrl: 'http://127.0.0.1:9/webhook',
		deliver: false,
	});
	await database.pool.query(`INSERT INTO company (id, name) VALUES ('c-1', 'C'), ('c-2', 'Empty')`);
	await database.pool.query(
		`INSERT INTO property (id, company_id, address, city, neighborhood, price_amount)
		 VALUES ('p-1', 'c-1', '1 High St', 'Taguig', 'BGC', 1), ('p-2', 'c-1', '2 Low St', 'Cebu', '', 1)`,
	);
	await database.pool.query(`INSERT INTO lead (id, company_id) VALUES ('l-1', 'c-1')`);
	await database.pool.query(
		`INSERT INTO campaign (id, company_id, opened, clicked) VALUES ('m-1', 'c-1', 25, 7)`,
	);
}, 30_000);

afterAll(async () => {
	await platform.close();
	await database.close();
});

beforeEach(async () => {
	platform.comeBack();
	await database.pool.query(
		'TRUNCATE callback_received, event_log, channel_message, outbox_message',
	);
	await database.pool.query('UPDATE property SET last_updated = NULL, narrative = $1', ['']);
});

const GOOD: Record<string, Record<string, unknown>> = {
	'enrichment-complete': {
		property_id: 'p-1',
		estimate: 5_200_000,
		neighborhood_avg: 4_800_000,
		narrative: 'This modern 3BR condo offers excellent value.',
		source: 'rentcast',
		last_updated: '2024-01-15T10:30:00Z',
	},
	'lead-sync-status': {
		lead_id: 'l-1',
		crm: 'hubspot',
		status: 'synced',
		external_id: 'hubspot_contact_12345',
		message: 'Lead synced successfully with score: 85/100',
	},
	'campaign-status': {
		campaign_id: 'm-1',
		sent: 1250,
		failed: 12,
		status: 'completed',
		delivery_rate: 99.04,
	},
	'metrics-upsert': {
		company_id: 'c-1',
		properties_total: 245,
		leads_total: 1234,
		webhook_success_rate_24h: 98.5,
		narratives_stale_count: 12,
		last_updated: '2024-01-15T12:00:00Z',
	},
	'channel-message': {
		platform: 'facebook',
		user_id: 'meta_user_12345',
		message: 'Looking for 3BR condo in BGC',
		intents: ['property_search', 'budget_inquiry'],
		lead_captured: false,
		session_data: { previous_messages: 3, last_property_viewed: 'luxury-bgc-condo' },
	},
};

async function row(sql: string) {
	return (await database.pool.query<Record<string, unknown>>(sql)).rows[0]!;
}

describe('a callback', () => {
	it.each(Object.keys(GOOD).slice(0, 4))("takes the guide's own %s", async (endpoint) => {
		expect(await callBack(platform.url, endpoint, GOOD[endpoint])).toEqual({
			status: 200,
			body: { status: 'ok' },
		});
	});

	it('writes an enrichment into the property', async () => {
		await callBack(platform.url, 'enrichment-complete', GOOD['enrichment-complete']);
		expect(await row(`SELECT * FROM property WHERE id = 'p-1'`)).toMatchObject({
			estimate: 5_200_000,
			neighborhood_avg: 4_800_000,
			narrative: 'This modern 3BR condo offers excellent value.',
			source: 'rentcast',
			last_updated: new Date('2024-01-15T10:30:00Z'),
		});
	});

	it('marks a lead as pushed, with the time and the id in the CRM', async () => {
		await callBack(platform.url, 'lead-sync-status', GOOD['lead-sync-status']);
		const lead = await row(`SELECT * FROM lead WHERE id = 'l-1'`);
		expect(lead).toMatchObject({ webhook_sent: true, crm_external_id: 'hubspot_contact_12345' });
		expect(Date.now() - (lead.webhook_last_attempt as Date).getTime()).toBeLessThan(5_000);
	});

	it.each([
		['failed', 'hubspot_contact_1', false, 'HubSpot did not answer'],
		['skipped', null, true, 'Lead skipped: no e-mail and no phone'],
		['synced', 'hubspot_contact_1', true, 'Lead synced successfully with score: 85/100'],
	])('keeps on the lead that it %s, with the message', async (status, id, isSent, message) => {
		await database.pool.query(
			'UPDATE lead SET webhook_sent = false, webhook_last_attempt = NULL, crm_external_id = NULL',
		);
		const body = { ...GOOD['lead-sync-status'], status, external_id: id, message };
		expect((await callBack(platform.url, 'lead-sync-status', body)).status).toBe(200);
		expect(await row(`SELECT * FROM lead WHERE id = 'l-1'`)).toMatchObject({
			crm: 'hubspot',
			crm_status: status,
			crm_message: message,
			crm_external_id: id,
			webhook_sent: isSent,
			webhook_last_attempt: expect.any(Date),
		});
	});

	it('writes the figures of a campaign and of a rollup', async () => {
		await callBack(platform.url, 'campaign-status', GOOD['campaign-status']);
		await callBack(platform.url, 'metrics-upsert', GOOD['metrics-upsert']);
		expect(await row(`SELECT * FROM campaign WHERE id = 'm-1'`)).toMatchObject({
			sent: 1250,
			failed: 12,
			status: 'completed',
			delivery_rate: 99.04,
		});
		expect(await row('SELECT * FROM metrics_rollup')).toMatchObject({
			leads_total: 1234,
			webhook_success_rate_24h: 98.5,
		});
	});

	it('answers a channel message with the listings of the place it names', async () => {
		const answer = await callBack(platform.url, 'channel-message', GOOD['channel-message']);
		expect(answer.body).toMatchObject({
			suggested_properties: ['p-1'],
			next_action: 'schedule_viewing',
			intents: ['property_search', 'budget_inquiry'],
			lead_captured: false,
		});
		expect(answer.body.reply_text).toContain('1 High St');
	});

	it('tolerates fields that it does not know', async () => {
		const body = { ...GOOD['enrichment-complete'], confidence: 0.8 };
		expect((await callBack(platform.url, 'enrichment-complete', body)).status).toBe(200);
	});

	it('has its effect once where it arrives twice at the same time and once more later', async () => {
		const headers = { 'X-Idempotency-Key': 'key-1' };
		const send = () =>
			callBack(platform.url, 'channel-message', GOOD['channel-message'], { headers });
		const both = await Promise.all([send(), send()]);
		const later = await send();
		expect(both[0].body).toEqual(both[1].body);
		expect(later).toEqual(both[0]);
		expect(await row('SELECT count(*)::int AS n FROM channel_message')).toEqual({ n: 1 });
	});

	it('says so where it is a duplicate, and counts a lead once', async () => {
		const headers = { 'X-Idempotency-Key': 'key-2' };
		const before = await row('SELECT webhook_attempts AS n FROM lead');
		for (const status of ['ok', 'duplicate']) {
			const answer = await callBack(platform.url, 'lead-sync-status', GOOD['lead-sync-status'], {
				headers,
			});
			expect(answer).toEqual({ status: 200, body: { status } });
		}
		expect(await row('SELECT webhook_attempts AS n FROM lead')).toEqual({
			n: (before.n as number) + 1,
		});
	});

	it.each([
		['older', '2024-01-15T10:29:59Z', 'stale', 'first'],
		['just as old', '2024-01-15T10:30:00Z', 'ok', 'second'],
		['newer', '2024-01-15T10:30:01Z', 'ok', 'second'],
	])('that is %s than the one before answers %s -> %s', async (_, moment, status, kept) => {
		const first = { ...GOOD['enrichment-complete'], narrative: 'first' };
		await callBack(platform.url, 'enrichment-complete', first);
		const second = { ...first, narrative: 'second', last_updated: moment };
		const answer = await callBack(platform.url, 'enrichment-complete', second);
		expect(answer).toEqual({ status: 200, body: { status } });
		expect(await row(`SELECT narrative FROM property WHERE id = 'p-1'`)).toEqual({
			narrative: kept,
		});
	});

	it('settles the message that it answers, and no other', async () => {
		const answered = await platform.enqueue('property.enrich', {});
		const other = await platform.enqueue('property.enrich', {});
		const headers = { 'X-Correlation-Id': answered.correlationId };
		await callBack(platform.url, 'enrichment-complete', GOOD['enrichment-complete'], { headers });
		const { rows } = await database.pool.query<{ id: number; status: string }>(
			'SELECT id::int, status FROM outbox_message WHERE callback_at IS NOT NULL',
		);
		expect(rows).toEqual([{ id: answered.id, status: 'sent' }]);
		expect(other.id).not.toBe(answered.id);
	});
});

describe('a callback is refused', () => {
	const REQUIRED = Object.entries(GOOD).flatMap(([endpoint, body]) =>
		Object.keys(body).map((field) => [endpoint, field] as const),
	);

	it.each(REQUIRED)('from %s without %s, and the answer names it', async (endpoint, field) => {
		const { [field]: _, ...rest } = GOOD[endpoint]!;
		expect(await callBack(platform.url, endpoint, rest)).toMatchObject({
			status: 400,
			body: { error: 'contract', problems: [{ field, message: 'is required' }] },
		});
	});

	it('with every field at fault named and none of their content repeated', async () => {
		const body = { ...GOOD['enrichment-complete'], estimate: 'plenty', last_updated: 'yesterday' };
		const answer = await callBack(platform.url, 'enrichment-complete', body);
		const problems = answer.body.problems as { field: string }[];
		expect(problems.map(({ field }) => field)).toEqual(['estimate', 'last_updated']);
		expect(JSON.stringify(answer.body)).not.toMatch(/plenty|yesterday/);
	});

	it.each([
		['enrichment-complete', 'property_id', 'property'],
		['lead-sync-status', 'lead_id', 'lead'],
		['campaign-status', 'campaign_id', 'campaign'],
		['metrics-upsert', 'company_id', 'company'],
	])('from %s where the %s is unknown, and leaves no trace', async (endpoint, field, what) => {
		const body = { ...GOOD[endpoint], [field]: 'nobody' };
		expect(await callBack(platform.url, endpoint, body)).toEqual({
			status: 404,
			body: { status: 'error', error: 'unknown', message: `There is no such ${what}.` },
		});
		expect(await row('SELECT count(*)::int AS n FROM callback_received')).toEqual({ n: 0 });
	});

	it('where the body is not JSON', async () => {
		expect((await callBack(platform.url, 'metrics-upsert', 'hello')).status).toBe(400);
	});

	it('where the body is larger than a megabyte', async () => {
		// A connection of its own: the platform closes it rather than read the rest.
		const request = http.request(`${platform.url}/internal/n8n/metrics-upsert`, {
			method: 'POST',
			agent: false,
		});
		request.on('error', () => undefined);
		request.end('x'.repeat(1024 * 1024 + 1));
		const [response] = (await once(request, 'response')) as [http.IncomingMessage];
		expect(response.statusCode).toBe(413);
		response.destroy();
	});

	it('where the body was changed on the way', async () => {
		const response = await fetch(`${platform.url}/internal/n8n/metrics-upsert`, {
			method: 'POST',
			headers: { ...signPlatformRequest(SECRET, '{"a":1}', Date.now() / 1000) },
			body: '{"a":2}',
		});
		expect(response.status).toBe(401);
	});

	it('while the platform is down, though its health still answers', async () => {
		platform.goDown();
		const body = GOOD['metrics-upsert'];
		expect((await callBack(platform.url, 'metrics-upsert', body)).status).toBe(503);
		expect((await fetch(`${platform.url}/health`)).status).toBe(200);
		platform.comeBack();
		expect((await callBack(platform.url, 'metrics-upsert', body)).status).toBe(200);
	});

	it('with a line in the event log for each request, refused or not', async () => {
		const headers = { 'X-Correlation-Id': 'run-1' };
		const body = GOOD['metrics-upsert'];
		await callBack(platform.url, 'metrics-upsert', body, { headers });
		await callBack(platform.url, 'metrics-upsert', {}, { headers });
		await callBack(platform.url, 'metrics-upsert', body, { headers, secret: 'other' });
		const { rows } = await database.pool.query(
			'SELECT direction, event, correlation_id, status, outcome FROM event_log ORDER BY id',
		);
		const line = { direction: 'in', event: 'metrics-upsert', correlation_id: 'run-1' };
		expect(rows).toEqual([
			{ ...line, status: 200, outcome: 'applied' },
			{ ...line, status: 400, outcome: 'contract' },
			{ ...line, status: 401, outcome: 'unauthorized' },
		]);
	});
});

describe('a request', () => {
	it.each<[string, number, CallBackOptions & { ageSeconds?: number }]>([
		['with another secret', 401, { secret: 'whsec-other' }],
		['with the previous secret', 200, { secret: PREVIOUS }],
		['301 s ago', 401, { ageSeconds: 301 }],
		['330 s ahead', 401, { ageSeconds: -330 }],
		['290 s ago', 200, { ageSeconds: 290 }],
		['without a signature', 401, { headers: { 'X-Signature': '' } }],
		['with a signature cut short', 401, { headers: { 'X-Signature': 'sha256=00' } }],
		['with a timestamp that is no number', 401, { headers: { 'X-Timestamp': '17e8' } }],
	])('signed %s is answered with %s', async (_name, status, { ageSeconds = 0, ...options }) => {
		const answer = await callBack(platform.url, 'metrics-upsert', GOOD['metrics-upsert'], {
			...options,
			nowSeconds: Date.now() / 1000 - ageSeconds,
		});
		expect(answer.status).toBe(status);
	});
});

describe('the snapshot', () => {
	async function snapshot(query: string, secret = SECRET) {
		const response = await fetch(`${platform.url}/internal/metrics/snapshot${query}`, {
			headers: { ...signPlatformRequest(secret, '', Date.now() / 1000) },
		});
		return { status: response.status, body: (await response.json()) as Record<string, unknown> };
	}

	it("counts the company's rows, the last day's webhooks and what waits in the outbox", async () => {
		await database.pool.query(
			`INSERT INTO event_log (direction, event, company_id, status, outcome, duration_ms, created_at)
			 SELECT 'out', 'x', 'c-1', status, 'x', 1, now() - age FROM (VALUES
			   (200, interval '1 hour'), (200, interval '23 hours'), (503, interval '2 hours'),
			   (500, interval '25 hours')) AS attempts (status, age)`,
		);
		await database.pool.query(
			`UPDATE property SET narrative = 'x', last_updated = now() WHERE id = 'p-1'`,
		);
		await database.pool.query(`UPDATE campaign SET sent = 100, failed = 4`);
		await database.pool.query(
			`INSERT INTO outbox_message (event_type, payload, correlation_id, status, created_at)
			 SELECT 'lead.created', '{}', 'x', status, now() - age FROM (VALUES
			   ('pending', interval '2 minutes'), ('retry', interval '10 minutes'),
			   ('sent', interval '3 hours'), ('failed', interval '3 hours')) AS kept (status, age)`,
		);
		const { status, body } = await snapshot('?company_id=c-1');
		expect(status).toBe(200);
		// Ten minutes, and what the test itself takes.
		expect(body.outbox_oldest_seconds).toBeGreaterThanOrEqual(600);
		expect(body.outbox_oldest_seconds).toBeLessThan(630);
		expect(body).toEqual({
			company_id: 'c-1',
			properties_total: 2,
			leads_total: 1,
			webhook_success_rate_24h: 66.67,
			narratives_stale_count: 1,
			campaign_performance: { sent: 100, opened: 25, clicked: 7, delivered: 96, failed: 4 },
			outbox_depth: 2,
			outbox_oldest_seconds: expect.any(Number),
		});
	});

	it('knows a company with nothing yet', async () => {
		expect((await snapshot('?company_id=c-2')).body).toEqual({
			company_id: 'c-2',
			properties_total: 0,
			leads_total: 0,
			webhook_success_rate_24h: 100,
			narratives_stale_count: 0,
			campaign_performance: { sent: 0, opened: 0, clicked: 0, delivered: 0, failed: 0 },
			outbox_depth: 0,
			outbox_oldest_seconds: 0,
		});
	});

	it.each([
		['without a company', '', SECRET, 400],
		['for an unknown company', '?company_id=nobody', SECRET, 404],
		['with another secret', '?company_id=c-1', 'other', 401],
	])('is refused %s', async (_name, query, secret, status) => {
		expect((await snapshot(query, secret)).status).toBe(status);
		expect(await until(() => row('SELECT status FROM event_log'))).toEqual({ status });
	});
});
