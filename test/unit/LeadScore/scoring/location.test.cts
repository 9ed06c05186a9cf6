import fc from 'fast-check';

import type { ScoringInput } from '../../../../nodes/LeadScore/scoring/input';
import { scoreLocation } from '../../../../nodes/LeadScore/scoring/location';
import { createPlaces } from '../../../../nodes/shared/places/places';
import { cpuMs, MOMENT_MS, scoringInput } from './samples.cts';

const settings = { distanceScaleKm: 5, inferFromProperty: false };
const builtIn = createPlaces({});

function score(
	wanted: Partial<ScoringInput['wanted']>,
	listing: ScoringInput['listing'],
	{ places = builtIn, inferFromProperty = false } = {},
) {
	return scoreLocation(
		scoringInput({ wanted, listing }),
		{ ...settings, inferFromProperty },
		places,
	);
}

const BGC = { neighborhood: 'Bonifacio Global City', city: 'Taguig', state: 'Metro Manila' };
const MAKATI = { neighborhood: 'Salcedo Village', city: 'City of Makati', zipCode: '1227' };

describe('location by name', () => {
	it.each<[string, string, ScoringInput['listing'], number]>([
		['the area', 'Bonifacio Global City', BGC, 100],
		['an alias of it', 'BGC', BGC, 100],
		['another alias', 'Fort Bonifacio', { neighborhood: 'BGC' }, 100],
		['the area in capitals with its city', 'BGC, TAGUIG CITY', BGC, 100],
		['the area with the region', 'bgc, Metro Manila', BGC, 100],
		['an area no table knows', 'Kasiglahan', { neighborhood: 'kasiglahan', city: 'Lucban' }, 100],
		['the ZIP code', '1227', MAKATI, 100],
		['a district of the address', 'BGC', { address: 'Unit 9, One Serendra, BGC, Taguig' }, 100],
		['a barangay', 'Brgy. Poblacion, Makati', { neighborhood: 'Poblacion', city: 'Makati' }, 100],
		['the city', 'Taguig', BGC, 75],
		['the city, said otherwise', 'Makati', MAKATI, 75],
		['the city by its letters', 'QC', { city: 'Quezon City' }, 75],
		['another part of the city', 'Legazpi Village', MAKATI, 75],
		['another part that no table knows', 'San Lorenzo, Makati', MAKATI, 75],
		['the region', 'NCR', BGC, 40],
		['another city of the region', 'Pasig', BGC, 40],
		['an area of another city of the region', 'Greenhills', BGC, 40],
		['the province', 'Cebu', { city: 'Mandaue', state: 'Cebu' }, 40],
		['a state abroad', 'Texas', { city: 'Austin', state: 'Texas' }, 40],
		['a city abroad', 'austin', { city: 'Austin', state: 'Texas' }, 75],
		['a city elsewhere', 'Cebu City', BGC, 0],
		[
			'the area of that name elsewhere',
			'Poblacion, Muntinlupa',
			{ neighborhood: 'Poblacion', city: 'Davao City' },
			0,
		],
		[
			'the city of that name elsewhere',
			'San Fernando, Pampanga',
			{ city: 'San Fernando', state: 'La Union' },
			0,
		],
		[
			'the city, in the province of that name',
			'Quezon City',
			{ city: 'Lucban', state: 'Quezon' },
			0,
		],
	])('%s scores: %s', (_name, area, listing, expected) => {
		expect(score({ areas: [area] }, listing)).toMatchObject({ status: 'known', score: expected });
	});

	it('does not take an area for that of the same name in another city', () => {
		const listing = { neighborhood: 'Poblacion', city: 'Muntinlupa' };
		expect(score({ areas: ['Poblacion, Makati'] }, listing).score).toBe(40);
		expect(score({ areas: ['Poblacion'], city: 'Makati' }, listing).score).toBe(40);
		expect(score({ areas: ['Poblacion'], city: 'Muntinlupa' }, listing).score).toBe(100);
		expect(score({ areas: ['Poblacion'] }, listing).score).toBe(100);
	});

	it("knows a listing's city from its area, and the user's own places", () => {
		expect(score({ city: 'Taguig' }, { neighborhood: 'BGC' }).score).toBe(75);
		const places = createPlaces({
			'The Heights': 'Loyola Heights',
			Uptown: 'BGC',
			Nowhere: '',
			' - ': 'BGC',
		});
		expect(
			score({ areas: ['the heights'] }, { neighborhood: 'Katipunan' }, { places }),
		).toMatchObject({
			score: 100,
			reason: 'Looks for The Heights, and the listing is in Katipunan',
		});
		expect(score({ areas: ['Uptown'] }, BGC, { places }).score).toBe(100);
		expect(score({ areas: ['Uptown'] }, BGC).score).toBe(0);
		expect(score({ areas: ['?'] }, BGC, { places }).score).toBe(0);
	});

	it.each<[string, Partial<ScoringInput['wanted']>, ScoringInput['listing'], string]>([
		[
			'an alias',
			{ areas: ['BGC'] },
			BGC,
			'Looks for BGC, and the listing is in Bonifacio Global City',
		],
		[
			'the area',
			{ areas: ['SALCEDO VILLAGE'] },
			MAKATI,
			'Looks for Salcedo Village, where the listing is',
		],
		['the city', { city: 'Makati' }, MAKATI, 'Looks in Makati, where the listing is'],
		[
			'another part',
			{ areas: ['Legazpi Village'] },
			MAKATI,
			'Looks for Legazpi Village; the listing is elsewhere in City of Makati',
		],
		[
			'another city',
			{ areas: ['Pasig'] },
			BGC,
			'Looks for Pasig in Metro Manila; the listing is in Taguig',
		],
		['the region', { areas: ['NCR'] }, BGC, 'Looks in NCR, and the listing is in Taguig'],
		[
			'elsewhere',
			{ areas: ['Baguio'] },
			BGC,
			'Looks for Baguio; the listing is in Bonifacio Global City',
		],
		['nothing', {}, BGC, 'Places they look in not known'],
		[
			'no listing',
			{ areas: ['BGC'] },
			{},
			'Places they look in known, place of the listing not known',
		],
	])('says that they look for %s', (_name, wanted, listing, reason) => {
		expect(score(wanted, listing).reason).toBe(reason);
	});

	it('repeats no name that neither the listing nor the table knows', () => {
		const stated = ['near a church', 'no children, please', 'White people only', '<b>Makati</b>?'];
		for (const area of stated) {
			const { reason } = score({ areas: [area] }, { neighborhood: 'Lagro', city: 'Springfield' });
			expect(reason).toBe('Looks for a place not in the list of places; the listing is in Lagro');
		}
		expect(score({ areas: ['BGC, <script>'] }, BGC).reason).not.toContain('script');
	});

	it('counts half where nothing says how far a name is from the listing', () => {
		expect(score({ areas: ['Chamberí'] }, { city: 'Sevilla' })).toMatchObject({
			status: 'inferred',
			score: 0,
		});
		expect(score({ city: 'Chamberí' }, { city: 'Sevilla' })).toMatchObject({
			status: 'known',
			score: 0,
			reason: 'Looks elsewhere; the listing is in Sevilla',
		});
	});

	it('infers places from the listing only where asked to, and never fully', () => {
		expect(score({}, BGC, { inferFromProperty: true })).toMatchObject({
			status: 'inferred',
			score: 75,
			reason: 'Places they look in not known; asked about a listing in Bonifacio Global City',
		});
		expect(score({}, {}, { inferFromProperty: true }).status).toBe('missing');
	});
});

