/** How long deliveries wait until they are tried again, and the statement that takes them then. */
import { takeDeliveries } from '../../../nodes/shared/delivery/takeDeliveries';
import { row } from './deliveryRows.cts';
import {
	type MetricsSurroundings,
	signedWebhook,
	startMetricsSurroundings,
	statementIn,
} from './metricsSurroundings.cts';

let around: MetricsSurroundings;
beforeAll(async () => {
	around = await startMetricsSurroundings();
});
afterAll(async () => await around.close());

describe('a plan', () => {
	const plan = (parameters = {}) => signedWebhook('delivery', 'plan', parameters);

	it.each([
		['parked or failed for the first time', [row()], 65, 72],
		['failed a second time', [row({ attempts: 2 })], 300, 360],
		['failed a third time', [row({ attempts: 3 })], 900, 1080],
		['that wait differently, by the shortest', [row({ attempts: 3 }), row()], 65, 72],
		['of which one is dead', [row({ state: 'dead' }), row({ attempts: 2 })], 300, 360],
	])('waits for deliveries %s', async (_which, rows, least, most) => {
		const json = await around.runOne(plan(), rows);
		expect(json).toMatchObject({ retryWaitsSeconds: [60, 300, 900], graceSeconds: 0 });
		expect(json.waitSeconds).toBeGreaterThanOrEqual(least);
		expect(json.waitSeconds).toBeLessThanOrEqual(most);
	});

	it.each([
		['was delivered', [row({ state: 'delivered' })]],
		['is dead', [row({ state: 'dead' })]],
		['waits for another execution', [row({ isNew: false })]],
	])('is none where everything %s', async (_what, rows) => {
		expect(await around.runAll(plan(), rows)).toEqual([]);
	});

	it('is that of a person', async () => {
		const json = await around.runOne(plan({ retryMinutes: ' 0.05, 2' }), [row()]);
		expect(json.retryWaitsSeconds).toEqual([3, 120]);
		expect(json.waitSeconds).toBeGreaterThanOrEqual(3);
		expect(json.waitSeconds).toBeLessThanOrEqual(3.6);
	});

	it('of a schedule sweeps up what nobody waits for any more', async () => {
		expect(await around.runOne(plan(), [{ timestamp: '2026-11-23T10:00:00Z' }])).toEqual({
			waitSeconds: 0,
			retryWaitsSeconds: [60, 300, 900],
			graceSeconds: 120,
		});
	});

	it('with deliverNow takes all that is due, at once', async () => {
		expect(await around.runOne(plan(), [{ deliverNow: true }])).toMatchObject({
			waitSeconds: 0,
			graceSeconds: 0,
		});
	});

	it('of deliveries and other items together is refused', async () => {
		const failed = await around.failOne(plan(), [row(), { deliverNow: true }]);
		expect(failed).toMatchObject({
			error: 'Some items are deliveries and some are not',
			details: { advice: expect.stringContaining('Postgres node') },
		});
	});

	it.each(['soon', '0', '1, , 5', '1441'])('of "%s" minutes is refused', async (retryMinutes) => {
		const failed = await around.failOne(plan({ retryMinutes }), [row()]);
		expect(failed.error).toContain('is no number of minutes');
	});
});

describe('taking', () => {
	const take = (parameters = {}) => signedWebhook('delivery', 'take', parameters);

	it('keeps to the plan that comes before it', async () => {
		const { outputs } = await around.run(
			[
				signedWebhook('delivery', 'plan', { retryMinutes: '2, 4' }),
				take({ kind: 'rollup', takeOptions: { atATime: 7, leaseSeconds: 30 } }),
			],
			[{ timestamp: '2026-11-23T10:00:00Z' }],
		);
		const { query, values } = statementIn(outputs[0]![0]!.json, 'take');
		expect({ query, values }).toEqual(
			takeDeliveries({
				kind: 'rollup',
				waitsSeconds: [120, 240],
				graceSeconds: 240,
				limit: 7,
				leaseSeconds: 30,
				leaseToken: values[5] as string,
			}),
		);
	});

	it('without a plan keeps to the waits of the guide, under a lease of its own each time', async () => {
		const both = await around.runAll(take(), [{}, {}]);
		const [one, other] = both.map((json) => statementIn(json, 'take').values);
		expect(one!.slice(0, 5)).toEqual(['callback', '[60,300,900]', 0, 500, 600]);
		expect(one![5]).not.toBe(other![5]);
	});

	it('refuses a plan that is none', async () => {
		const failed = await around.failOne(take(), [{ retryWaitsSeconds: [] }]);
		expect(failed.error).toBe('The plan of the deliveries does not keep to its contract');
	});
});
