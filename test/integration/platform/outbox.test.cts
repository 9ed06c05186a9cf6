import { createClock } from '../../../sandbox/clock.cts';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import {
	type Platform,
	type PlatformOptions,
	startPlatform,
} from '../../../sandbox/platform/platform.cts';
import { waitBeforeRetry } from '../../../sandbox/platform/retrySchedule.cts';
import { callBack, SECRET } from './callBack.cts';
import { type Receiver, startReceiver } from './receiver.cts';
import { until } from './until.cts';

/** 1, 5 and 15 minutes take 100, 500 and 1500 ms. */
const SPEED = 600;

let database: Database;
let n8n: Receiver;
let platform: Platform;

beforeAll(async () => {
	database = await startDatabase();
	n8n = await startReceiver(SECRET);
}, 30_000);

afterAll(async () => {
	await n8n.close();
	await database.close();
});

afterEach(async () => {
	await platform.close();
	n8n.forget();
	await database.pool.query('TRUNCATE outbox_message, event_log, mail, callback_received');
});

async function start(options: Partial<PlatformOptions> = {}): Promise<void> {
	platform = await startPlatform({
		database,
		clock: createClock({ speed: SPEED }),
		signingSecret: SECRET,
		n8nUrl: `${n8n.url}/webhook`,
		watchdogMinutes: 1_000,
		...options,
	});
}

async function message(id: number) {
	const { rows } = await database.pool.query<Record<string, unknown>>(
		'SELECT * FROM outbox_message WHERE id = $1',
		[id],
	);
	return rows[0]!;
}

async function hasStatus(id: number, status: string) {
	return await until(async () => {
		const row = await message(id);
		return row.status === status && row.claimed_until === null ? row : undefined;
	});
}

async function eventLog() {
	const { rows } = await database.pool.query<Record<string, unknown>>(
		'SELECT direction, event, status, outcome, attempt FROM event_log ORDER BY id',
	);
	return rows;
}

const LISTING = { property_id: 'p-1', company_id: 'c-1', address: '12 Piñon St' };

