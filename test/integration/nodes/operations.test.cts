/** The operations that a flow is drawn from step by step, each for itself. */
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

const ESTIMATE = { source: 'comparables', comparablesUsed: 5, confidence: 'medium' };

let around: Surroundings;
beforeAll(async () => {
	around = await startSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

describe('Estimate From Comparables', () => {
	const rows = COMPARABLES.map((row) => ({
		...row,
		price: `${row.price}.00`,
		floor_area_sqm: `${row.floor_area_sqm}.50`,
	}));

	it('takes them from the listing', async () => {
		const event = { ...TAGUIG, comparables: COMPARABLES };
		const json = await around.runOne(
			'estimateFromComparables',
			{ comparablesFrom: 'listing' },
			{ event },
		);
		expect(json.estimate).toMatchObject(ESTIMATE);
	});

	it.each<[string, string]>([
		['typed in', JSON.stringify(COMPARABLES)],
		['given by an expression', '={{ $json.rows }}'],
	])('takes them as JSON, %s', async (_name, comparablesJson) => {
		const parameters = { comparablesFrom: 'json', comparablesJson };
		const item = { event: TAGUIG, rows: COMPARABLES, kept: 'along' };
		const json = await around.runOne('estimateFromComparables', parameters, item);
		expect(json).toMatchObject({ estimate: ESTIMATE, kept: 'along' });
	});

	it('takes the input items, rows of a database with their numbers as text, as one piece of work', async () => {
		const step = propertyIq('estimateFromComparables', {
			comparablesFrom: 'items',
			listingJson: JSON.stringify(TAGUIG),
		});
		const outputs = await around.runStep(step, rows);
		expect(outputs).toHaveLength(1);
		expect(outputs[0]).toMatchObject({
			event: { property_id: TAGUIG.property_id },
			estimate: ESTIMATE,
		});
		expect(outputs[0]).not.toHaveProperty('price');
	});

	it('needs only a part of the listing', async () => {
		const json = await around.runOne(
			'estimateFromComparables',
			{ comparablesFrom: 'json', comparablesJson: JSON.stringify(COMPARABLES) },
			{ event: { city: 'Taguig', floor_area_sqm: 84, beds: 2 } },
		);
		expect(json.estimate).toMatchObject({ source: 'comparables' });
	});

	it('says why there is no estimate', async () => {
		const json = await around.runOne('estimateFromComparables', {}, { event: MANILA });
		expect(json.estimate).toMatchObject({
			amount: null,
			source: 'insufficient_data',
			explanation: expect.stringContaining('floor_area_sqm'),
		});
	});
});

describe('Get Market Data', () => {
	it("gives RentCast's value and the figures of the ZIP code", async () => {
		const json = await around.runOne('getMarketData', {}, { event: SAN_ANTONIO, kept: 'along' });
		expect(json).toMatchObject({
			kept: 'along',
			market: { asked: true, value: { currency: 'USD' }, market: { zipCode: '78244' } },
			estimate: { source: 'rentcast' },
			neighborhood: { source: 'rentcast', scope: expect.stringContaining('78244') },
		});
	});

	it('never asks about Manila, which is in Arkansas too', async () => {
		const json = await around.runOne('getMarketData', {}, { event: MANILA });
		expect(json.market).toMatchObject({
			asked: false,
			because: expect.stringContaining('Nothing says that the address is in the United States'),
		});
		expect(json).not.toHaveProperty('estimate');
		expect(around.rentCast.requests).toEqual([]);
	});

	it('has a note for a place that RentCast does not know', async () => {
		const event = { ...SAN_ANTONIO, address: '1 Nowhere Rd' };
		const json = await around.runOne('getMarketData', {}, { event });
		expect(json.market).toMatchObject({ notes: ['RentCast has no data for this place'] });
		expect(json).toMatchObject({ neighborhood: { source: 'rentcast' } });
	});
});

describe('Analyze', () => {
	it('gives average, median and sample of the prices around a listing', async () => {
		const event = { ...TAGUIG, comparables: COMPARABLES };
		const json = await around.runOne('analyze', {}, { event });
		// By hand: 92,900,000 / 5, and the middle one of the five.
		expect(json.neighborhood).toMatchObject({
			average: 18_580_000,
			median: 18_200_000,
			sampleSize: 5,
			source: 'comparables',
		});
	});
});

describe('Write', () => {
	it('writes from the listing alone, also where the item itself is the listing', async () => {
		const json = await around.runOne('write', {}, TAGUIG);
		expect(json.narrative).toMatchObject({
			source: 'template',
			text: expect.stringContaining('Bonifacio Global City'),
		});
	});

	it("does not trip over the platform's columns of the same names", async () => {
		const row = { ...TAGUIG, estimate: null, narrative: '', neighborhood_avg: null };
		expect(await around.runOne('write', {}, row)).toMatchObject({
			narrative: { source: 'template' },
		});
	});
});

describe('Claim', () => {
	it('makes the statement, and the same listing has the same key each time', async () => {
		const item = { event: TAGUIG, correlationId: 'corr-1' };
		const options = { leaseSeconds: 30, repeatWindowHours: 2 };
		const [one, other] = await around.runStep(propertyIq('claim', { claimOptions: options }), [
			item,
			item,
		]);
		const valuesOf = (json: IDataObject | undefined) =>
			(json?.stateStore as { claim: { values: unknown[] } }).claim.values;
		const [key, flow, correlationId, lease, ...rest] = valuesOf(one);
		expect([flow, correlationId]).toEqual(['property-enrichment', 'corr-1']);
		expect(rest.slice(0, 2)).toEqual([30, 7200]);
		expect(JSON.parse(String(rest[2]))).toEqual(TAGUIG);
		expect(valuesOf(other)[0]).toBe(key);
		expect(valuesOf(other)[3]).not.toBe(lease);
	});
});

describe('Validate', () => {
	it('says what is still missing', async () => {
		const step = propertyIq('validate');
		const { error } = await around.run([step], [{ event: TAGUIG }]);
		expect(error).toMatchObject({
			message: 'The item is not an enrichment yet',
			description: expect.stringContaining('Estimate From Comparables, Analyze and Write'),
		});
	});
});

describe('Report', () => {
	const CALLBACK = {
		property_id: 'p-1',
		estimate: 5_200_000,
		neighborhood_avg: null,
		narrative: 'A text.',
		source: 'comparables',
		last_updated: '2026-11-22T10:00:00Z',
	};

	it.each<[string, object]>([
		['an item', { callback: CALLBACK }],
		['a result that a Postgres node brings', { result: { callback: CALLBACK }, recorded: true }],
	])('sends the callback of %s', async (_name, item) => {
		const json = await around.runOne('report', {}, { ...item, correlationId: 'corr-1' });
		expect(json).toMatchObject({
			reported: { status: 200, duplicate: false },
			correlationId: 'corr-1',
		});
		const [delivery] = around.platform.deliveries;
		expect(delivery).toMatchObject({ isValid: true, body: CALLBACK });
		expect(delivery?.headers.get('x-correlation-id')).toBe('corr-1');
		expect(delivery?.headers.get('x-idempotency-key')).toMatch(/^enrichment-complete:p-1:/);
	});

	it('makes the statement that completes the work', async () => {
		const json = await around.runOne('report', {}, { callback: CALLBACK, eventKey: 'key-1' });
		const { values } = (json.stateStore as { complete: { values: string[] } }).complete;
		expect(values[0]).toBe('key-1');
		expect(JSON.parse(values[1]!)).toMatchObject([
			{ step: 'callback', vendor: 'platform', outcome: 'ok', status: 200, attempt: 1 },
		]);
	});

	it('says so where the platform had it already', async () => {
		around.platform.answer(() => Response.json({ status: 'duplicate' }));
		const json = await around.runOne('report', {}, { callback: CALLBACK });
		expect(json.reported).toEqual({ status: 200, duplicate: true });
	});

	it.each<[string, object, string]>([
		['no callback', {}, 'The item has no callback in "callback"'],
		[
			'a broken one',
			{ callback: { ...CALLBACK, estimate: 1.5 } },
			'The callback does not keep to its contract',
		],
	])('refuses an item with %s', async (_name, item, message) => {
		const { error } = await around.run([propertyIq('report')], [item as IDataObject]);
		expect(error?.message).toBe(message);
		expect(around.platform.deliveries).toEqual([]);
	});
});
