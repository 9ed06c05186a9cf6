/** Companies rolled up side by side: one that fails is parked, and takes no other with it. */
import type { IDataObject } from 'n8n-workflow';

import { parkWork } from '../../../nodes/shared/delivery/parkWork';
import { settleDeliveries } from '../../../nodes/shared/delivery/settleDeliveries';
import type { Respond } from '../platform/receiver.cts';
import {
	company,
	except,
	jsonValue,
	metricsRollup,
	type MetricsSurroundings,
	rollUp,
	SNAPSHOT_PATH,
	snapshotOf,
	startMetricsSurroundings,
	statementIn,
	UPSERT_PATH,
	WELL,
} from './metricsSurroundings.cts';

let around: MetricsSurroundings;
beforeAll(async () => {
	around = await startMetricsSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

describe('a company', () => {
	it('is asked for, derived and reported, all signed and under its correlation id', async () => {
		const json = await around.runOne(rollUp(), [company('c-1')]);

		expect(around.platform.deliveries.map(({ path }) => path)).toEqual([
			SNAPSHOT_PATH,
			UPSERT_PATH,
		]);
		for (const { isValid, headers } of around.platform.deliveries) {
			expect(isValid).toBe(true);
			expect(headers.get('x-correlation-id')).toBe('corr-c-1');
		}
		const [asked, reported] = around.platform.deliveries;
		expect(asked!.query.toString()).toBe('company_id=c-1');
		expect(reported!.body).toEqual({
			company_id: 'c-1',
			properties_total: 245,
			leads_total: 1234,
			webhook_success_rate_24h: 98.5,
			narratives_stale_count: 12,
			last_updated: json.takenAt,
		});
		expect(reported!.headers.get('x-idempotency-key')).toMatch(/^metrics-upsert:c-1:[0-9a-f]{32}$/);
		expect(json).toMatchObject({
			companyId: 'c-1',
			// 1250 and 312 of 5000, 312 of 1250, 12 of 245.
			rates: { open: 25, click: 6.24, clickToOpen: 24.96, delivery: null },
			staleNarratives: { count: 12, share: 4.9 },
			deltas: null,
			warnings: [],
			reported: { status: 200, duplicate: false },
			correlationId: 'corr-c-1',
			log: [
				{ step: 'snapshot', vendor: 'platform', outcome: 'ok', flow: 'metrics-rollup' },
				{ step: 'callback', vendor: 'platform', outcome: 'ok', flow: 'metrics-rollup' },
			],
		});
		expect(Math.abs(Date.parse(json.takenAt as string) - Date.now())).toBeLessThan(10_000);
		expect(json.durationMs).toBeGreaterThan(0);
	});

	it('is compared with its last rollup, as the state store answers it', async () => {
		const previous = {
			takenAt: new Date(Date.now() - 6 * 3_600_000).toISOString(),
			figures: {
				figures: { ...snapshotOf('c-1', { leads_total: 1200 }) },
				rates: { open: 24, click: 6.24, clickToOpen: 26, delivery: null },
			},
		} as unknown as IDataObject;
		const { deltas } = await around.runOne(rollUp(), [company('c-1', { previous })]);
		expect(deltas).toMatchObject({
			sinceHours: 6,
			leads_total: { before: 1200, now: 1234, change: 34, changePercent: 2.83 },
			properties_total: { change: 0, changePercent: 0 },
			rates: { open: { before: 24, now: 25, change: 1 }, delivery: null },
		});
	});

	it('has its rates reported where a person wants them', async () => {
		await around.runOne(rollUp({ sendExtraFields: true }), [company('c-1')]);
		expect(around.sentTo(UPSERT_PATH)[0]?.body).toMatchObject({
			company_id: 'c-1',
			open_rate: 25,
			click_rate: 6.24,
			click_to_open_rate: 24.96,
			delivery_rate: null,
			narratives_stale_share: 4.9,
		});
	});

	it.each([
		['ahead', 90],
		['behind', -90],
	])('says that the clock of the platform is %s', async (_where, seconds) => {
		around.platform.answer(async (delivery, number) => {
			const response = await WELL(delivery, number);
			response.headers.set('date', new Date(Date.now() + seconds * 1000).toUTCString());
			return response;
		});
		const { clockSkewSeconds } = await around.runOne(rollUp(), [company('c-1')]);
		// The header counts whole seconds.
		expect(Math.abs((clockSkewSeconds as number) - seconds)).toBeLessThanOrEqual(2);
	});

	it('without an ID goes to the error output, with nothing asked', async () => {
		const failed = await around.failOne(rollUp(), [{ correlationId: 'corr-1' }]);
		expect(failed).toMatchObject({
			error: 'The item names no company',
			details: {
				itemIndex: 0,
				advice: expect.stringContaining('Company ID Field'),
			},
		});
		expect(around.platform.deliveries).toEqual([]);
	});
});

describe('a company that fails', () => {
	it('is parked, with its index, and the others are rolled up', async () => {
		around.platform.answer(except('c-2', () => new Response(null, { status: 503 })));
		const [rolledUp, failed] = await around.runBoth(
			rollUp(),
			['c-1', 'c-2', 'c-3'].map((companyId) => company(companyId)),
		);
		expect(rolledUp.map(({ companyId }) => companyId)).toEqual(['c-1', 'c-3']);
		expect(failed).toHaveLength(1);
		expect(failed[0]).toMatchObject({
			companyId: 'c-2',
			error: 'The platform is not available at the moment (503)',
			details: { itemIndex: 1, status: 503, kind: 'unavailable', passing: true },
		});
		expect(statementIn(failed[0]!, 'failed').query).toBe(parkWork([], []).query);
		expect(jsonValue(failed[0]!, 'failed')).toEqual([
			{
				deliveryKey: 'rollup:c-2',
				kind: 'rollup',
				flow: 'metrics-rollup',
				correlationId: 'corr-c-2',
				payload: { companyId: 'c-2' },
				reason: 'The platform: unavailable',
				isPassing: true,
			},
		]);
		expect(jsonValue(failed[0]!, 'failed', 1)).toMatchObject([
			{ step: 'snapshot', vendor: 'platform', status: 503, attempt: 1, outcome: 'failed' },
			{ step: 'snapshot', vendor: 'platform', status: 503, attempt: 2, outcome: 'failed' },
			{ step: 'snapshot', vendor: 'platform', status: 503, attempt: 3, outcome: 'failed' },
			{ step: 'rollUp', outcome: 'failed', detail: 'The platform: unavailable' },
		]);
	});

	it('when its report fails is parked as a company, not as a callback', async () => {
		around.platform.answer(async (delivery, number) =>
			delivery.path === UPSERT_PATH
				? new Response(null, { status: 500 })
				: await WELL(delivery, number),
		);
		const failed = await around.failOne(rollUp(), [company('c-1')]);
		expect(jsonValue(failed, 'failed')).toMatchObject([
			{ deliveryKey: 'rollup:c-1', kind: 'rollup', payload: { companyId: 'c-1' } },
		]);
	});

	it.each([true, false])(
		'while it is tried again is settled, and not parked anew (its last try: %s)',
		async (isLastTry) => {
			around.platform.answer(() => new Response(null, { status: 503 }));
			const delivery = { deliveryKey: 'rollup:c-1', leaseToken: 'lease-1', isLastTry };
			const failed = await around.failOne(rollUp(), [company('c-1', { delivery })]);
			expect(statementIn(failed, 'failed').query).toBe(settleDeliveries([], []).query);
			expect(jsonValue(failed, 'failed')).toEqual([
				{
					...delivery,
					outcome: 'failed',
					reason: 'The platform: unavailable',
					isPassing: true,
				},
			]);
		},
	);

	it('without an error output stops the workflow, with the index', async () => {
		around.platform.answer(except('c-2', () => new Response(null, { status: 404 })));
		const { error } = await around.run([rollUp()], [company('c-1'), company('c-2')]);
		expect(error).toMatchObject({
			message: 'The platform knows no company c-2',
			context: { itemIndex: 1 },
		});
	});
});

describe('many companies', () => {
	it.each([
		[{}, 10],
		[{ companiesAtOnce: 3 }, 3],
	])('with %j are %i at once, and never more', async (parameters, atOnce) => {
		const counted = countedAtOnce(atOnce);
		around.platform.answer(counted.respond);
		const items = Array.from({ length: 30 }, (_item, index) => company(`c-${index}`));
		const rolledUp = await around.runAll(rollUp(parameters), items);
		expect(counted.most()).toBe(atOnce);
		expect(rolledUp.map(({ companyId }) => companyId)).toEqual(
			items.map(({ companyId }) => companyId),
		);
		expect(around.sentTo(UPSERT_PATH)).toHaveLength(30);
	});

	/** Answers nobody until so many wait, and then late enough for one too many to show. */
	function countedAtOnce(atOnce: number) {
		let underWay = 0;
		let most = 0;
		let fill = () => {};
		const full = new Promise<void>((resolve) => (fill = resolve));
		const respond: Respond = async (delivery, number) => {
			most = Math.max(most, ++underWay);
			if (underWay >= atOnce) fill();
			await full;
			await new Promise((resolve) => setTimeout(resolve, 20));
			underWay--;
			return await WELL(delivery, number);
		};
		return { respond, most: () => most };
	}
});

describe('the same step by step', () => {
	it('reports what the one step reports, and keeps it', async () => {
		const { outputs, error } = await around.run(
			[
				metricsRollup('snapshot', 'getSnapshot'),
				metricsRollup('rollup', 'compute'),
				metricsRollup('rollup', 'report', { sendExtraFields: true }),
				metricsRollup('rollup', 'keep'),
			],
			[company('c-1'), company('c-2')],
		);
		expect(error).toBeUndefined();
		expect(around.sentTo(UPSERT_PATH).map(({ body }) => body)).toMatchObject([
			{ company_id: 'c-1', open_rate: 25 },
			{ company_id: 'c-2', open_rate: 25 },
		]);
		const [{ json }] = outputs[0] as [{ json: IDataObject }];
		expect(json.companies).toEqual(['c-1', 'c-2']);
		expect(jsonValue(json, 'keep')).toMatchObject([
			{ companyId: 'c-1', correlationId: 'corr-c-1', figures: { rates: { open: 25 } } },
			{ companyId: 'c-2', correlationId: 'corr-c-2' },
		]);
		expect(jsonValue(json, 'keep', 1)).toEqual(['rollup:c-1', 'rollup:c-2']);
	});

	it('parks a report that fails as a callback, under its idempotency key', async () => {
		around.platform.answer(() => new Response(null, { status: 503 }));
		const callback = { ...snapshotOf('c-1'), last_updated: '2026-11-23T06:00:00Z' };
		const failed = await around.failOne(metricsRollup('rollup', 'report'), [
			{ callback: callback as unknown as IDataObject, correlationId: 'corr-1' },
		]);
		const [{ deliveryKey, payload, ...parked }] = jsonValue(failed, 'failed') as [IDataObject];
		expect(deliveryKey).toBe(around.sentTo(UPSERT_PATH)[0]?.headers.get('x-idempotency-key'));
		expect(payload).toEqual({
			path: UPSERT_PATH,
			body: JSON.stringify(around.sentTo(UPSERT_PATH)[0]?.body),
		});
		expect(parked).toEqual({
			kind: 'callback',
			flow: 'metrics-rollup',
			correlationId: 'corr-1',
			reason: 'The platform: unavailable',
			isPassing: true,
		});
	});
});
