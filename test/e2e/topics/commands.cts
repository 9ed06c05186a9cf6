import { execute } from '../execute.cts';
import { claimOf } from '../listings.cts';
import { heal, world } from '../world.cts';

describe('n8n execute, beside the running n8n', () => {
	beforeEach(heal);

	it('runs the template with its sample listing, and finds an estimate', async () => {
		const { code, items } = await execute('property-enrichment');
		expect(code).toBe(0);
		// The sample's comparables cost between 16.8 and 20.4 million.
		const { amount } = (items[0] as { result: { estimate: { amount: number } } }).result.estimate;
		expect(amount).toBeGreaterThan(16_800_000);
		expect(amount).toBeLessThan(20_400_000);
		expect(await claimOf('9b2f6c1e-4a7d-4f0b-8e35-1c2d3e4f5a6b')).toBe('completed');
	});

	it('prepares the state store once more, and keeps what is in it', async () => {
		const { pool } = world().platform;
		const kept = async () =>
			(await pool.query('SELECT count(*)::int FROM property_platform.processed_events')).rows;
		const before = await kept();
		// The sandbox has run it before n8n started.
		expect(await execute('prepare-state-store')).toEqual({ code: 0, items: [{ version: 4 }] });
		expect(await kept()).toEqual(before);
		expect(before).not.toEqual([{ count: 0 }]);
	});
});
