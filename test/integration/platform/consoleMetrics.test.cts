import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { createClock } from '../../../sandbox/clock.cts';
import { startConsole } from '../../../sandbox/console/console.cts';
import type { Listening } from '../../../sandbox/listen.cts';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import { DEMO_COMPANIES } from '../../../sandbox/platform/demoCompanies.cts';
import { type Platform, startPlatform } from '../../../sandbox/platform/platform.cts';
import { DEMO_LISTINGS, seedDemo } from '../../../sandbox/platform/seed.cts';
import { type MetaStandIn, startMeta } from '../../../sandbox/vendors/meta.cts';
import { type ResendStandIn, startResend } from '../../../sandbox/vendors/resend.cts';
import { callBack, SECRET } from './callBack.cts';
import { type Receiver, startReceiver } from './receiver.cts';
import { until } from './until.cts';

const [bayview, ayala] = DEMO_COMPANIES;

let database: Database;
let n8n: Receiver;
let platform: Platform;
let resend: ResendStandIn;
let meta: MetaStandIn;
let operator: Listening;

beforeAll(async () => {
	database = await startDatabase();
	await seedDemo(database.pool);
	n8n = await startReceiver(SECRET);
	platform = await startPlatform({
		database,
		clock: createClock(),
		signingSecret: SECRET,
		n8nUrl: n8n.url,
	});
	resend = await startResend();
	meta = await startMeta();
	operator = await startConsole({ platform, vendors: {}, crms: {}, mailbox: resend, meta });
}, 30_000);

afterAll(async () => {
	await operator.close();
	await resend.close();
	await meta.close();
	await platform.close();
	await n8n.close();
	await database.close();
});

type Rows = Record<string, unknown>[];

async function get(address: string) {
	const response = await fetch(`${operator.url}/console/api/${address}`);
	return { status: response.status, body: (await response.json()) as unknown };
}

const companies = async () => ((await get('state')).body as { metrics: Rows | null }).metrics;
const rollupsOf = async (id: string) =>
	(await get(`rollups?company=${encodeURIComponent(id)}`)).body as Rows;
const traceOf = async (id: string) =>
	(await get(`trace?correlation=${encodeURIComponent(id)}`)).body as Rows;

async function prepareStateStore() {
	const schema = path.join(__dirname, '../../../sql/state-store.sql');
	await database.pool.query(await readFile(schema, 'utf8'));
}

/** Goes to n8n, and its callback comes back. */
async function enrichOnce() {
	const { payload } = DEMO_LISTINGS[0]!;
	const { correlationId } = await platform.enqueue('property.enrich', payload);
	await until(async () => (await traceOf(correlationId)).length === 2);
	await callBack(
		platform.url,
		'enrichment-complete',
		{
			property_id: payload.property_id,
			estimate: 4_900_000,
			neighborhood_avg: 5_100_000,
			narrative: 'A home in Manila.',
			source: 'comparables',
			last_updated: '2026-11-23T00:00:00Z',
		},
		{ headers: { 'X-Correlation-Id': correlationId, 'X-Idempotency-Key': 'enrich-1' } },
	);
	return correlationId;
}

describe('before the state store is prepared, the console', () => {
	it('shows no metrics and says that they are not there', async () => {
		expect(await companies()).toBeNull();
		expect(await rollupsOf(bayview.id)).toEqual([]);
	});

	it('traces what the platform has', async () => {
		const steps = await traceOf(await enrichOnce());
		const shown = steps.map(({ place, what, outcome }) => [place, what, outcome]);
		expect(shown.slice(0, 2)).toEqual([
			['outbox', 'property.enrich', 'sent'],
			['platform', '→ property.enrich', 'delivered'],
		]);
		// These are of one moment, by two clocks.
		expect(new Set(shown.slice(2))).toEqual(
			new Set([
				['outbox', 'property.enrich', 'answered'],
				['callbacks', 'enrichment-complete', 'received'],
				['platform', '← enrichment-complete', 'applied'],
			]),
		);
		expect(steps[1]).toMatchObject({ status: 200, attempt: 1, durationMs: expect.any(Number) });
		expect(steps).toContainEqual(
			expect.objectContaining({ place: 'callbacks', detail: 'enrich-1', status: null }),
		);
	});
});