describe('location by distance', () => {
	const home = { latitude: 14.55, longitude: 121.05 };

	// A degree of latitude is 111.195 km: 5 km are 0.044966°. Half is left at 5 km, a quarter at 10.
	it.each([
		[0, 100, 'Looks less than 100 m from the listing'],
		[0.044966, 50, 'Looks 5 km from the listing'],
		[0.089932, 25, 'Looks 10 km from the listing'],
		[0.022483, 70.71, 'Looks 2.5 km from the listing'],
	])('%d° away', (degrees, expected, reason) => {
		const {
			status,
			score: points,
			reason: said,
		} = score(home, {
			...home,
			latitude: home.latitude + degrees,
		});
		expect({ status, said }).toEqual({ status: 'known', said: reason });
		expect(points).toBeCloseTo(expected, 1);
	});

	it('counts where it says more than the names, and not where it says less', () => {
		const near = { ...home, ...BGC };
		expect(score({ areas: ['Pasig'], ...home }, near).score).toBe(100);
		const far = { ...near, latitude: 15 };
		expect(score({ areas: ['BGC'], ...home }, far).score).toBe(100);
	});

	it('needs both points, and takes 0, 0 for none', () => {
		expect(score(home, BGC)).toMatchObject({ status: 'missing' });
		expect(score({ latitude: 0, longitude: 0 }, { ...BGC, ...home })).toMatchObject({
			status: 'missing',
		});
	});
});

