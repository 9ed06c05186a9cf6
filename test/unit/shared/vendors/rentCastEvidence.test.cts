import fc from 'fast-check';

import { type ListingPlace, rentCastEvidence } from '../../../../nodes/shared/vendors/rentCast';

/** The guide's own example, of which nothing says that it is in the United States. */
const MANILA: ListingPlace = { address: '123 Main St', city: 'Manila' };

const MANILA_PHILIPPINES = { latitude: 14.5995, longitude: 120.9842 };
const MANILA_UTAH = { latitude: 40.988, longitude: -109.7224 };
const TORONTO = { latitude: 43.6532, longitude: -79.3832 };

describe('evidence that an address is in the United States', () => {
	it.each<[string, Partial<ListingPlace>, RegExp]>([
		['country US', { country: 'US' }, /country/],
		['country usa, in any case', { country: ' usa ' }, /country/],
		['country U.S.A.', { country: 'U.S.A.' }, /country/],
		['country United States of America', { country: 'United States of America' }, /country/],
		['Manila, Arkansas, by its state', { state: 'AR' }, /Arkansas/],
		['Manila, Utah, by its state in words', { state: 'utah' }, /Utah/],
		['the District of Columbia', { city: 'Washington', state: 'DC' }, /District of Columbia/],
		['a state with dots', { state: 'N.Y.' }, /New York/],
		['a ZIP code and no country', { zip_code: '72442' }, /72442/],
		['a ZIP+4', { zip_code: '72442-1234' }, /72442/],
		['a ZIP code with leading zeros', { zip_code: '02138' }, /02138/],
		['coordinates in Utah', MANILA_UTAH, /coordinates/],
		['coordinates in Anchorage', { latitude: 61.2181, longitude: -149.9003 }, /coordinates/],
		['coordinates in Honolulu', { latitude: 21.3069, longitude: -157.8583 }, /coordinates/],
		['an address with state and ZIP', { address: '1 Elm St, Manila, AR 72442' }, /AR 72442/],
		['without any comma', { address: '1 Elm St Manila AR 72442' }, /AR 72442/],
		['with a comma between them', { address: '1 Elm St, Manila, AR, 72442' }, /AR 72442/],
		['with the country behind', { address: '1 Elm St, Manila, AR 72442, USA' }, /AR 72442/],
		['with the state in words', { address: '1 Elm St, Manila, Arkansas 72442' }, /AR 72442/],
		['West Virginia, not Virginia', { address: '1 Elm, Elkins, West Virginia 26241' }, /WV 26241/],
		['a city with state and ZIP', { city: 'Manila, AR 72442' }, /AR 72442/],
		['a price in US dollars beside a state', { state: 'AR', currency: 'USD' }, /Arkansas/],
		['a sloppy ZIP where the country is named', { country: 'US', zip_code: '2138' }, /country/],
		['a sloppy state where the country is named', { country: 'US', state: 'Calif' }, /country/],
		['0/0 as coordinates, which means unknown', { state: 'AR', latitude: 0, longitude: 0 }, /Ark/],
	])('%s', (_name, fields, because) => {
		const evidence = rentCastEvidence({ ...MANILA, ...fields });
		expect(evidence).toEqual({ inUnitedStates: true, because: expect.stringMatching(because) });
	});

	it.each<[string, Partial<ListingPlace>, RegExp]>([
		['a city by name alone', {}, /Nothing says/],
		['blank fields', { country: ' ', state: '', zip_code: null }, /Nothing says/],
		['the country Philippines', { country: 'Philippines' }, /Philippines/],
		['the country PH', { country: 'PH' }, /PH/],
		['the Philippines with five digits', { country: 'Philippines', zip_code: '10001' }, /Phil/],
		['the Philippines with a state', { country: 'Philippines', state: 'AR' }, /Philippines/],
		[
			'Canada, though the box holds it',
			{ city: 'Toronto', country: 'Canada', ...TORONTO },
			/Canada/,
		],
		['Ontario, though the box holds it', { city: 'Toronto', state: 'ON', ...TORONTO }, /ON is not/],
		['a Canadian postal code', { city: 'Toronto', zip_code: 'M5V 2T6', ...TORONTO }, /M5V 2T6/],
		['Metro Manila as the state', { state: 'Metro Manila', zip_code: '10001' }, /Metro Manila/],
		['a Philippine postal code', { zip_code: '1000' }, /1000/],
		['Perth, whose state is WA too', { city: 'Perth', state: 'WA', zip_code: '6000' }, /6000/],
		['coordinates in Manila', MANILA_PHILIPPINES, /coordinates/],
		['coordinates in Manila beside a state', { state: 'AR', ...MANILA_PHILIPPINES }, /coordinates/],
		['coordinates in Manila beside US', { country: 'US', ...MANILA_PHILIPPINES }, /coordinates/],
		['one coordinate alone', { latitude: 40.988 }, /Nothing says/],
		['a price in pesos', { state: 'AR', currency: 'PHP' }, /PHP/],
		['San Juan, Puerto Rico, by state', { city: 'San Juan', state: 'PR' }, /PR is not/],
		['Puerto Rico as part of the US', { country: 'US', state: 'Puerto Rico' }, /Puerto Rico/],
		['a ZIP code of Puerto Rico', { city: 'San Juan', zip_code: '00901' }, /00901/],
		['the same where the country is named', { country: 'US', zip_code: '00901' }, /00901/],
		['a ZIP code of Guam', { zip_code: '96910' }, /96910/],
		['a post office of the armed forces', { state: 'AP', zip_code: '96201' }, /96201/],
		['five zeros', { zip_code: '00000' }, /00000/],
		['Spain, where "la" is a word', { address: 'Calle de la 28001', city: 'Madrid' }, /Nothing/],
	])('is not %s', (_name, fields, because) => {
		const evidence = rentCastEvidence({ ...MANILA, ...fields });
		expect(evidence).toEqual({ inUnitedStates: false, because: expect.stringMatching(because) });
	});

	const anything = fc.record(
		{
			address: fc.constantFrom('1 Elm St', '1 Elm St, Manila, AR 72442', 'Calle 5'),
			city: fc.constantFrom('Manila', 'Austin', 'Manila, AR 72442'),
			state: fc.constantFrom('AR', 'Texas', 'ON', '', undefined),
			zip_code: fc.constantFrom('72442', '1000', '00901', undefined),
			latitude: fc.double({ min: -90, max: 90, noNaN: true }),
			longitude: fc.double({ min: -180, max: 180, noNaN: true }),
		},
		{ requiredKeys: ['address', 'city'] },
	);

	it('is outweighed by any other country, whatever else the listing says', () => {
		fc.assert(
			fc.property(
				anything,
				fc.constantFrom('Philippines', 'PH', 'Canada', 'México', 'UK', 'Puerto Rico'),
				(place, country) => {
					expect(rentCastEvidence({ ...place, country }).inUnitedStates).toBe(false);
				},
			),
		);
	});

	it('is needed: a street and a city in whatever words are never enough', () => {
		const words = fc.string().filter((text) => !/\d{5}/.test(text));
		fc.assert(
			fc.property(words, words, (address, city) => {
				expect(rentCastEvidence({ address, city }).inUnitedStates).toBe(false);
			}),
		);
	});
});