describe('the metrics in the console', () => {
	beforeAll(async () => {
		await prepareStateStore();
		await database.pool.query(
			`INSERT INTO property_platform.rollups (company_id, taken_at, correlation_id, figures)
			 SELECT $1, timestamptz '2026-11-01T00:00:00Z' + n * interval '6 hours', 'run-' || n,
			   jsonb_build_object('figures', jsonb_build_object('leads_total', n),
			     'rates', jsonb_build_object('open', NULL), 'warnings', '[]'::jsonb)
			 FROM generate_series(1, 60) AS n`,
			[ayala.id],
		);
		await database.pool.query(
			`INSERT INTO property_platform.rollups VALUES ($1, '2026-11-02T00:00:00Z', 'run', '{}')`,
			[bayview.id],
		);
	});

	it('offer every company, the one with the newest rollup first', async () => {
		const offered = (await companies())!;
		expect(offered.slice(0, 3)).toEqual([
			{ id: ayala.id, name: 'Ayala Court Realty (demo)', latestAt: '2026-11-16T00:00:00.000Z' },
			{ id: bayview.id, name: 'Bayview Homes (demo)', latestAt: '2026-11-02T00:00:00.000Z' },
			expect.objectContaining({ latestAt: null }),
		]);
		const { rows } = await database.pool.query('SELECT id FROM company');
		expect(offered).toHaveLength(rows.length);
	});

	it('show the latest 56 rollups of a company, the oldest first, as they were kept', async () => {
		const rollups = await rollupsOf(ayala.id);
		expect(rollups).toHaveLength(56);
		expect(rollups[0]).toEqual({
			takenAt: '2026-11-02T06:00:00.000Z',
			correlationId: 'run-5',
			rollup: { figures: { leads_total: 5 }, rates: { open: null }, warnings: [] },
		});
		expect(rollups[55]).toMatchObject({ correlationId: 'run-60' });
	});

	it.each([['nobody'], [`' OR true --`], ['<script>']])(
		'show nothing for the company %s',
		async (id) => {
			expect(await rollupsOf(id)).toEqual([]);
		},
	);

	it.each([['rollups'], ['rollups?company='], ['rollups?company=a%00b'], ['trace?correlation=']])(
		'refuse %s, which names nothing',
		async (address) => {
			expect(await get(address)).toEqual({ status: 400, body: { error: expect.any(String) } });
		},
	);
});

describe('a trace in the console', () => {
	it('is everything of one correlation id, in order of time', async () => {
		const hostile = `<img src=x onerror="alert(1)">' OR '1'='1`;
		await database.pool.query(
			`INSERT INTO property_platform.event_log
			   (at, correlation_id, flow, step, vendor, outcome, status, duration_ms, attempt, detail)
			 VALUES
			   ('2026-11-01T10:00:02Z', $1, 'lead-score', 'push', 'hubspot', 'failed', 503, 210, 1, NULL),
			   ('2026-11-01T10:00:01Z', $1, 'lead-score', 'claim', NULL, 'claimed', NULL, 3, 1, NULL),
			   ('2026-11-01T10:00:09Z', $1, 'lead-score', 'complete', NULL, 'ok', NULL, 8000, NULL, $2),
			   ('2026-11-01T10:00:05Z', 'another', 'lead-score', 'claim', NULL, 'claimed', NULL, 3, 1, NULL)`,
			['trace-1', hostile],
		);
		await database.pool.query(
			`INSERT INTO property_platform.deliveries
			   (delivery_key, kind, flow, correlation_id, payload, state, attempts, last_error,
			    parked_at, last_attempt_at, settled_at)
			 VALUES ('d1', 'callback', 'lead-score', 'trace-1', NULL, 'delivered', 2, 'unavailable',
			         '2026-11-01T10:00:04Z', '2026-11-01T10:00:08Z', '2026-11-01T10:00:08Z')`,
		);
		const steps = await traceOf('trace-1');
		expect(steps.map(({ place, what, outcome }) => [place, what, outcome])).toEqual([
			['n8n', 'lead-score · claim', 'claimed'],
			['n8n', 'lead-score · push · hubspot', 'failed'],
			['deliveries', 'lead-score · callback', 'parked'],
			['deliveries', 'lead-score · callback', 'delivered'],
			['n8n', 'lead-score · complete', 'ok'],
		]);
		expect(steps[1]).toMatchObject({ status: 503, durationMs: 210, attempt: 1 });
		expect(steps[3]).toMatchObject({ attempt: 2, detail: 'unavailable' });
		expect(steps[4]).toMatchObject({ detail: hostile });
	});

	it('of an id that would end a text in SQL is empty', async () => {
		expect(await traceOf(`trace-1' OR '1'='1`)).toEqual([]);
	});
});