describe('the outbox', () => {
	it.each([
		['property.enrich', '/webhook/enrich-property'],
		['lead.created', '/webhook/lead-created'],
		['campaign.dispatch', '/webhook/campaign-dispatch'],
	] as const)('posts %s, signed, to %s and marks it sent', async (eventType, path) => {
		await start();
		const { id, correlationId } = await platform.enqueue(eventType, LISTING);
		expect(await hasStatus(id, 'sent')).toMatchObject({ attempts: 1, next_retry_at: null });
		expect(n8n.deliveries).toHaveLength(1);
		expect(n8n.deliveries[0]).toMatchObject({ path, body: LISTING, isValid: true });
		expect(n8n.deliveries[0]!.headers.get('x-correlation-id')).toBe(correlationId);
		expect(n8n.deliveries[0]!.headers.get('content-type')).toBe('application/json');
		expect(await until(async () => (await eventLog())[0])).toEqual({
			direction: 'out',
			event: eventType,
			status: 200,
			outcome: 'delivered',
			attempt: 1,
		});
	});

	it('delivers first and then three times more, 1, 5 and 15 minutes after the failure before', async () => {
		await start();
		n8n.answer(() => new Response('', { status: 503 }));
		const { id } = await platform.enqueue('property.enrich', LISTING, { correlationId: 'run-7' });
		const row = await hasStatus(id, 'failed');

		const gaps = n8n.deliveries.slice(1).map(({ at }, index) => at - n8n.deliveries[index]!.at);
		expect(gaps).toHaveLength(3);
		[100, 500, 1500].forEach((wait, index) => {
			expect(gaps[index]).toBeGreaterThanOrEqual(wait);
			expect(gaps[index]).toBeLessThan(wait * 1.2 + 450);
		});
		expect(row).toMatchObject({ attempts: 4, last_error: 'n8n answered 503', next_retry_at: null });
		for (const { headers, at, isValid } of n8n.deliveries) {
			expect(isValid).toBe(true);
			expect(headers.get('x-correlation-id')).toBe('run-7');
			expect(Math.abs(Number(headers.get('x-timestamp')) - at / 1000)).toBeLessThan(1.5);
		}
		const timestamps = n8n.deliveries.map(({ headers }) => Number(headers.get('x-timestamp')));
		expect(timestamps[3]).toBeGreaterThan(timestamps[0]!);
	});

	it('mails a dead letter once and keeps every attempt in the event log', async () => {
		await start({ clock: createClock({ speed: 60_000 }) });
		n8n.answer(() => Response.json({ message: 'try again' }, { status: 500 }));
		const { id, correlationId } = await platform.enqueue('lead.created', {
			lead_id: 'l-1',
			company_id: 'c-1',
			email: 'john@example.com',
		});
		await hasStatus(id, 'failed');
		const mails = await until(async () => {
			const { rows } = await database.pool.query('SELECT subject, body FROM mail');
			return rows.length > 0 ? rows : undefined;
		});
		expect(mails).toEqual([
			{ subject: 'Webhook failed: lead.created', body: expect.stringContaining(correlationId) },
		]);
		const rows = await until(async () => {
			const log = await eventLog();
			return log.length === 4 ? log : undefined;
		});
		expect(rows.map(({ outcome, attempt }) => [outcome, attempt])).toEqual([
			['retried-later', 1],
			['retried-later', 2],
			['retried-later', 3],
			['dead-letter', 4],
		]);
		const { rows: stored } = await database.pool.query('SELECT * FROM event_log');
		expect(JSON.stringify([stored, mails])).not.toContain('john@example.com');
	});

	it.each([400, 401, 413, 415, 422, 302])('gives up at once on %i', async (status) => {
		await start();
		n8n.answer(() => Response.json({ message: 'beds: Expected number' }, { status }));
		const { id } = await platform.enqueue('property.enrich', LISTING);
		expect(await hasStatus(id, 'failed')).toMatchObject({
			attempts: 1,
			last_error: `n8n answered ${status}: beds: Expected number`,
		});
	});

	it.each([404, 408, 425, 429, 500, 502, 503, 504])('tries again after %i', async (status) => {
		await start({ clock: createClock({ speed: 60_000 }) });
		n8n.answer((_, number) => new Response('', { status: number === 1 ? status : 200 }));
		const { id } = await platform.enqueue('property.enrich', LISTING);
		expect(await hasStatus(id, 'sent')).toMatchObject({ attempts: 2, last_error: null });
	});

	it('tries again where n8n keeps silent for too long', async () => {
		await start({ clock: createClock({ speed: 60_000 }), deliveryTimeoutMs: 150 });
		n8n.answer((_, number) => (number === 1 ? new Promise(() => {}) : Response.json({})));
		const { id } = await platform.enqueue('property.enrich', LISTING);
		await hasStatus(id, 'sent');
		expect(n8n.deliveries).toHaveLength(2);
		expect((await eventLog())[0]).toMatchObject({ status: 0, outcome: 'retried-later' });
	});

	it('lets no poisoned message hold up the others', async () => {
		await start();
		n8n.answer(({ body }) => new Response('', { status: body.n === 0 ? 500 : 200 }));
		await platform.enqueue('property.enrich', { n: 0 });
		const later: { id: number }[] = [];
		for (let n = 1; n <= 12; n++) later.push(await platform.enqueue('property.enrich', { n }));
		for (const { id } of later) await hasStatus(id, 'sent');
	});

	it('delivers nothing while paused, and everything after', async () => {
		await start({ deliver: false });
		const { id } = await platform.enqueue('property.enrich', LISTING);
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(n8n.deliveries).toHaveLength(0);
		platform.resume();
		await hasStatus(id, 'sent');
	});

	it('delivers a dead letter again when it is asked to', async () => {
		await start();
		n8n.answer((_, number) => new Response('', { status: number === 1 ? 400 : 200 }));
		const { id, correlationId } = await platform.enqueue('property.enrich', LISTING);
		await hasStatus(id, 'failed');
		expect(await platform.redeliver(id)).toBe(true);
		await hasStatus(id, 'sent');
		expect(n8n.deliveries[1]!.headers.get('x-correlation-id')).toBe(correlationId);
		expect(await platform.redeliver(999_999)).toBe(false);
	});

	it('signs with the new secret after a rotation', async () => {
		await start();
		platform.rotateSecret('whsec-next');
		const { id } = await platform.enqueue('property.enrich', LISTING);
		await hasStatus(id, 'sent');
		expect(n8n.deliveries[0]!.isValid).toBe(false);
	});

	it('mails a backlog of more than 100 messages, once', async () => {
		await start({ deliver: false });
		await database.pool.query(
			`INSERT INTO outbox_message (event_type, payload, correlation_id)
			 SELECT 'property.enrich', '{}', 'n-' || n FROM generate_series(1, 101) AS n`,
		);
		const subjects = async () =>
			(await database.pool.query<{ subject: string }>('SELECT subject FROM mail')).rows;
		await until(async () => (await subjects()).length > 0);
		await new Promise((resolve) => setTimeout(resolve, 1_200));
		expect(await subjects()).toEqual([{ subject: 'Outbox backlog: 101 messages' }]);
	});

	it.each([
		[1, 0, 60_000],
		[2, 0, 300_000],
		[3, 0, 900_000],
		[3, 0.5, 990_000],
	])('waits after delivery %i with random %f for %i ms', (delivery, random, wait) => {
		expect(waitBeforeRetry(delivery, 3, random)).toBeCloseTo(wait, 6);
	});

	it('has no retry left after the fourth delivery', () => {
		expect(waitBeforeRetry(4, 3, 0)).toBeUndefined();
	});
});

