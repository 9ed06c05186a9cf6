import type { ToldAlert } from '../../../nodes/MetricsRollup/health/markAlertTold';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { breach, calm, metricsOn, MOMENT } from './metrics.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => metricsOn(database).clear());

describe.each(PROTOCOLS)('news of alerts, values %s', (protocol) => {
	const on = () => metricsOn(database, protocol);

	/** What is taken, in order, as key and news; the leases end at once. */
	const news = async () => {
		const rows = await on().take({ leaseSeconds: 0 });
		return rows.map(({ alertKey, about }) => `${alertKey} ${about}`);
	};
	const takeOne = async () => {
		const rows = await on().take();
		expect(rows).toHaveLength(1);
		return rows[0]!;
	};
	const tellBoth = async (alert: Omit<ToldAlert, 'channel'>) => {
		await on().tell(alert, 'mail');
		await on().tell(alert, 'platform');
	};

	it('say everything about the beginning of one', async () => {
		await on().apply([breach('a', { severity: 'critical' })]);
		await on().apply([breach('a')]);
		const row = await takeOne();
		expect(row).toEqual({
			alertId: expect.stringMatching(/^\d+$/),
			about: 'raised',
			alertKey: 'a',
			severity: 'critical',
			title: 'Title of a',
			detail: 'Detail of a',
			times: 2,
			raisedAt: expect.stringMatching(MOMENT),
			resolvedAt: null,
			needsMail: true,
			needsReport: true,
			leaseToken: 'holder',
		});
		expect(Math.abs(Date.now() - Date.parse(row.raisedAt))).toBeLessThan(60_000);
	});

	it('reach each channel once at the beginning and once at the end', async () => {
		await on().apply([breach('a')]);
		const raised = await takeOne();
		expect(await on().tell(raised, 'mail')).toBe(true);
		expect(await on().tell(raised, 'platform')).toBe(true);
		expect(await on().take()).toEqual([]);

		await on().apply([calm('a')]);
		const resolved = await takeOne();
		expect(resolved).toMatchObject({
			about: 'resolved',
			resolvedAt: expect.stringMatching(MOMENT),
			needsMail: true,
			needsReport: true,
		});
		await tellBoth(resolved);
		expect(await on().take()).toEqual([]);
		expect(await on().rows('alerts', 'lease_token, lease_until')).toEqual([
			{ lease_token: null, lease_until: null },
		]);
	});

	it.each([
		['mail', { needsMail: false, needsReport: true }],
		['platform', { needsMail: true, needsReport: false }],
	] as const)('that only reached the %s come again for the other', async (channel, needs) => {
		await on().apply([breach('a')]);
		await on().tell(await takeOne(), channel);
		expect(await on().take({ leaseToken: 'next' })).toEqual([]);
		await on().wait(61);
		expect(await on().take({ leaseToken: 'next' })).toMatchObject([{ about: 'raised', ...needs }]);
	});

	it('can be taken again at once where both channels have heard of the beginning', async () => {
		await on().apply([breach('a')]);
		const raised = await takeOne();
		await on().apply([calm('a')]);
		await tellBoth(raised);
		expect(await takeOne()).toMatchObject({ about: 'resolved' });
	});

	it('are of the end only where nobody heard of the beginning in time', async () => {
		await on().apply([breach('a')]);
		await on().apply([calm('a')]);
		await tellBoth(await takeOne());
		expect(await on().take()).toEqual([]);
	});

	it('come beginnings first, then the oldest first, as many as asked', async () => {
		for (const key of ['over', 'old', 'young']) {
			await on().apply([breach(key)]);
			await on().wait(10);
		}
		await on().apply([calm('over')]);
		expect(await news()).toEqual(['old raised', 'young raised', 'over resolved']);
		expect((await on().take({ limit: 2 })).map(({ alertKey }) => alertKey)).toEqual([
			'old',
			'young',
		]);
		expect((await on().take({ limit: 2 })).map(({ alertKey }) => alertKey)).toEqual(['over']);
	});

	it('are left alone while another execution holds them', async () => {
		await on().apply([breach('a')]);
		await on().take({ leaseToken: 'first', leaseSeconds: 60 });
		await on().wait(59);
		expect(await on().take({ leaseToken: 'second' })).toEqual([]);
		await on().wait(2);
		expect(await on().take({ leaseToken: 'second' })).toMatchObject([{ leaseToken: 'second' }]);
	});

	it('count as told also where the lease was lost, and leave the lease of the other', async () => {
		await on().apply([breach('a')]);
		const lost = await takeOne();
		await on().wait(61);
		await on().take({ leaseToken: 'second' });
		await tellBoth(lost);
		expect(await on().rows('alerts', 'lease_token')).toEqual([{ lease_token: 'second' }]);
		await on().wait(61);
		expect(await on().take()).toEqual([]);
	});

	it('told twice keep the moment of the first time', async () => {
		await on().apply([breach('a')]);
		const alert = await takeOne();
		await on().tell(alert, 'mail');
		const before = await on().rows('alerts', 'raise_mailed_at');
		expect(await on().tell(alert, 'mail')).toBe(true);
		expect(await on().rows('alerts', 'raise_mailed_at')).toEqual(before);
	});

	it('of an alert that is not there are not told', async () => {
		const alert = { alertId: '4711', leaseToken: 'holder', about: 'raised' as const };
		expect(await on().tell(alert, 'mail')).toBe(false);
	});
});
