import { purgeHistory, type PurgeRow } from '../../../nodes/MetricsRollup/eventLog/purge';
import {
	type AppliedAlertsRow,
	applyAlerts,
} from '../../../nodes/MetricsRollup/health/applyAlerts';
import { keepRollups, type KeepRollupsRow } from '../../../nodes/MetricsRollup/rollup/keepRollups';
import { type Database, ON_A_SERVER, openDatabase } from '../stateStore/database.cts';
import { overlap } from '../stateStore/overlap.cts';
import { claim, complete, record } from '../stateStore/work.cts';
import { breach, calm, metricsOn, rollup } from './metrics.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase(12);
}, 60_000);
afterAll(() => database.close());
beforeEach(() => metricsOn(database).clear());

const on = () => metricsOn(database);
const KEYS = Array.from(
	{ length: 30 },
	(_value, index) => `alert-${String(index).padStart(2, '0')}`,
);
const EXECUTIONS = Array.from({ length: 10 }, (_value, index) => index);

describe('many executions at once', () => {
	it('raise each alert once and end it once, in whichever order they name them', async () => {
		const say = async (change: typeof breach) =>
			await Promise.all(
				EXECUTIONS.map((index) => {
					const changes = KEYS.map((key) => change(key));
					return on().apply(index % 2 ? changes.reverse() : changes);
				}),
			);
		const raised = await say(breach);
		expect(raised.flatMap((row) => row.raised).sort()).toEqual(KEYS);
		const times = await on().rows('alerts', 'times');
		expect(times).toEqual(KEYS.map(() => ({ times: EXECUTIONS.length })));
		const ended = await say(calm);
		expect(ended.flatMap((row) => row.resolved).sort()).toEqual(KEYS);
	});

	it('do not block each other where one raises what another ends', async () => {
		await on().apply(KEYS.map((key) => breach(key)));
		await Promise.all(
			EXECUTIONS.map((index) =>
				on().apply(KEYS.map((key, position) => ((position + index) % 2 ? breach : calm)(key))),
			),
		);
		const open = await on().rows('alerts', 'alert_key', 'alert_key');
		const { rows } = await database.pool.query(
			`SELECT alert_key FROM property_platform.alerts
			WHERE resolved_at IS NULL GROUP BY alert_key HAVING count(*) > 1`,
		);
		expect(rows).toEqual([]);
		expect(new Set(open.map(({ alert_key }) => alert_key))).toEqual(new Set(KEYS));
	});

	it('take each alert once', async () => {
		await on().apply(KEYS.map((key) => breach(key)));
		const taken = await Promise.all(
			EXECUTIONS.map((index) => on().take({ leaseToken: `token-${index}`, limit: 7 })),
		);
		const keys = taken.flat().map(({ alertKey }) => alertKey);
		expect(new Set(keys).size).toBe(keys.length);
		const rest = await on().take();
		expect([...keys, ...rest.map(({ alertKey }) => alertKey)].sort()).toEqual(KEYS);
	});

	it('keep each rollup once, and log it once', async () => {
		const kept = await Promise.all(
			EXECUTIONS.map((index) => {
				const rollups = KEYS.map((companyId) => rollup(companyId));
				return on().keep(index % 2 ? rollups.reverse() : rollups);
			}),
		);
		expect(kept.reduce((sum, row) => sum + row.kept, 0)).toBe(KEYS.length);
		expect(await on().rows('event_log', 'correlation_id', '1')).toEqual(
			KEYS.map((companyId) => ({ correlation_id: `correlation-${companyId}` })),
		);
	});

	it('delete each row once', async () => {
		await database.pool.query(
			`INSERT INTO property_platform.event_log (at, correlation_id, flow, step, outcome)
			SELECT now() - interval '90 days', 'c', 'f', 's', 'ok' FROM generate_series(1, 100)`,
		);
		const retention = { eventLogDays: 30, settledDays: 60, rollupDays: 400, batch: 15 };
		const deleted = await Promise.all(
			EXECUTIONS.map(() => database.run<PurgeRow>(purgeHistory(retention))),
		);
		const [left] = await on().rows('event_log', 'count(*)::int AS rows');
		expect(deleted.reduce((sum, row) => sum + row.eventLog, 0) + Number(left!.rows)).toBe(100);
	});

	it('complete claimed work once in the log', async () => {
		await database.run(claim());
		await database.run(record());
		await Promise.all(EXECUTIONS.map(() => database.run(complete())));
		const steps = (await on().rows('event_log', 'step', 'id')).map(({ step }) => step);
		expect(steps).toEqual(['claim', 'record', 'complete']);
	});
});

(ON_A_SERVER ? describe : describe.skip)('two transactions that overlap', () => {
	const apply = (change: typeof breach, key = 'a') => applyAlerts([change(key)], 0);

	it('raise an alert once', async () => {
		const second = await overlap<AppliedAlertsRow>(database, apply(breach), apply(breach));
		expect(second.raised).toEqual([]);
		expect(await on().rows('alerts', 'times')).toEqual([{ times: 2 }]);
	});

	it('raise an alert again where the first was undone', async () => {
		const second = await overlap<AppliedAlertsRow>(
			database,
			apply(breach),
			apply(breach),
			'ROLLBACK',
		);
		expect(second.raised).toEqual(['a']);
	});

	it('end an alert once', async () => {
		await on().apply([breach('a')]);
		const second = await overlap<AppliedAlertsRow>(database, apply(calm), apply(calm));
		expect(second.resolved).toEqual([]);
	});

	it('open another alert where the first has just ended', async () => {
		await on().apply([breach('a')]);
		const second = await overlap<AppliedAlertsRow>(database, apply(calm), apply(breach));
		expect(second.raised).toEqual(['a']);
		expect(await on().rows('alerts', 'resolved_at IS NULL AS open', 'id')).toEqual([
			{ open: false },
			{ open: true },
		]);
	});

	it('do not end an alert that was just seen again, before it has been calm anew', async () => {
		await on().apply([breach('a')]);
		await on().apply([calm('a')], 600);
		await on().wait(700);
		const second = await overlap<AppliedAlertsRow>(
			database,
			apply(breach),
			applyAlerts([calm('a')], 600),
		);
		expect(second.resolved).toEqual([]);
	});

	it('keep a rollup once', async () => {
		const keep = keepRollups([rollup('a')], []);
		expect(await overlap<KeepRollupsRow>(database, keep, keep)).toEqual({ kept: 0 });
		expect(await on().rows('event_log', 'step')).toEqual([{ step: 'complete' }]);
	});

	it('complete claimed work once in the log', async () => {
		await database.run(claim());
		await database.run(record());
		await overlap(database, complete(), complete());
		expect(await on().rows('event_log', 'step', 'id')).toEqual([
			{ step: 'claim' },
			{ step: 'record' },
			{ step: 'complete' },
		]);
	});
});
