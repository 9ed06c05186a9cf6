import type { HealthFigures } from '../../../nodes/MetricsRollup/health/figures';
import { type HealthRow, measureHealth } from '../../../nodes/MetricsRollup/health/measureHealth';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { breach, metricsOn, MOMENT } from './metrics.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => metricsOn(database).clear());

const FLOWS = [
	'property-enrichment',
	'lead-score',
	'campaign-dispatch',
	'metrics-rollup',
	'meta-broker',
];
const IDLE = { ok: 0, failed: 0, p50Ms: null, p95Ms: null, usualP50Ms: null, usualCount: 0 };

/** A row of the event log, so many minutes old. */
interface Entry {
	minutesAgo: number;
	flow?: string;
	step?: string;
	vendor?: string;
	outcome?: string;
	status?: number;
	duration_ms?: number;
	/** Of a unit of work of its own by default. */
	correlation?: string;
}

const log = (entries: readonly Entry[]) =>
	database.pool.query(
		`INSERT INTO property_platform.event_log
			(at, correlation_id, flow, step, vendor, outcome, status, duration_ms)
		SELECT now() - make_interval(secs => "minutesAgo" * 60),
			COALESCE(correlation, gen_random_uuid()::text), COALESCE(flow, 'lead-score'),
			COALESCE(step, 'complete'), vendor, COALESCE(outcome, 'ok'), status, duration_ms
		FROM jsonb_to_recordset($1) AS entry (
			"minutesAgo" float, flow text, step text, vendor text, outcome text, status int,
			duration_ms int, correlation text
		)`,
		[JSON.stringify(entries)],
	);

