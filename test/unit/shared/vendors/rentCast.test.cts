import fc from 'fast-check';

import type { HttpRequest, HttpResponse } from '../../../../nodes/shared/http/send';
import { VendorError, type VendorErrorKind } from '../../../../nodes/shared/http/vendorError';
import {
	type ListingPlace,
	marketQuestion,
	questionKey,
	readMarket,
	readValue,
	valueQuestion,
} from '../../../../nodes/shared/vendors/rentCast';
import { answered, SAMPLE_ANSWER, SAMPLE_LISTING } from './rentCastSample.cts';

const NOW = 1_790_000_000_000;

function errorOf(act: () => unknown): VendorError {
	try {
		act();
	} catch (error) {
		if (error instanceof VendorError) return error;
		throw error;
	}
	throw new Error('Nothing was thrown');
}

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

describe('reading a value', () => {
	it("reads RentCast's own sample", () => {
		expect(readValue(answered(SAMPLE_ANSWER), SAMPLE_LISTING, NOW)).toMatchObject({
			price: 221000,
			rangeLow: 208000,
			rangeHigh: 233000,
			currency: 'USD',
			subject: { city: 'San Antonio', state: 'TX', zipCode: '78244', squareFootage: 1878 },
			comparables: [
				{
					id: '5014-Fern-Lk,-San-Antonio,-TX-78244',
					price: 229900,
					priceBasis: 'listed',
					areaSqm: expect.closeTo(162.3, 1),
					beds: 4,
					date: '2024-05-25T13:11:55.018Z',
				},
			],
		});
	});

	it('keeps nothing about an owner', () => {
		const owner = { names: ['Rosa Invented'], mailingAddress: { city: 'Waco' } };
		const body = {
			...SAMPLE_ANSWER,
			owner,
			subjectProperty: { ...SAMPLE_ANSWER.subjectProperty, owner, ownerOccupied: true },
			comparables: [{ ...SAMPLE_ANSWER.comparables[0], owner }],
		};
		const value = readValue(answered(body), SAMPLE_LISTING, NOW);
		expect(JSON.stringify(value)).not.toMatch(/owner|Invented|Waco/);
	});

	it('goes on without the attributes and comparables that an answer lacks or garbles', () => {
		const body = {
			...SAMPLE_ANSWER,
			subjectProperty: { city: 'San Antonio', yearBuilt: 'unknown', bedrooms: null },
			comparables: [{ id: 'land', price: 90000 }, { id: 'no price' }, null, 'text'],
		};
		const value = readValue(answered(body), SAMPLE_LISTING, NOW);
		expect(value.subject?.city).toBe('San Antonio');
		expect(value.comparables.map(({ id }) => id)).toEqual(['land']);
	});

	it('reads the older answer, which has no subject but coordinates', () => {
		const { price, priceRangeLow, priceRangeHigh } = SAMPLE_ANSWER;
		const body = { price, priceRangeLow, priceRangeHigh, latitude: 29.476, longitude: -98.3514 };
		expect(readValue(answered(body), SAMPLE_LISTING, NOW)).toMatchObject({
			price: 221000,
			comparables: [],
		});
		const elsewhere = { ...SAMPLE_LISTING, latitude: 31.76, longitude: -106.48 };
		expect(errorOf(() => readValue(answered(body), elsewhere, NOW)).details.code).toBe(
			'subject-mismatch',
		);
	});
});

