import fc from 'fast-check';

import type { HttpResponse } from '../../../../nodes/shared/http/send';
import type { VendorErrorKind } from '../../../../nodes/shared/http/vendorError';
import { readMarket, readValue } from '../../../../nodes/shared/vendors/rentCast';
import { answered, errorOf, SAMPLE_ANSWER, SAMPLE_LISTING } from './rentCastSample.cts';

const NOW = 1_790_000_000_000;

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