describe('what the home has to have', () => {
	it.each<[string, object, object, number, string]>([
		['enough bedrooms', { beds: 2 }, { beds: 3 }, 80, '; 3 bedrooms of 2 wanted'],
		['too few', { beds: 3 }, { beds: 1 }, 70, '; 1 bedroom of 3 wanted'],
		[
			'the kind',
			{ propertyType: 'condo' },
			{ propertyType: 'Apartment' },
			80,
			'; the kind of home they want',
		],
		[
			'another',
			{ propertyType: 'condo' },
			{ propertyType: 'House' },
			70,
			'; another kind of home than they want',
		],
		['nothing known', { beds: 3, propertyType: 'condo' }, {}, 75, ''],
		['nothing wanted', {}, { beds: 3, propertyType: 'condo' }, 75, ''],
	])('%s adds or takes a little', (_name, wish, has, expected, words) => {
		const found = score({ city: 'Makati', ...wish }, { ...MAKATI, ...has });
		expect(found.score).toBe(expected);
		expect(found.reason).toBe('Looks in Makati, where the listing is' + words);
	});
});

describe('laws of location', () => {
	const name = fc.oneof(
		fc.constantFrom('BGC', 'Makati', 'Poblacion', 'Poblacion, Makati', 'NCR', 'Cebu', '1634', ''),
		fc.constantFrom('Quezon', 'QC', 'Taguig City', 'Salcedo Village', 'Springfield', 'city of'),
		fc.string({ unit: 'binary', maxLength: 20 }),
	);
	const listing = fc.record(
		{ neighborhood: name, city: name, state: name, zipCode: name, address: name },
		{ requiredKeys: [] },
	);

	it('the order of the areas does not matter', () => {
		fc.assert(
			fc.property(fc.array(name, { minLength: 1, maxLength: 6 }), listing, (areas, place) => {
				const found = score({ areas }, place);
				expect(score({ areas: [...areas].reverse() }, place)).toEqual(found);
				expect(score({ areas: [...areas].sort() }, place)).toEqual(found);
			}),
		);
	});

	it('one more area never lowers the score or what is known', () => {
		const certainty = { missing: 0, inferred: 1, known: 2 };
		fc.assert(
			fc.property(fc.array(name, { minLength: 1 }), name, listing, (areas, more, place) => {
				const [few, many] = [score({ areas }, place), score({ areas: [...areas, more] }, place)];
				expect(many.score).toBeGreaterThanOrEqual(few.score);
				expect(certainty[many.status]).toBeGreaterThanOrEqual(certainty[few.status]);
			}),
		);
	});

	it('is indifferent to case, accents and spaces around', () => {
		fc.assert(
			fc.property(name, listing, (area, place) => {
				const { score: points, status } = score({ areas: [area] }, place);
				const otherwise = score({ areas: [`  ${area.normalize('NFD').toUpperCase()} `] }, place);
				// Some letters have no lower case that leads back, such as ß.
				if (area.toUpperCase().toLowerCase() !== area.toLowerCase()) return;
				expect(otherwise).toMatchObject({ score: points, status });
			}),
		);
	});

	it('answers within a moment to hostile names', () => {
		const started = cpuMs();
		for (const piece of [',', ' ', 'city of ', 'é', '\u0301', 'Brgy. ', 'a,']) {
			score(
				{ areas: Array(50).fill(piece.repeat(100_000)) },
				{ ...BGC, address: piece.repeat(50_000) },
			);
		}
		expect(cpuMs() - started).toBeLessThan(MOMENT_MS);
	});
});