describe('the place that came back', () => {
	const subject = (fields: object) =>
		answered({
			...SAMPLE_ANSWER,
			subjectProperty: { ...SAMPLE_ANSWER.subjectProperty, formattedAddress: undefined, ...fields },
		});
	const MANILA_ARKANSAS = {
		city: 'Manila',
		state: 'AR',
		zipCode: '72442',
		latitude: 35.8801,
		longitude: -90.1673,
	};

	it.each<[string, ListingPlace, object]>([
		['in another state', { address: '1 Elm St', city: 'Manila', state: 'UT' }, MANILA_ARKANSAS],
		['under another ZIP code', { ...SAMPLE_LISTING, zip_code: '78201' }, {}],
		[
			'under another ZIP code than the address ends with',
			{ address: '1 Elm St, Manila, UT 84046', city: 'Manila' },
			MANILA_ARKANSAS,
		],
		['in another city', { address: '1 Elm St', city: 'Austin', state: 'TX' }, {}],
		[
			'far from the coordinates',
			{ address: '1 Elm St', city: 'Manila', latitude: 40.988, longitude: -109.7224 },
			MANILA_ARKANSAS,
		],
		[
			'in the US, for a listing of which nobody said so',
			{ address: '123 Main St', city: 'Manila' },
			MANILA_ARKANSAS,
		],
		[
			'in the US, for a listing in the Philippines',
			{ address: '123 Main St', city: 'Manila', country: 'Philippines' },
			MANILA_ARKANSAS,
		],
		[
			'in another state by its formatted address alone',
			{ address: '1 Elm St', city: 'Manila', state: 'UT' },
			{ city: null, state: null, zipCode: null, formattedAddress: '1 Elm St, Manila, AR 72442' },
		],
	])('is refused where it is %s', (_name, listing, fields) => {
		const { details } = errorOf(() => readValue(subject(fields), listing, NOW));
		expect(details).toMatchObject({ kind: 'not-found', code: 'subject-mismatch', status: 200 });
	});

	it('is named, so that a person sees what went wrong', () => {
		const listing = { address: '123 Main St', city: 'Manila' };
		const { message } = errorOf(() => readValue(subject(MANILA_ARKANSAS), listing, NOW));
		expect(message).toContain('Manila AR 72442');
	});

	it.each<[string, ListingPlace, object]>([
		['in other letters', { ...SAMPLE_LISTING, city: 'SAN ANTONIO', state: 'texas' }, {}],
		['with ZIP+4', { ...SAMPLE_LISTING, zip_code: '78244-1234' }, {}],
		['with the city under its other name', { ...SAMPLE_LISTING, city: 'Kirby' }, {}],
		[
			'with an abbreviated city',
			{ address: '1 Elm St', city: 'Saint Louis', state: 'MO' },
			{ city: 'St. Louis', state: 'MO', zipCode: '63101' },
		],
		[
			'with City behind the city',
			{ address: '1 Elm St', city: 'New York City', state: 'NY' },
			{ city: 'New York', state: 'NY', zipCode: '10001' },
		],
		[
			'with state and ZIP in the city',
			{ address: '5500 Grand Lake Dr', city: 'San Antonio, TX 78244' },
			{},
		],
		['a few kilometres off', { ...SAMPLE_LISTING, latitude: 29.5, longitude: -98.3 }, {}],
		['without saying where it is', SAMPLE_LISTING, { city: null, state: null, zipCode: null }],
	])('is accepted where it is the same %s', (_name, listing, fields) => {
		expect(readValue(subject(fields), listing, NOW).price).toBe(221000);
	});
});

describe("RentCast's failures", () => {
	const failed = (status: number, error: string, message = 'No.') =>
		answered({ status, error, message }, status);

	it.each<[string, HttpResponse, VendorErrorKind, string | undefined]>([
		[
			'a bad key',
			failed(401, 'auth/api-key-invalid'),
			'credential-refused',
			'auth/api-key-invalid',
		],
		[
			'a key that may not ask this',
			failed(403, 'auth/endpoint-not-allowed'),
			'credential-refused',
			'auth/endpoint-not-allowed',
		],
		[
			'no subscription',
			failed(403, 'billing/subscription-inactive'),
			'credential-refused',
			'billing/subscription-inactive',
		],
		[
			'no subscription under the older status',
			failed(401, 'billing/subscription-inactive'),
			'credential-refused',
			'billing/subscription-inactive',
		],
		[
			'a limit of the plan',
			failed(403, 'billing/limit-reached'),
			'quota-exhausted',
			'billing/limit-reached',
		],
		[
			'too many questions a second',
			failed(429, 'auth/rate-limit-exceeded'),
			'rate-limited',
			'auth/rate-limit-exceeded',
		],
		[
			'an address it cannot place',
			failed(400, 'resource/bad-request'),
			'rejected',
			'resource/bad-request',
		],
		['nothing found', failed(404, 'resource/not-found'), 'not-found', 'resource/not-found'],
		['nothing found, without a body', answered(undefined, 404), 'not-found', undefined],
		['nothing found, as a page', answered('<h1>Not found</h1>', 404), 'not-found', undefined],
		['a refusal without a code', answered('Forbidden', 403), 'credential-refused', undefined],
		['an error of its own', failed(500, 'server/error'), 'unavailable', 'server/error'],
		['its own timeout', answered(undefined, 504), 'unavailable', undefined],
		['a redirect', answered(undefined, 302), 'redirected', undefined],
		['a web page with status 200', answered('<!doctype html>'), 'unreadable', undefined],
		['an empty answer', answered(undefined), 'unreadable', undefined],
		['null', answered(null), 'unreadable', undefined],
		['an empty list', answered([]), 'unreadable', undefined],
		['a price of null', answered({ ...SAMPLE_ANSWER, price: null }), 'unreadable', undefined],
		['a price of zero', answered({ ...SAMPLE_ANSWER, price: 0 }), 'unreadable', undefined],
		['a price as text', answered({ ...SAMPLE_ANSWER, price: '221000' }), 'unreadable', undefined],
		[
			'a range that is upside down',
			answered({ ...SAMPLE_ANSWER, priceRangeLow: 300000 }),
			'unreadable',
			undefined,
		],
		['no answer', { ...answered(undefined, 0), noAnswer: 'timed-out' }, 'timed-out', undefined],
	])('%s', (_name, response, kind, code) => {
		const { details } = errorOf(() => readValue(response, SAMPLE_LISTING, NOW));
		expect(details).toMatchObject({ vendor: 'RentCast', kind, status: response.status });
		expect(details.code).toBe(code);
		expect(details.advice).not.toBe('');
	});

	it('says what RentCast says, but not the address that it quotes', () => {
		const message = "The provided address '12 Secret Ln, Waco' could not be parsed or geolocated";
		const response = failed(400, 'resource/bad-request', message);
		const error = errorOf(() => readValue(response, SAMPLE_LISTING, NOW));
		expect(error.message).toContain('could not be parsed or geolocated');
		expect(error.message).not.toContain('Secret');
	});
});

