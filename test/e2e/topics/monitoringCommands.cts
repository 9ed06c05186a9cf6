import { DEMO_COMPANY } from '../../../sandbox/platform/seed.cts';
import { reportedOf } from '../companies.cts';
import { execute, type Executed } from '../execute.cts';
import { alertsAbout, endTelling, run, told } from '../monitoring.cts';
import { heal, world } from '../world.cts';

/** Each command starts an n8n of its own, most of which is waiting: two go side by side. */
const LANES: Array<Array<[id: string, node?: string]>> = [
	[['error-alert'], ['send-alerts'], ['retention'], ['trace-correlation']],
	[
		['metrics-rollup'],
		['health-monitor', 'Evaluate Health'],
		['replay-dead-letters', 'List in State Store'],
		['deliver-callback'],
		['recover-executions'],
	],
];
const IDS = LANES.flat().map(([id]) => id);

describe('n8n execute of the templates that watch over the others, beside the running n8n', () => {
	let start: number;
	const executed: Record<string, Executed> = {};
	const itemsOf = (id: string) => executed[id]!.items;

	beforeAll(async () => {
		heal();
		start = Date.now();
		await Promise.all(
			LANES.map(async (lane) => {
				for (const [id, node] of lane) executed[id] = await execute(id, node);
			}),
		);
	}, 180_000);

	it.each(IDS)('%s ends well', (id) => expect(executed[id]!.code).toBe(0));

	it('metrics-rollup rolls up the company of its list', async () => {
		expect(itemsOf('metrics-rollup')).toEqual([{ kept: 1 }]);
		const { last_updated: last } = (await reportedOf(DEMO_COMPANY.id))!;
		expect((last as Date).getTime()).toBeGreaterThan(start - 1_000);
	});

	it('error-alert raises an alert about its sample, which people hear of', async () => {
		const key = 'workflow-error:sample';
		expect(await alertsAbout(key)).toMatchObject([
			{ title: 'A workflow failed: A sample', isOpen: true, times: 1 },
		]);
		// The command may have ended before its mail was sent.
		await endTelling(key);
		await run('send-alerts', 'Send Now');
		await told(key, 1);
	});

	it('health-monitor concludes something of every flow', () => {
		const [{ checks }] = itemsOf('health-monitor') as [{ checks: Array<{ key: string }> }];
		const keys = checks.map(({ key }) => key);
		expect(keys).toEqual(
			expect.arrayContaining([
				'success-rate:property-enrichment',
				'success-rate:lead-score',
				'success-rate:campaign-dispatch',
				'success-rate:metrics-rollup',
				'success-rate:meta-broker',
				'outbox-depth',
			]),
		);
	});

	it('replay-dead-letters lists those that there are', async () => {
		const { rows } = await world().platform.pool.query<{ key: string }>(
			`SELECT delivery_key AS key FROM property_platform.deliveries WHERE state = 'dead'`,
		);
		const listed = itemsOf('replay-dead-letters') as Array<{ deliveryKey?: string }>;
		expect(rows.length).toBeGreaterThan(0);
		expect(listed.map(({ deliveryKey }) => deliveryKey).sort()).toEqual(
			rows.map(({ key }) => key).sort(),
		);
	});
});
