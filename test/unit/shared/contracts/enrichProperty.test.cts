import { zodToJsonSchema } from 'zod-to-json-schema';

import { checkContract, describeProblems } from '../../../../nodes/shared/contracts/check';
import { enrichProperty } from '../../../../nodes/shared/contracts/enrichProperty';

/** The payload of the platform's integration guide, word for word. */
const GUIDE = JSON.parse(`{
  "property_id": "uuid",
  "company_id": "uuid", 
  "address": "123 Main St",
  "city": "Manila",
  "price_amount": 5000000,
  "beds": 3,
  "baths": 2
}`) as Record<string, unknown>;

function fieldsAtFault(value: unknown): string[] {
	const checked = checkContract(enrichProperty, value);
	return checked.ok ? [] : checked.problems.map(({ field }) => field);
}

describe('a listing to enrich', () => {
	it("is valid as the guide's example has it", () => {
		expect(checkContract(enrichProperty, GUIDE)).toEqual({ ok: true, value: GUIDE });
	});

	it.each(Object.keys(GUIDE))('is refused without %s, by its name', (field) => {
		const { [field]: _dropped, ...rest } = GUIDE;
		expect(fieldsAtFault(rest)).toEqual([field]);
	});

	it.each<[string, unknown]>([
		['property_id', 7],
		['property_id', ''],
		['property_id', 'two words'],
		['property_id', "x'; DROP TABLE\n"],
		['property_id', 'x'.repeat(129)],
		['company_id', null],
		['address', ''],
		['address', '   '],
		['address', 'x'.repeat(301)],
		['address', { street: 'Main' }],
		['city', ['Manila']],
		['price_amount', '5000000'],
		['price_amount', -1],
		['price_amount', null],
		['price_amount', 1e12],
		['beds', -1],
		['beds', 1001],
		['beds', 'three'],
		['baths', true],
		['currency', 'pesos'],
		['currency', 'php'],
		['floor_area_sqm', 0],
		['floor_area_sqm', -80],
		['floor_area_sqm', 1_000_001],
		['lot_area_sqm', '120'],
		['year_built', 1066],
		['year_built', 2015.5],
		['year_built', 3000],
		['latitude', 91],
		['latitude', -90.001],
		['latitude', '14.6'],
		['longitude', 181],
		['longitude', 1e9],
		['description', 'x'.repeat(20_001)],
		['features', 'balcony'],
		['comparables', {}],
	])('is refused when %s is %p, by its name', (field, value) => {
		expect(fieldsAtFault({ ...GUIDE, [field]: value })).toEqual([field]);
	});

	it('has every field at fault named, also the one in a list', () => {
		expect(
			fieldsAtFault({
				...GUIDE,
				beds: -1,
				features: ['balcony', 7],
				comparables: [{ price: 5 }, { beds: 2 }, { price: 5, latitude: 100 }],
			}),
		).toEqual(['beds', 'features.1', 'comparables.1.price', 'comparables.2.latitude']);
	});

	it.each<[string, unknown]>([
		['beds', null],
		['baths', null],
		['beds', 0],
		['baths', 1.5],
		['price_amount', 0],
		['currency', null],
		['floor_area_sqm', null],
		['latitude', null],
		['description', ''],
		['comparables', []],
		['comparables', null],
	])('may have %s as %p', (field, value) => {
		expect(fieldsAtFault({ ...GUIDE, [field]: value })).toEqual([]);
	});

	it('keeps fields that nobody here knows', () => {
		const listing = { ...GUIDE, agent: { team: 'BGC' }, 'x-internal': [1, 2] };
		expect(checkContract(enrichProperty, listing)).toEqual({ ok: true, value: listing });
	});

	it('is described without what the fields held', () => {
		const checked = checkContract(enrichProperty, {
			...GUIDE,
			beds: 'secret-word',
			city: undefined,
		});
		const text = checked.ok ? '' : describeProblems(checked.problems);
		expect(text).toBe('city: is required; beds: Expected number, received string');
	});

	it('is published as a JSON Schema with the same required fields', () => {
		const schema = zodToJsonSchema(enrichProperty, { target: 'jsonSchema7' }) as {
			required: string[];
			additionalProperties: boolean;
			properties: { comparables: unknown };
		};
		expect(schema.required).toEqual(Object.keys(GUIDE));
		expect(schema.additionalProperties).toBe(true);
	});
});
