import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { breach, calm, metricsOn } from './metrics.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => metricsOn(database).clear());

const NOTHING = { raised: [], resolved: [] };

describe.each(PROTOCOLS)('an alert, values %s', (protocol) => {
	const on = () => metricsOn(database, protocol);

	it('is raised once, however often its cause is seen', async () => {
		expect(await on().apply([breach('b'), breach('a')])).toEqual({
			raised: ['a', 'b'],
			resolved: [],
		});
		await on().wait(60);
		const seen = breach('a', { detail: 'worse' });
		expect(await on().apply([seen])).toEqual(NOTHING);
		expect(await on().rows('alerts', 'alert_key, detail, times', 'alert_key')).toEqual([
			{ alert_key: 'a', detail: 'worse', times: 2 },
			{ alert_key: 'b', detail: 'Detail of b', times: 1 },
		]);
		expect(
			await on().rows(
				'alerts',
				"alert_key, raised_at < now() - interval '50 seconds' AS began, last_seen_at > now() - interval '50 seconds' AS lately",
				'alert_key',
			),
		).toEqual([
			{ alert_key: 'a', began: true, lately: true },
			{ alert_key: 'b', began: true, lately: false },
		]);
	});

	it.each([
		['warning', 'critical', 'critical'],
		['critical', 'warning', 'critical'],
		['warning', 'warning', 'warning'],
	] as const)('that was %s and is seen as %s is %s', async (before, seen, severity) => {
		await on().apply([breach('a', { severity: before })]);
		await on().apply([breach('a', { severity: seen })]);
		expect(await on().rows('alerts', 'severity')).toEqual([{ severity }]);
	});

	it('ends at once where calm needs no time, and can begin again', async () => {
		await on().apply([breach('a')]);
		expect(await on().apply([calm('a')])).toEqual({ raised: [], resolved: ['a'] });
		expect(await on().apply([calm('a')])).toEqual(NOTHING);
		expect(await on().apply([breach('a')])).toEqual({ raised: ['a'], resolved: [] });
		expect(
			await on().rows('alerts', 'times, resolved_at IS NULL AS open, calm_since', 'id'),
		).toEqual([
			{ times: 1, open: false, calm_since: expect.any(Date) },
			{ times: 1, open: true, calm_since: null },
		]);
	});

	it('ends once it has been calm for long enough, counted from when it became calm', async () => {
		await on().apply([breach('a')]);
		expect(await on().apply([calm('a')], 600)).toEqual(NOTHING);
		await on().wait(500);
		expect(await on().apply([calm('a')], 600)).toEqual(NOTHING);
		await on().wait(101);
		expect(await on().apply([calm('a')], 600)).toEqual({ raised: [], resolved: ['a'] });
	});

	it('does not end where its cause came back in between', async () => {
		await on().apply([breach('a')]);
		await on().apply([calm('a')], 600);
		await on().wait(500);
		await on().apply([breach('a')], 600);
		await on().wait(500);
		expect(await on().apply([calm('a')], 600)).toEqual(NOTHING);
		await on().wait(601);
		expect(await on().apply([calm('a')], 600)).toEqual({ raised: [], resolved: ['a'] });
	});

	it('stays as it is where nothing is said of it', async () => {
		await on().apply([breach('a')]);
		const before = await on().rows('alerts');
		expect(await on().apply([breach('b'), calm('c')])).toEqual({ raised: ['b'], resolved: [] });
		expect((await on().rows('alerts'))[0]).toEqual(before[0]);
		expect(await on().apply([])).toEqual(NOTHING);
	});

	it('that is said to be both breached and calm is breached, the worse way', async () => {
		const changes = [calm('a'), breach('a'), breach('a', { severity: 'critical' }), calm('a')];
		expect(await on().apply(changes)).toEqual({ raised: ['a'], resolved: [] });
		expect(await on().apply(changes)).toEqual(NOTHING);
		expect(await on().rows('alerts', 'severity, times, calm_since')).toEqual([
			{ severity: 'critical', times: 2, calm_since: null },
		]);
	});
});
