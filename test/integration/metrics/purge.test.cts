import { purgeHistory, type PurgeRow } from '../../../nodes/MetricsRollup/eventLog/purge';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { metricsOn } from './metrics.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => metricsOn(database).clear());

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

/** Log rows of so many days ago, with their age as detail. */
const log = (...days: number[]) =>
	database.pool.query(
		`INSERT INTO property_platform.event_log (at, correlation_id, flow, step, outcome, detail)
		SELECT now() - make_interval(days => days), 'c', 'f', 's', 'ok', days
		FROM unnest($1::int[]) AS days`,
		[days],
	);

const alert = (key: string, columns: string, ...days: number[]) =>
	database.pool.query(
		`INSERT INTO property_platform.alerts (alert_key, severity, title, detail, ${columns})
		VALUES ('${key}', 'warning', 't', 'd', ${days.map((_day, index) => `$${index + 1}`).join()})`,
		days.map(daysAgo),
	);

describe.each(PROTOCOLS)('history, values %s', (protocol) => {
	const on = () => metricsOn(database, protocol);
	const purge = (batch = 100) =>
		database.run<PurgeRow>(
			purgeHistory({ eventLogDays: 30, settledDays: 60, rollupDays: 400, batch }),
			protocol,
		);
	const left = async (table: string, column: string) =>
		(await on().rows(table, `${column} AS value`, column)).map(({ value }) => value);

	const NONE = { eventLog: 0, deliveries: 0, alerts: 0, rollups: 0, vendorAnswers: 0, more: false };

	it('of which nothing is old is left alone', async () => {
		await log(1, 29);
		expect(await purge()).toEqual(NONE);
		expect(await left('event_log', 'detail')).toEqual(['1', '29']);
	});

	it('of the event log goes oldest first, in batches, until no more is old', async () => {
		await log(31, 45, 29, 90, 44);
		expect(await purge(2)).toEqual({ ...NONE, eventLog: 2, more: true });
		expect(await left('event_log', 'detail')).toEqual(['29', '31', '44']);
		expect(await purge(3)).toEqual({ ...NONE, eventLog: 2 });
		expect(await left('event_log', 'detail')).toEqual(['29']);
	});

	it('of deliveries goes where they ended well or were dismissed; the others stay', async () => {
		const old = { parked_at: daysAgo(500), last_attempt_at: daysAgo(500) };
		const ended = { ...old, settled_at: daysAgo(61) };
		const gone = { ...ended, payload: null };
		await on().park('delivered', { ...gone, state: 'delivered' });
		await on().park('dismissed', { ...gone, state: 'dismissed' });
		await on().park('lately', { ...gone, state: 'delivered', settled_at: daysAgo(59) });
		await on().park('dead', { ...ended, state: 'dead' });
		await on().park('waiting', old);
		expect(await purge()).toEqual({ ...NONE, deliveries: 2 });
		expect(await left('deliveries', 'delivery_key')).toEqual(['dead', 'lately', 'waiting']);
	});

	it('of alerts goes where they ended and both channels know', async () => {
		await alert('open', 'raised_at', 500);
		await alert('ended', 'resolved_at, end_mailed_at, end_reported_at', 61, 61, 61);
		await alert('not mailed', 'resolved_at, end_reported_at', 61, 61);
		await alert('not reported', 'resolved_at, end_mailed_at', 61, 61);
		await alert('ended lately', 'resolved_at, end_mailed_at, end_reported_at', 59, 59, 59);
		expect(await purge()).toEqual({ ...NONE, alerts: 1 });
		expect(await left('alerts', 'alert_key')).toEqual([
			'ended lately',
			'not mailed',
			'not reported',
			'open',
		]);
	});

	it('of rollups goes by when they were taken, and of vendor answers once they expired', async () => {
		await database.pool.query(
			`INSERT INTO property_platform.rollups
			SELECT 'company-' || days, now() - make_interval(days => days), 'c', '{}'
			FROM unnest(ARRAY[399, 401, 500]) AS days`,
		);
		await database.pool.query(
			`INSERT INTO property_platform.vendor_answers (question_key, vendor, scope, answer, expires_at)
			SELECT 'q' || seconds, 'v', 's', '{}', now() + make_interval(secs => seconds)
			FROM unnest(ARRAY[-3600, -60, 60]) AS seconds`,
		);
		expect(await purge(1)).toEqual({ ...NONE, rollups: 1, vendorAnswers: 1, more: true });
		expect(await left('rollups', 'company_id')).toEqual(['company-399', 'company-401']);
		expect(await left('vendor_answers', 'question_key')).toEqual(['q-60', 'q60']);
		expect(await purge()).toEqual({ ...NONE, rollups: 1, vendorAnswers: 1 });
		expect(await left('rollups', 'company_id')).toEqual(['company-399']);
		expect(await left('vendor_answers', 'question_key')).toEqual(['q60']);
	});
});