describe('the watchdog', () => {
	const ENRICHED = {
		property_id: 'p-w',
		estimate: 1,
		neighborhood_avg: 1,
		narrative: 'A home.',
		source: 'comparables',
		last_updated: '2026-01-15T10:30:00Z',
	};

	beforeAll(async () => {
		await database.pool.query(`INSERT INTO company (id, name) VALUES ('c-w', 'W')`);
		await database.pool.query(
			`INSERT INTO property (id, company_id, address, city, price_amount)
			 VALUES ('p-w', 'c-w', 'a', 'b', 1)`,
		);
	});

	it('sends again what brought no callback, and leaves it alone once one came', async () => {
		await start({ watchdogMinutes: 3 });
		const { id, correlationId } = await platform.enqueue('property.enrich', LISTING);
		await until(() => n8n.deliveries.length === 2);
		const headers = { 'X-Correlation-Id': correlationId };
		await callBack(platform.url, 'enrichment-complete', ENRICHED, { headers });
		await hasStatus(id, 'sent');
		const delivered = n8n.deliveries.length;
		await new Promise((resolve) => setTimeout(resolve, 900));
		expect(n8n.deliveries).toHaveLength(delivered);
		expect((await message(id)).callback_at).not.toBeNull();
	});

	it('makes it a dead letter with a mail after three more deliveries', async () => {
		await start({ watchdogMinutes: 1 });
		const { id } = await platform.enqueue('property.enrich', LISTING);
		expect(await hasStatus(id, 'failed')).toMatchObject({
			last_error: 'no callback within 1 minutes',
		});
		expect(n8n.deliveries).toHaveLength(4);
		const { rows } = await database.pool.query('SELECT subject FROM mail');
		expect(rows).toEqual([{ subject: 'Webhook failed: property.enrich' }]);
	});

	it('waits for no callback where the flow is not switched on for the company', async () => {
		await start({ watchdogMinutes: 1 });
		n8n.answer(() => Response.json({ accepted: false }));
		const { id } = await platform.enqueue('property.enrich', LISTING);
		await hasStatus(id, 'sent');
		await new Promise((resolve) => setTimeout(resolve, 600));
		expect(n8n.deliveries).toHaveLength(1);
	});

	it('takes the callback as the answer where the delivery itself got none', async () => {
		await start({ deliveryTimeoutMs: 200 });
		n8n.answer(() => new Promise(() => {}));
		const { id, correlationId } = await platform.enqueue('property.enrich', LISTING);
		await until(() => n8n.deliveries.length === 1);
		const headers = { 'X-Correlation-Id': correlationId };
		await callBack(platform.url, 'enrichment-complete', ENRICHED, { headers });
		await new Promise((resolve) => setTimeout(resolve, 800));
		expect(await message(id)).toMatchObject({ status: 'sent', claimed_until: null });
		expect(n8n.deliveries).toHaveLength(1);
	});
});

describe('the callback of a lead', () => {
	beforeAll(async () => {
		await database.pool.query(`INSERT INTO company (id, name) VALUES ('c-l', 'L')`);
		await database.pool.query(`INSERT INTO lead (id, company_id) VALUES ('l-1', 'c-l')`);
	});

	const report = async (status: string, headers: Headers) =>
		await callBack(
			platform.url,
			'lead-sync-status',
			{ lead_id: 'l-1', crm: 'hubspot', status, external_id: null, message: `It ${status}.` },
			{ headers: { 'X-Correlation-Id': headers.get('x-correlation-id')! } },
		);

	it.each([
		['synced', 1, 'sent'],
		['skipped', 1, 'sent'],
		['failed', 4, 'failed'],
	])('%s comes with %i deliveries, where n8n then answers 500: %s', async (said, times, status) => {
		await start({ clock: createClock({ speed: 60_000 }) });
		n8n.answer(async ({ headers }) => {
			await report(said, headers);
			return new Response('', { status: 500 });
		});
		const { id } = await platform.enqueue('lead.created', { lead_id: 'l-1' });
		await until(async () => {
			const log = await eventLog();
			return log.filter(({ direction }) => direction === 'out').length === times;
		});
		expect((await message(id)).status).toBe(status);
		expect(n8n.deliveries).toHaveLength(times);
		// The log is written last, after the mail.
		const { rows } = await database.pool.query('SELECT subject FROM mail');
		const letter = { subject: 'Webhook failed: lead.created' };
		expect(rows).toEqual(status === 'failed' ? [letter] : []);
	});

	it('settles the message where the second delivery brought what the first could not', async () => {
		await start({ clock: createClock({ speed: 60_000 }) });
		n8n.answer(async ({ headers }, number) => {
			await report(number === 1 ? 'failed' : 'synced', headers);
			return new Response('', { status: number === 1 ? 500 : 200 });
		});
		const { id } = await platform.enqueue('lead.created', { lead_id: 'l-1' });
		expect(await hasStatus(id, 'sent')).toMatchObject({
			attempts: 2,
			last_error: null,
			callback_at: expect.any(Date),
		});
	});
});
