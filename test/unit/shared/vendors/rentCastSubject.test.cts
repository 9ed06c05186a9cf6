import { type ListingPlace, readValue } from '../../../../nodes/shared/vendors/rentCast';
import { answered, errorOf, SAMPLE_ANSWER, SAMPLE_LISTING } from './rentCastSample.cts';

const NOW = 1_790_000_000_000;

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
