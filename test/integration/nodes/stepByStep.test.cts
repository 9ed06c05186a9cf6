/** A flow drawn step by step reports what the one composite step reports. */
import type { IDataObject } from 'n8n-workflow';

import {
	COMPARABLES,
	MANILA,
	propertyIq,
	SAN_ANTONIO,
	startSurroundings,
	type Surroundings,
	TAGUIG,
} from './surroundings.cts';

const STEPS = [
	propertyIq('getMarketData'),
	propertyIq('estimateFromComparables'),
	propertyIq('analyze'),
	propertyIq('write'),
	propertyIq('validate'),
	propertyIq('report'),
];

/** No prices are for sale there, as the stand-in has it for all ZIP codes that end so. */
const NO_SALES = {
	...SAN_ANTONIO,
	zip_code: '78299',
	comparables: COMPARABLES.map((row) => ({ ...row, city: 'San Antonio' })),
};

let around: Surroundings;
beforeAll(async () => {
	around = await startSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

describe('the steps one after another', () => {
	it.each<[string, object, string]>([
		["the guide's example", MANILA, 'insufficient_data'],
		['a listing with comparables', { ...TAGUIG, comparables: COMPARABLES }, 'comparables'],
		['a home that RentCast values', SAN_ANTONIO, 'rentcast'],
		['one that has comparables too', { ...SAN_ANTONIO, comparables: COMPARABLES }, 'rentcast'],
		['one in a ZIP code without sales', NO_SALES, 'rentcast'],
	])('report the same as Enrich for %s', async (_name, event, source) => {
		const item = { event: event as IDataObject, correlationId: 'corr-1' };
		const inSteps = await around.run(STEPS, [item]);
		expect(inSteps.error).toBeUndefined();
		const [enriched] = await around.runStep(propertyIq('enrich'), [item]);

		expect(around.platform.deliveries).toHaveLength(2);
		const [bySteps, byEnrich] = around.platform.deliveries.map(
			({ body: { last_updated: _moment, ...fields } }) => fields,
		);
		expect(bySteps).toEqual(byEnrich);
		expect(bySteps).toMatchObject({ source });
		expect(around.platform.deliveries.map(({ isValid }) => isValid)).toEqual([true, true]);
		expect(inSteps.outputs[0]?.[0]?.json).toMatchObject({
			correlationId: 'corr-1',
			reported: enriched?.reported,
		});
	});

	it('reach the same verdict on quality as Enrich', async () => {
		const item = { event: { ...TAGUIG, comparables: COMPARABLES, price_amount: 1_000_000 } };
		const { outputs } = await around.run(STEPS.slice(0, -1), [item]);
		const [enriched] = await around.runStep(propertyIq('enrich'), [item]);
		expect(outputs[0]?.[0]?.json.quality).toEqual(enriched?.quality);
		expect(enriched?.quality).toMatchObject({
			level: 'poor',
			issues: expect.arrayContaining([expect.objectContaining({ code: 'contradicts-price' })]),
		});
	});

	it('do not let dollars pass for pesos when the listing changes its currency on the way', async () => {
		const { outputs } = await around.run([propertyIq('getMarketData')], [{ event: SAN_ANTONIO }]);
		const found = outputs[0]![0]!.json;
		const item = { ...found, event: { ...SAN_ANTONIO, currency: 'PHP' } };
		const [json] = (await around.run([propertyIq('write'), propertyIq('validate')], [item]))
			.outputs[0]!;
		expect(json?.json.quality).toMatchObject({
			level: 'poor',
			issues: expect.arrayContaining([
				expect.objectContaining({ severity: 'error', code: 'currency-mismatch' }),
			]),
		});
		const { amount } = found.estimate as { amount: number };
		const { text } = json?.json.narrative as { text: string };
		expect(text).not.toContain(amount.toLocaleString('en-US'));
	});
});
