import { similarity } from '../../../../nodes/PropertyIq/valuation/similarity';
import { like } from './market.cts';

const SUBJECT = { areaSqm: 100, beds: 3, baths: 2, yearBuilt: 2000, lotSqm: 200 };

describe('similarity', () => {
	it.each<[string, object, number]>([
		['everything the same', SUBJECT, 1],
		['only the area, the same', { areaSqm: 100 }, 1],
		['one bed less: 1 - 0.15/4', { ...SUBJECT, beds: 2 }, 0.9625],
		['one bath more: 1 - 0.15/3', { ...SUBJECT, baths: 3 }, 0.95],
		['built ten years later: 1 - 0.15/5', { ...SUBJECT, yearBuilt: 2010 }, 0.97],
		['twice the lot, half of the way to 4 times: 1 - 0.10/2', { ...SUBJECT, lotSqm: 400 }, 0.95],
		['area of 1.67: 1 - 0.45', { ...SUBJECT, areaSqm: 167 }, 0.55],
		['a century older and no more: 1 - 0.15', { ...SUBJECT, yearBuilt: 1900 }, 0.85],
		['area and one bed less: (0.45 + 0.15 * 0.75) / 0.6', { areaSqm: 100, beds: 2 }, 0.9375],
		['nothing known', { areaSqm: undefined }, 0],
		['NaN and zeros, which count as unknown', { areaSqm: 100, beds: NaN, lotSqm: 0 }, 1],
	])('with %s', (_name, traits, expected) => {
		expect(similarity(SUBJECT, like('c', 1, traits))).toBeCloseTo(expected, 10);
	});
});
