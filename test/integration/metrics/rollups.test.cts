import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { logRow } from '../stateStore/work.cts';
import { asked, metricsOn, rollup } from './metrics.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => metricsOn(database).clear());

describe.each(PROTOCOLS)('rollups, values %s', (protocol) => {
	const on = () => metricsOn(database, protocol);

	it('are the previous ones of the next, each company its latest, in the order asked', async () => {
		const figures = { leads_total: 3, rates: { open: 20.55 }, 'ñ ₱': [null, true] };
		await on().keep([
			rollup('a', { takenAt: '2026-11-20T12:00:00.250Z', figures }),
			rollup('a', { takenAt: '2026-11-20T06:00:00Z' }),
			rollup('b', { takenAt: '2026-11-19T06:00:00+08:00' }),
		]);
		const delivery = { deliveryKey: 'rollup:a', leaseToken: 'holder', isLastTry: false };
		const companies = [asked('b'), asked('new'), { ...asked('a'), delivery }, asked('b')];
		const ofB = {
			...asked('b'),
			delivery: null,
			previous: { takenAt: '2026-11-18T22:00:00.000Z', figures: { leads_total: 1234 } },
		};
		expect(await on().previous(companies)).toEqual([
			ofB,
			{ ...asked('new'), delivery: null, previous: null },
			{
				...asked('a'),
				delivery,
				previous: { takenAt: '2026-11-20T12:00:00.250Z', figures },
			},
			ofB,
		]);
		expect(await on().previous([])).toEqual([]);
	});

	it('are kept once, the first one of a moment', async () => {
		expect(await on().keep([rollup('a'), rollup('b')])).toEqual({ kept: 2 });
		expect(
			await on().keep([rollup('a', { figures: { leads_total: 9 } }), rollup('c'), rollup('c')]),
		).toEqual({ kept: 1 });
		expect(await on().rows('rollups', 'company_id, figures', 'company_id')).toEqual(
			['a', 'b', 'c'].map((company_id) => ({ company_id, figures: { leads_total: 1234 } })),
		);
		expect(await on().keep([])).toEqual({ kept: 0 });
	});

	it('are in the event log as one complete unit of work each, after the calls', async () => {
		await on().keep(
			[rollup('a', { durationMs: 85.6 }), rollup('b', { durationMs: 1e12 })],
			[logRow({ step: 'snapshot', flow: 'metrics-rollup' })],
		);
		await on().keep([rollup('a')]);
		const complete = {
			flow: 'metrics-rollup',
			step: 'complete',
			vendor: null,
			outcome: 'ok',
			status: null,
			attempt: null,
			detail: null,
		};
		const log = await on().rows('event_log', '*', 'id');
		expect(log[0]).toMatchObject({ step: 'snapshot' });
		expect(log.slice(1)).toEqual(
			[
				{ correlation_id: 'correlation-a', duration_ms: 86 },
				{ correlation_id: 'correlation-b', duration_ms: 2 ** 31 - 1 },
			].map((row) => expect.objectContaining({ ...complete, ...row })),
		);
	});

	it.each(['waiting', 'dead'])(
		'bring home what was parked of their companies and is %s, and nothing else',
		async (state) => {
			const settled_at = state === 'dead' ? new Date() : null;
			const parked = { kind: 'rollup', flow: 'metrics-rollup', state, settled_at };
			await on().park('rollup:a', { ...parked, lease_token: 'x', lease_until: new Date() });
			await on().park('rollup:b', parked);
			await on().park('callback:a', { state, settled_at });
			await on().keep([rollup('a')]);
			expect(
				await on().rows('deliveries', 'delivery_key, state, payload, lease_token', '1'),
			).toEqual([
				{ delivery_key: 'callback:a', state, payload: {}, lease_token: null },
				{ delivery_key: 'rollup:a', state: 'delivered', payload: null, lease_token: null },
				{ delivery_key: 'rollup:b', state, payload: {}, lease_token: null },
			]);
		},
	);

	it('of a thousand companies are kept and read with one statement each', async () => {
		const companies = Array.from({ length: 1000 }, (_value, index) => `company-${index}`);
		expect(await on().keep(companies.map((companyId) => rollup(companyId)))).toEqual({
			kept: 1000,
		});
		const previous = await on().previous(companies.map(asked));
		expect(previous.map(({ companyId }) => companyId)).toEqual(companies);
		expect(previous.every((row) => row.previous !== null)).toBe(true);
	});
});
