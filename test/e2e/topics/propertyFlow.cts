import { countExecutionsAfter, latestExecutionId } from '../executions.cts';
import {
	arrival,
	claimOf,
	newListing,
	newTexanListing,
	quezonCityComparables,
	send,
} from '../listings.cts';
import { callbacksOf, deliveriesOf } from '../messages.cts';
import { postSigned } from '../signed.cts';
import { heal, world } from '../world.cts';

describe('a listing on its way from the outbox to its row', () => {
	beforeEach(heal);

	it("answers the guide's own example truthfully: nothing to estimate from, and it says so", async () => {
		const sent = await send(await newListing());
		const row = await arrival(sent);

		expect(row).toMatchObject({
			estimate: null,
			neighborhood_avg: null,
			source: 'insufficient_data',
		});
		expect(row.narrative).toContain('Manila');
		// Every number in the text is one that the listing holds.
		const numbers = (row.narrative.match(/\d[\d,.]*\d|\d/g) ?? []).map((text) =>
			Number(text.replaceAll(',', '')),
		);
		expect([5_000_000, 3, 2, 123]).toEqual(expect.arrayContaining(numbers));
		expect(await deliveriesOf(sent)).toEqual([200]);
		expect(await callbacksOf(sent)).toEqual(['applied']);
		expect(world().rentCast.requests).toEqual([]);
	});

	it('estimates from comparables, with a range, and stores the very callback it made', async () => {
		const listing = await newListing({
			city: 'Quezon City',
			neighborhood: 'Katipunan',
			property_type: 'condo',
			currency: 'PHP',
			price_amount: 8_000_000,
			floor_area_sqm: 82,
			comparables: quezonCityComparables(),
		});
		const answer = await postSigned('enrich-property', listing);

		expect(answer.status).toBe(200);
		const { estimate, neighborhood, callback } = answer.body.result as Record<
			string,
			Record<string, number>
		>;
		// 82 square metres at the comparables' 98,700 to 101,300 pesos.
		expect(estimate).toMatchObject({ source: 'comparables', comparablesUsed: 5 });
		expect(estimate!.amount).toBeGreaterThan(8_000_000);
		expect(estimate!.amount).toBeLessThan(8_400_000);
		expect(estimate!.rangeLow).toBeLessThan(estimate!.amount!);
		expect(estimate!.rangeHigh).toBeGreaterThan(estimate!.amount!);
		// (7.5 + 8.1 + 8.2 + 8.4 + 9.1) / 5 million
		expect(neighborhood!.average).toBe(8_260_000);
		const { rows } = await world().platform.pool.query(
			`SELECT body FROM callback_received WHERE body ->> 'property_id' = $1`,
			[listing.property_id],
		);
		expect(rows).toEqual([{ body: callback }]);
	});

	it('asks RentCast about a house in Texas, and the model once', async () => {
		const sent = await send(await newTexanListing());
		const row = await arrival(sent);

		expect(row.source).toBe('rentcast');
		expect(row.estimate).toBeGreaterThan(0);
		expect(row.neighborhood_avg).toBeGreaterThan(0);
		expect(
			world()
				.rentCast.requests.map(({ path }) => path)
				.sort(),
		).toEqual(['/v1/avm/value', '/v1/markets']);
		expect(world().openAi.requests.map(({ path }) => path)).toEqual(['/v1/chat/completions']);
		// The stand-in writes "Asking price: …" where the template writes sentences.
		expect(row.narrative).toMatch(/City: Centerville\./);
		expect(await claimOf(sent.listing.property_id)).toBe('completed');
	});

	it('answers with the correlation id of the request, and one execution', async () => {
		const before = latestExecutionId();
		const answer = await postSigned('enrich-property', await newListing(), {
			headers: { 'X-Correlation-Id': 'e2e-correlation-1' },
		});

		expect(answer.status).toBe(200);
		expect(answer.headers.get('x-correlation-id')).toBe('e2e-correlation-1');
		expect(countExecutionsAfter(before)).toBe(1);
	});
});
