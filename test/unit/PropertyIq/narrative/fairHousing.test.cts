import { checkFairHousing } from '../../../../nodes/PropertyIq/narrative/fairHousing';
import { FAIR_HOUSING_RULES } from '../../../../nodes/PropertyIq/narrative/fairHousingRules';

function tierOf(text: string, names: string[] = []): string {
	const tiers = checkFairHousing(text, { names }).map(({ tier }) => tier);
	return tiers.includes('block') ? 'block' : tiers.includes('review') ? 'review' : 'allowed';
}

describe('fair-housing rules', () => {
	it.each([
		'Perfect for families with kids',
		'Ideal for a young family',
		'This condo is great for working professionals',
		'Suited to your growing family',
		'No children, please',
		'Kids are not allowed',
		'Adults only building',
		'An adult community by the lake',
		'Child-free complex',
		'Two children maximum',
		'For a mature couple',
		'Married couples preferred',
		'Singles only',
		'Empty nesters will love it',
		'Retired persons welcome',
		'A family-friendly street',
		'Able-bodied tenants',
		'Not suitable for the handicapped',
		'No wheelchairs',
		'No service animals',
		'White private home',
		'In a Filipino neighborhood',
		'Chinese families live nearby',
		'Predominantly Hispanic',
		'Latinos live here',
		'An integrated community',
		'English-speaking tenants',
		'No foreigners',
		'A Christian home',
		'Catholic',
		'Steps from the mosque',
		'Walking distance to St. Peter church',
		'Close to the Jewish temple',
		'Female tenants only',
		'No men',
		'A safe neighborhood',
		'Low crime',
		'In an exclusive area',
		'An up-and-coming district',
		'Great schools',
		'Top-rated schools',
		'No Section 8',
		'Vouchers: no vouchers here',
		'Must be employed',
		'Seasonal workers',
		'Bawal ang bata',
		'Solo adultos',
		'Ideal para familias',
		'No se aceptan niños',
		'Babae lang',
	])('block "%s"', (text) => {
		expect(tierOf(text)).toBe('block');
	});

	it.each([
		'A senior community',
		'Housing for 55 and over',
		'Independent living',
		'A bachelor pad',
		'Handicap parking',
		'An upscale area',
		'Board approval is needed',
		'In the Northside school district',
		'There is a church on the corner',
	])('ask a person about "%s"', (text) => {
		expect(tierOf(text)).toBe('review');
	});

	it.each([
		'Master bedroom with walk-in closets',
		'A family room and a single-family home',
		'Mother-in-law suite',
		'Bachelor apartment',
		'Wheelchair ramp, wheelchair accessible',
		'Quiet streets',
		'Walking distance to the bus stop',
		'Apartment complex with chapel',
		'Desirable neighborhood',
		'Rare find with a great view',
		'Fourth-floor walk-up',
		'No bicycles, no pets, no smoking',
		'White kitchen cabinets and black granite',
		'French doors, Italian marble and Spanish tiles',
		'Jogging trails nearby',
		'Secure parking, gated community',
		'Mature trees in the yard',
		'Childproof windows; kidney-shaped pool',
		'A private balcony with an integrated kitchen',
		'Exclusive use of the roof deck',
		'The answer is no. Children play outside.',
	])('allow "%s"', (text) => {
		expect(tierOf(text)).toBe('allowed');
	});

	it.each([
		['upper case', 'NO KIDS'],
		['odd spacing', 'no \u00a0\t kids'],
		['a hyphen', 'no-kids'],
		['diacritics', 'nó kïds'],
		['zero-width characters', 'no k\u200bi\u200dd\u00ads'],
		['Cyrillic look-alikes', 'nо kіds'],
		['full-width letters', 'ｎｏ ｋｉｄｓ'],
		['right-to-left marks', '\u202eno\u202c ki\u2069ds'],
	])('see through %s', (_name, text) => {
		expect(tierOf(text)).toBe('block');
	});

	it.each([
		['A condo in Christian Hills.', ['Christian Hills']],
		['A house on Catholic Street 5, Manila.', ['Catholic Street 5', 'Manila']],
		['A house at 12 Church Road.', ['12 Church Road']],
		['Near St. Mary Street.', ['Near St. Mary Street']],
	])('read no religion into the name in "%s"', (text, names) => {
		expect(tierOf(text, names)).toBe('allowed');
	});

	it('still block a religion beside a name that holds one', () => {
		expect(tierOf('A Christian home in Christian Hills', ['Christian Hills'])).toBe('block');
		expect(tierOf('Among the christian hills', ['Christian Hills'])).toBe('block');
	});

	it('do not yield to a feature that excludes people', () => {
		expect(tierOf('Listed features: No children', ['No children'])).toBe('block');
	});

	it('take phrases of the caller, word for word, whatever signs they hold', () => {
		const extraRules = [
			{ phrase: 'Rare   find!', tier: 'block' as const },
			{ phrase: 'cozy*', tier: 'review' as const },
			{ phrase: '~9 |', tier: 'block' as const },
			{ phrase: ' ', tier: 'block' as const },
		];
		const found = checkFairHousing('A cozy home, a RARE-FIND.', { extraRules });
		expect(found.map(({ ruleId, tier }) => [ruleId, tier])).toEqual([
			['own-2', 'review'],
			['own-1', 'block'],
		]);
		expect(checkFairHousing('Coziness in 9 rooms', { extraRules }).map((f) => f.ruleId)).toEqual([
			'own-3',
		]);
	});

	it('say what, why and from where, each rule once', () => {
		expect(checkFairHousing('No kids here, and again no kids.')).toEqual([
			{
				ruleId: 'familial-no-children',
				tier: 'block',
				quote: 'No kids',
				reason: 'excludes or limits children',
				message: '"No kids" excludes or limits children.',
				source: '42 U.S.C. 3604(c); Canopy MLS fair-housing keyword list',
			},
		]);
	});

	it('have ids of their own', () => {
		const ids = FAIR_HOUSING_RULES.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it.each([
		['one word', 'no '.repeat(34_000)],
		['one letter', 'a'.repeat(100_000)],
		['openings of long phrases', 'near perfect for ideal '.repeat(5_000)],
		['combining marks', 'e\u0301\u0316'.repeat(50_000)],
		['emoji', '🏡‍👨‍👩‍👧 '.repeat(10_000)],
		['right-to-left text', 'شقة للبيع '.repeat(10_000)],
	])('finish on 100 kB of %s', (_name, text) => {
		expect(checkFairHousing(text, { names: [text.slice(0, 120)] })).toEqual(expect.any(Array));
	});
});
