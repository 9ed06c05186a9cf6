import type { HttpRequest } from '../../../../nodes/shared/http/send';
import {
	type ListingPlace,
	marketQuestion,
	questionKey,
	valueQuestion,
} from '../../../../nodes/shared/vendors/rentCast';
import { SAMPLE_LISTING } from './rentCastSample.cts';

describe('asking for a value', () => {
	it.each<[string, ListingPlace, string]>([
		['its four parts', SAMPLE_LISTING, '5500 Grand Lake Dr, San Antonio, TX, 78244'],
		[
			'no more than an address that is whole',
			{ ...SAMPLE_LISTING, address: '5500 Grand Lake Dr, San Antonio, TX 78244' },
			'5500 Grand Lake Dr, San Antonio, TX 78244',
		],
		[
			'the city once',
			{ ...SAMPLE_LISTING, address: '5500 Grand Lake Dr, San Antonio' },
			'5500 Grand Lake Dr, San Antonio, TX, 78244',
		],
		[
			'state and ZIP once',
			{ ...SAMPLE_LISTING, city: 'San Antonio, TX 78244' },
			'5500 Grand Lake Dr, San Antonio, TX 78244',
		],
		[
			'single spaces',
			{ ...SAMPLE_LISTING, address: ' 5500  Grand\nLake Dr ' },
			'5500 Grand Lake Dr, San Antonio, TX, 78244',
		],
		[
			'no ZIP code that is none',
			{ ...SAMPLE_LISTING, country: 'US', zip_code: '7824' },
			'5500 Grand Lake Dr, San Antonio, TX',
		],
		[
			'only what is known',
			{ address: '1 Elm St', city: 'Austin', country: 'US' },
			'1 Elm St, Austin',
		],
	])('sends %s', (_name, listing, address) => {
		expect(valueQuestion(listing)).toMatchObject({
			method: 'GET',
			path: '/avm/value',
			query: { address },
		});
	});

	it("sends what the listing says about the home, in RentCast's units", () => {
		const listing = {
			...SAMPLE_LISTING,
			beds: 0,
			baths: 1.5,
			floor_area_sqm: 100,
			property_type: 'condominium',
		};
		// A square metre is 10.7639 square feet.
		expect(valueQuestion(listing).query).toMatchObject({
			bedrooms: 0,
			bathrooms: 1.5,
			squareFootage: 1076,
			propertyType: 'Condo',
		});
	});

	it('leaves out what is not known', () => {
		const listing = { ...SAMPLE_LISTING, beds: null, baths: undefined, property_type: 'castle' };
		expect(Object.keys(valueQuestion(listing).query ?? {})).toEqual(['address']);
	});

	it.each([
		['House', 'Single Family'],
		['single_family', 'Single Family'],
		['Condominium', 'Condo'],
		['townhouse', 'Townhouse'],
		['Mobile Home', 'Manufactured'],
		['multi-family', 'Multi-Family'],
		['Duplex', 'Multi-Family'],
		['APARTMENT', 'Apartment'],
		['lot', undefined],
		['', undefined],
	])('calls %p what RentCast calls it: %p', (property_type, expected) => {
		const { query } = valueQuestion({ ...SAMPLE_LISTING, property_type });
		expect(query?.propertyType).toBe(expected);
	});
});

describe('asking for a market', () => {
	it('takes the five digits of a ZIP+4', () => {
		expect(marketQuestion(' 78244-1234 ')).toMatchObject({
			method: 'GET',
			path: '/markets',
			query: { zipCode: '78244', dataType: 'Sale' },
		});
	});
});

describe('the key of a question', () => {
	const question: HttpRequest = {
		method: 'GET',
		path: '/avm/value',
		query: { address: '1 Elm St, Austin', bedrooms: 3 },
	};

	it('is a known SHA-256, computed by sha256sum beforehand', () => {
		expect(questionKey(question)).toBe(
			'9572882278ca5c69225f4db382a13862b94334e809b906cc5b4d6b244dda7cd1',
		);
	});

	it.each<[string, HttpRequest]>([
		[
			'the order of the parameters',
			{ ...question, query: { bedrooms: 3, address: '1 Elm St, Austin' } },
		],
		['letter case', { ...question, query: { address: '1 ELM st, AUSTIN', bedrooms: 3 } }],
		['spaces', { ...question, query: { address: ' 1  Elm St, Austin', bedrooms: 3 } }],
		['headers and timeout', { ...question, headers: { 'X-Correlation-Id': 'c-1' }, timeoutMs: 5 }],
	])('does not depend on %s', (_name, same) => {
		expect(questionKey(same)).toBe(questionKey(question));
	});

	it.each<[string, HttpRequest]>([
		['the path', { ...question, path: '/avm/rent/long-term' }],
		['a value', { ...question, query: { address: '1 Elm St, Austin', bedrooms: 4 } }],
		['a parameter', { ...question, query: { address: '1 Elm St, Austin' } }],
		[
			'the border between two parameters',
			{ ...question, query: { address: '1 Elm St, Austin","bedrooms","3' } },
		],
	])('depends on %s', (_name, other) => {
		expect(questionKey(other)).not.toBe(questionKey(question));
	});
});
