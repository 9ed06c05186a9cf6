import { sendDemo } from '../../../sandbox/demo.cts';
import { until } from '../../integration/platform/until.cts';
import { quiet } from '../meta.cts';
import { heal, world } from '../world.cts';

describe('what the sandbox shows when it starts', () => {
	beforeAll(heal);

	it('arrives, every event of it', async () => {
		const arrivals = await sendDemo(world());
		expect(arrivals.filter(({ arrived }) => !arrived)).toEqual([]);
		expect(new Set(arrivals.map(({ flow }) => flow))).toEqual(
			new Set(['Property IQ', 'Lead Score', 'Campaign Dispatch', 'Meta Broker', 'Metrics Rollup']),
		);
	}, 180_000);

	// What people write makes leads, which go through the lead flow after the answer.
	afterAll(async () => {
		await quiet();
		await until(async () => {
			const { rowCount } = await world().platform.pool.query(
				`SELECT FROM outbox_message WHERE status <> 'sent' OR callback_at IS NULL`,
			);
			return rowCount === 0;
		}, 30_000);
	}, 60_000);
});