describe.each(PROTOCOLS)('health, values %s', (protocol) => {
	const on = () => metricsOn(database, protocol);
	const measure = async (windowMinutes = 60, usualDays = 7): Promise<HealthFigures> => {
		const statement = measureHealth({ windowMinutes, usualDays });
		return (await database.run<HealthRow>(statement, protocol)).figures;
	};
	const flow = async (name = 'lead-score') =>
		(await measure()).flows.find((figures) => figures.flow === name);

	it('of a store in which nothing happened has every flow, with nothing in it', async () => {
		const figures = await measure();
		expect(figures).toEqual({
			measuredAt: expect.stringMatching(MOMENT),
			windowMinutes: 60,
			flows: FLOWS.map((name) => ({ flow: name, ...IDLE })),
			vendors: [],
			deliveries: FLOWS.map((name) => ({
				flow: name,
				waiting: 0,
				dead: 0,
				oldestWaitingSeconds: null,
			})),
			openAlerts: [],
		});
		expect(Math.abs(Date.now() - Date.parse(figures.measuredAt))).toBeLessThan(60_000);
	});

	it('counts units that are complete, and those that failed, in the window', async () => {
		await log([
			{ minutesAgo: 1, duration_ms: 100 },
			{ minutesAgo: 59, duration_ms: 300 },
			{ minutesAgo: 61, duration_ms: 700 },
			{ minutesAgo: 2, step: 'report', outcome: 'failed' },
			{ minutesAgo: 61, step: 'report', outcome: 'failed' },
			{ minutesAgo: 1, step: 'callback', vendor: 'platform', outcome: 'failed', status: 503 },
			{ minutesAgo: 1, step: 'claim', outcome: 'claimed' },
			{ minutesAgo: 1, step: 'record', outcome: 'recorded' },
			{ minutesAgo: 1, step: 'score', duration_ms: 5 },
		]);
		expect(await flow()).toEqual({
			flow: 'lead-score',
			ok: 2,
			failed: 1,
			p50Ms: 100,
			p95Ms: 300,
			usualP50Ms: 700,
			usualCount: 1,
		});
	});

	it('counts a unit that failed once, until an attempt brings it home', async () => {
		const failed = { minutesAgo: 1, step: 'report', outcome: 'failed' };
		await log([
			{ ...failed, correlation: 'never' },
			{ ...failed, correlation: 'never' },
			{ ...failed, correlation: 'healed' },
			{ minutesAgo: 1, correlation: 'healed' },
			{ minutesAgo: 1, correlation: 'failed again' },
			{ ...failed, correlation: 'failed again' },
		]);
		expect(await flow()).toMatchObject({ ok: 2, failed: 2 });
	});

	// The k-th of n sorted durations, k = ceil(fraction * n), by hand: SQL's discrete percentile.
	it.each<[number[], number, number]>([
		[[40], 40, 40],
		[[20, 10], 10, 20],
		[[30, 10, 20], 20, 30],
		[[5, 4, 3, 2, 1, 0], 2, 5],
		[Array.from({ length: 20 }, (_value, index) => index + 1), 10, 19],
		[Array.from({ length: 100 }, (_value, index) => 100 - index), 50, 95],
	])('takes the percentiles of %j as durations that occurred', async (durations, p50, p95) => {
		await log([
			...durations.map((duration_ms) => ({ minutesAgo: 5, duration_ms })),
			...durations.map((duration_ms) => ({ minutesAgo: 90, duration_ms: duration_ms + 1000 })),
		]);
		expect(await flow()).toMatchObject({
			p50Ms: p50,
			p95Ms: p95,
			usualP50Ms: p50 + 1000,
			usualCount: durations.length,
		});
	});

	it('takes for usual the days before the window, and no more', async () => {
		const DAY = 24 * 60;
		await log([
			{ minutesAgo: 7 * DAY + 59, duration_ms: 10 },
			{ minutesAgo: 7 * DAY + 61, duration_ms: 9999 },
			{ minutesAgo: DAY, duration_ms: 30 },
			{ minutesAgo: 62, duration_ms: 20 },
			{ minutesAgo: 10, duration_ms: 8888 },
		]);
		expect(await flow()).toMatchObject({ usualP50Ms: 20, usualCount: 3, p50Ms: 8888 });
		expect((await measure(60, 0.5)).flows[1]).toMatchObject({ usualP50Ms: 20, usualCount: 1 });
	});

	it('counts a unit without a duration, and does not measure it', async () => {
		await log([{ minutesAgo: 1 }, { minutesAgo: 90 }]);
		expect(await flow()).toEqual({ flow: 'lead-score', ...IDLE, ok: 1 });
	});

	it('has further flows after the five', async () => {
		await log([{ minutesAgo: 1, flow: 'another' }]);
		await on().park('d', { flow: 'one more' });
		const { flows, deliveries } = await measure();
		expect(flows.map((figures) => figures.flow)).toEqual([...FLOWS, 'another']);
		expect(deliveries.map((figures) => figures.flow)).toEqual([...FLOWS, 'one more']);
	});

	it.each([
		[null, 1],
		[0, 1],
		[200, 0],
		[201, 0],
		[400, 0],
		[401, 1],
		[402, 0],
		[403, 1],
		[404, 0],
		[408, 1],
		[409, 0],
		[422, 0],
		[429, 1],
		[499, 0],
		[500, 1],
		[503, 1],
	])('takes status %p of a vendor for %i error', async (status, errors) => {
		await log([
			{ minutesAgo: 1, vendor: 'hubspot', outcome: 'failed', ...(status !== null && { status }) },
		]);
		expect((await measure()).vendors).toEqual([{ vendor: 'hubspot', attempts: 1, errors }]);
	});

	it('takes a call that went well for no error, where it has no status', async () => {
		await log([{ minutesAgo: 1, vendor: 'model', step: 'narrative', outcome: 'ok' }]);
		expect((await measure()).vendors).toEqual([{ vendor: 'model', attempts: 1, errors: 0 }]);
	});

	it('counts the calls of each vendor over all flows, in the window', async () => {
		const call = { vendor: 'resend', status: 200 };
		await log([
			{ minutesAgo: 1, ...call },
			{ minutesAgo: 1, ...call, flow: 'meta-broker', outcome: 'failed', status: 500 },
			{ minutesAgo: 61, ...call, status: 500 },
			{ minutesAgo: 1, vendor: 'hubspot', outcome: 'failed', status: 429 },
		]);
		expect((await measure()).vendors).toEqual([
			{ vendor: 'hubspot', attempts: 1, errors: 1 },
			{ vendor: 'resend', attempts: 2, errors: 1 },
		]);
	});

	it('counts deliveries that wait, since they were last tried, and dead letters', async () => {
		const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
		const parked_at = ago(9000);
		await on().park('w-1', { parked_at, last_attempt_at: ago(100) });
		await on().park('w-2', { parked_at, last_attempt_at: ago(500) });
		await on().park('d-1', { state: 'dead', settled_at: ago(800), last_attempt_at: ago(800) });
		await on().park('ok', { state: 'delivered', settled_at: ago(10), payload: null });
		await on().park('no', { state: 'dismissed', settled_at: ago(10), payload: null });
		await on().park('e', { flow: 'meta-broker', state: 'dead', settled_at: ago(1) });
		const { deliveries } = await measure();
		expect(deliveries[1]).toMatchObject({ flow: 'lead-score', waiting: 2, dead: 1 });
		expect(deliveries[1]!.oldestWaitingSeconds).toBeGreaterThanOrEqual(499);
		expect(deliveries[1]!.oldestWaitingSeconds).toBeLessThan(600);
		expect(deliveries[4]).toEqual({
			flow: 'meta-broker',
			waiting: 0,
			dead: 1,
			oldestWaitingSeconds: null,
		});
	});

	it('has the alerts that are open', async () => {
		await on().apply([breach('a', { severity: 'critical' }), breach('b')]);
		await on().wait(120);
		await on().apply([breach('b')]);
		const { openAlerts } = await measure();
		expect(openAlerts).toEqual([
			{ alertKey: 'a', severity: 'critical', lastSeenSecondsAgo: expect.any(Number) },
			{ alertKey: 'b', severity: 'warning', lastSeenSecondsAgo: expect.any(Number) },
		]);
		expect(openAlerts[0]!.lastSeenSecondsAgo).toBeGreaterThanOrEqual(120);
		expect(openAlerts[1]!.lastSeenSecondsAgo).toBeLessThan(60);
		await database.pool.query('UPDATE property_platform.alerts SET resolved_at = now()');
		expect((await measure()).openAlerts).toEqual([]);
	});
});
