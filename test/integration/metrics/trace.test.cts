import { traceCorrelation } from '../../../nodes/MetricsRollup/eventLog/trace';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { claim, complete, logRow, record } from '../stateStore/work.cts';
import { metricsOn, MOMENT } from './metrics.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
	await database.pool.query(`CREATE SCHEMA IF NOT EXISTS platform_of_trace;
		CREATE TABLE IF NOT EXISTS platform_of_trace.event_log (
			id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
			created_at timestamptz NOT NULL DEFAULT now(),
			direction varchar(3) NOT NULL,
			event text NOT NULL,
			correlation_id text,
			status integer NOT NULL,
			outcome text NOT NULL,
			duration_ms integer NOT NULL,
			attempt integer
		)`);
}, 60_000);
afterAll(async () => {
	await database.pool.query('DROP SCHEMA platform_of_trace CASCADE');
	await database.close();
});
beforeEach(async () => {
	await metricsOn(database).clear();
	await database.pool.query('DELETE FROM platform_of_trace.event_log');
});

const at = (seconds: number) => new Date(Date.parse('2026-11-20T09:00:00Z') + seconds * 1000);
const iso = (seconds: number) => at(seconds).toISOString();

describe.each(PROTOCOLS)('what happened under a correlation id, values %s', (protocol) => {
	const on = () => metricsOn(database, protocol);

	it('is in one list in order of time, from the outbox through the vendors to the callback', async () => {
		await database.pool.query(
			`INSERT INTO platform_of_trace.event_log
				(created_at, direction, event, correlation_id, status, outcome, duration_ms, attempt)
			VALUES ($1, 'out', 'lead-created', 'c-1', 200, 'ok', 900, 1),
				($2, 'in', 'lead-sync-status', 'c-1', 200, 'ok', 4, NULL),
				($2, 'in', 'lead-sync-status', 'c-2', 200, 'ok', 4, NULL)`,
			[at(0), at(90)],
		);
		await database.pool.query(
			`INSERT INTO property_platform.event_log
				(at, correlation_id, flow, step, vendor, outcome, status, duration_ms, attempt, detail)
			VALUES ($2, 'c-1', 'lead-score', 'callback', 'platform', 'failed', 503, 12, 3, 'x'),
				($1, 'c-1', 'lead-score', 'claim', NULL, 'claimed', NULL, NULL, 1, NULL),
				($1, 'c-2', 'lead-score', 'claim', NULL, 'claimed', NULL, NULL, 1, NULL)`,
			[at(1), at(2)],
		);
		await on().park('key-1', {
			correlation_id: 'c-1',
			state: 'delivered',
			payload: null,
			attempts: 2,
			last_error: 'unavailable',
			parked_at: at(3),
			settled_at: at(91),
		});
		await on().park('key-2', { correlation_id: 'c-2' });

		const empty = { vendor: null, status: null, durationMs: null, attempt: null, detail: null };
		const parked = { flow: 'lead-score', step: 'callback', source: 'deliveries' };
		expect(await on().trace('c-1', 'platform_of_trace.event_log')).toEqual([
			{
				...empty,
				at: iso(0),
				flow: null,
				step: 'lead-created',
				outcome: 'ok',
				status: 200,
				durationMs: 900,
				attempt: 1,
				detail: 'sent',
				source: 'platform',
			},
			{
				...empty,
				at: iso(1),
				flow: 'lead-score',
				step: 'claim',
				outcome: 'claimed',
				attempt: 1,
				source: 'event-log',
			},
			{
				at: iso(2),
				flow: 'lead-score',
				step: 'callback',
				vendor: 'platform',
				outcome: 'failed',
				status: 503,
				durationMs: 12,
				attempt: 3,
				detail: 'x',
				source: 'event-log',
			},
			{ ...empty, ...parked, at: iso(3), outcome: 'parked', detail: 'key-1' },
			{
				...empty,
				at: iso(90),
				flow: null,
				step: 'lead-sync-status',
				outcome: 'ok',
				status: 200,
				durationMs: 4,
				detail: 'received',
				source: 'platform',
			},
			{ ...empty, ...parked, at: iso(91), outcome: 'delivered', attempt: 2, detail: 'unavailable' },
		]);
	});

	it('is told by the steps of claimed work themselves', async () => {
		await database.run(claim());
		await database.run(record({ log: [logRow({ vendor: 'rentcast', status: 200 })] }));
		await database.run(complete({ log: [logRow({ step: 'callback', vendor: 'platform' })] }));
		const trace = await on().trace('correlation-1');
		expect(trace.map(({ step, vendor, outcome }) => [step, vendor, outcome])).toEqual([
			['claim', null, 'claimed'],
			['market-data', 'rentcast', 'ok'],
			['record', null, 'recorded'],
			['callback', 'platform', 'ok'],
			['complete', null, 'ok'],
		]);
		expect(trace.every(({ at }) => MOMENT.test(at))).toBe(true);
	});

	it('keeps the order of what was written at one moment, wherever the table has it', async () => {
		await database.pool.query(
			`INSERT INTO property_platform.event_log (id, correlation_id, flow, step, outcome)
			OVERRIDING SYSTEM VALUE
			SELECT -number, 'c-1', 'f', 'step ' || -number, 'ok'
			FROM generate_series(1, 9) AS number`,
		);
		const trace = await on().trace('c-1');
		expect(trace.map(({ step }) => step)).toEqual(
			[-9, -8, -7, -6, -5, -4, -3, -2, -1].map((number) => `step ${number}`),
		);
	});

	it('is how a delivery stands that waits, as it was last tried', async () => {
		await on().park('w', { parked_at: at(0), last_attempt_at: at(60), last_error: 'timeout' });
		expect(await on().trace('correlation-1')).toMatchObject([
			{ at: iso(0), outcome: 'parked' },
			{ at: iso(60), outcome: 'waiting', attempt: 1, detail: 'timeout' },
		]);
	});

	it('is nothing where the id is not known', async () => {
		expect(await on().trace('c-3', 'platform_of_trace.event_log')).toEqual([]);
	});
});

it.each(['event_log; DROP TABLE x', 'a.b.c', '"quoted"', '1st', ' event_log', "event_log'"])(
	'refuses %j as the table of the platform',
	(platformEventLog) => {
		expect(() => traceCorrelation('c-1', { platformEventLog })).toThrow(RangeError);
	},
);
