/** A broken item takes no other item with it. */
import type { IDataObject } from 'n8n-workflow';

import {
	MANILA,
	propertyIq,
	startSurroundings,
	type Surroundings,
	withErrorOutput,
} from './surroundings.cts';

let around: Surroundings;
beforeAll(async () => {
	around = await startSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

describe('twenty items of which three are broken', () => {
	const REFUSED_BY_PLATFORM = 'p-13';
	const items = Array.from({ length: 20 }, (_, index) => ({
		event: { ...MANILA, property_id: `p-${index}` } as IDataObject,
	}));
	delete items[4]!.event.city;
	items[9]!.event.price_amount = -5;

	beforeEach(() => {
		around.platform.answer(({ body }) =>
			body.property_id === REFUSED_BY_PLATFORM
				? Response.json({ error: 'unknown property' }, { status: 400 })
				: Response.json({ status: 'accepted' }),
		);
	});

	it('seventeen go through, and three come out of the error output with their index', async () => {
		const { outputs, error } = await around.run([withErrorOutput('enrich')], items);
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(17);
		expect(outputs[0]!.map(({ pairedItem }) => pairedItem)).toEqual(
			[...items.keys()].filter((index) => ![4, 9, 13].includes(index)).map((item) => ({ item })),
		);
		expect(outputs[1]!.map(({ json, pairedItem }) => ({ ...json, pairedItem }))).toMatchObject([
			{
				pairedItem: { item: 4 },
				event: { property_id: 'p-4' },
				details: { itemIndex: 4, advice: 'city: is required' },
			},
			{
				pairedItem: { item: 9 },
				details: { itemIndex: 9, advice: expect.stringContaining('price_amount') },
			},
			{
				pairedItem: { item: 13 },
				error: 'The platform did not accept the request (400)',
				details: { itemIndex: 13, vendor: 'The platform', kind: 'rejected', passing: false },
			},
		]);
		expect(around.platform.deliveries).toHaveLength(18);
	});

	it('without an error output the node fails with the index of an item', async () => {
		const { error, outputs } = await around.run([propertyIq('enrich')], items);
		expect(error).toMatchObject({
			message: 'The listing does not keep to its contract',
			description: 'city: is required',
			context: { itemIndex: 4 },
		});
		expect(outputs).toEqual([]);
	});

	it('without an error output nothing more is begun once the node has failed', async () => {
		await around.run([propertyIq('enrich')], items);
		const reported = around.platform.deliveries.length;
		expect(reported).toBeLessThan(10);
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(around.platform.deliveries).toHaveLength(reported);
	});
});