describe('reading a market', () => {
	/** The figures of RentCast's own sample, with what real answers lack. */
	const MARKET = {
		id: '29611',
		zipCode: '29611',
		saleData: {
			lastUpdatedDate: '2024-09-29T00:00:00.000Z',
			averagePrice: 291933,
			medianPrice: 276990,
			medianPricePerSquareFoot: 178,
			totalListings: 265,
			dataByPropertyType: [
				{ propertyType: 'Land', averagePrice: 235056, medianPrice: 90000, totalListings: 32 },
				{ averagePrice: 1 },
				null,
			],
			dataByBedrooms: [{ bedrooms: 3, averagePrice: null, medianPrice: 265000, totalListings: 90 }],
			history: {
				'2024-01': { averagePrice: 280000, medianPrice: 270000, totalListings: 200 },
				'2024-03': { averagePrice: 285000, medianPrice: null },
				'2024-04': null,
				notes: 'none',
			},
		},
	};
	const market = (body: unknown) => readMarket(answered(body), NOW);

	it('reads averages, groups and history, and leaves out what cannot be read', () => {
		expect(market(MARKET)).toEqual({
			zipCode: '29611',
			saleData: {
				lastUpdatedDate: '2024-09-29T00:00:00.000Z',
				averagePrice: 291933,
				medianPrice: 276990,
				medianPricePerSquareFoot: 178,
				totalListings: 265,
				dataByPropertyType: [
					{
						propertyType: 'Land',
						averagePrice: 235056,
						medianPrice: 90000,
						medianPricePerSquareFoot: null,
						totalListings: 32,
					},
				],
				dataByBedrooms: [
					{
						bedrooms: 3,
						averagePrice: null,
						medianPrice: 265000,
						medianPricePerSquareFoot: null,
						totalListings: 90,
					},
				],
				history: {
					'2024-01': expect.objectContaining({ medianPrice: 270000, totalListings: 200 }),
					'2024-03': expect.objectContaining({ averagePrice: 285000, medianPrice: null }),
				},
			},
		});
	});

	it.each([
		['without sales', { zipCode: '29611', rentalData: {} }],
		['with null for sales', { zipCode: '29611', saleData: null }],
	])('reads an area %s', (_name, body) => {
		expect(market(body)).toEqual({ zipCode: '29611', saleData: undefined });
	});

	it('reads sales without groups and history', () => {
		const { saleData } = market({ zipCode: '29611', saleData: { medianPrice: 1 } });
		expect(saleData).toMatchObject({ dataByPropertyType: [], dataByBedrooms: [], history: {} });
	});

	it.each([
		['a web page', '<html>'],
		['nothing', undefined],
		['another shape', { zip: '29611' }],
	])('refuses %s', (_name, body) => {
		expect(errorOf(() => market(body)).details.kind).toBe('unreadable');
	});

	it('never fails but with a VendorError, whatever is answered', () => {
		fc.assert(
			fc.property(fc.anything(), fc.integer({ min: 100, max: 599 }), (body, status) => {
				errorOf(() => {
					readMarket(answered(body, status), NOW);
					readValue(answered(body, status), SAMPLE_LISTING, NOW);
				});
			}),
		);
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
