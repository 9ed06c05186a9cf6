import fc from 'fast-check';

import { findUngrounded, findUnknownFacts } from '../../../../nodes/PropertyIq/narrative/grounding';
import { CONDO_FACTS, factsOf, MANILA_FACTS } from './listings.cts';

const rulesOf = (text: string, sheet = CONDO_FACTS) => [
	...new Set(findUngrounded(text, sheet).map(({ rule }) => rule)),
];

describe('a text that the facts bear out', () => {
	it.each([
		'This modern 3BR condo in Malate, Manila has 2 baths and 85 sqm of space.',
		'Three bedrooms, two bathrooms, 85 square meters.',
		'A three-bedroom condo at 123 Main Street.',
		'It costs ₱5,000,000, or 5000000 pesos, or PHP 5M, or ₱5.0m, or five million pesos.',
		'The asking price is about ₱5 million and the estimate ₱5.2 million.',
		'Valued between ₱4.9M and ₱5.5M, from 6 comparable properties.',
		'The asking price is 3.8% below the estimate, roughly 4 percent.',
		'The average price in the area is ₱4.8M and the median is ₱4,700,000 over 24 listings.',
		'Prices are rising by 0.8% a month.',
		'Built in 2012, with 915 sq ft at ₱58,824 per sqm.',
		'A great value at ₱5,000,000.',
		'Swimming pool, 2-car garage and walk-in closet.',
		'Two-car garage.',
		'Enjoy bright mornings. Nestled on a calm street, it feels airy.',
		'Modern 3-Bedroom Condo in Manila With Swimming Pool',
		'Ang condo na ito sa Malate, Manila ay may tatlong kuwarto at 2 banyo sa ₱5M.',
		'Este condo en Malate tiene 3 habitaciones, dos baños y 85 m² por ₱5.000.000.',
		'شقة في Manila فيها ٣ غرف نوم 🏡',
		'One of the joys of Malate is its calm.',
		'Priced at ₱5\u202f000\u202f000.',
	])('passes: %s', (text) => {
		expect(findUngrounded(text, CONDO_FACTS)).toEqual([]);
	});

	it('may use halves of a bathroom, a studio, a lot and feet', () => {
		const sheet = factsOf({ beds: 0, baths: 1.5, floor_area_sqm: 100, lot_area_sqm: 250 });
		expect(
			findUngrounded('A studio with 1.5 baths, or 1½ baths, on a lot of 250 sqm.', sheet),
		).toEqual([]);
		// 100 x 10.7639104 = 1076.39
		expect(findUngrounded('It has 1,076 sq ft.', sheet)).toEqual([]);
		expect(rulesOf('It has 1,176 sq ft.', sheet)).toEqual(['unknown-number']);
		expect(rulesOf('A lot of 100 sqm.', sheet)).toEqual(['unknown-number']);
	});
});

describe('a text that says more than the facts', () => {
	it.each<[string, string]>([
		['unknown-number', 'It costs ₱4,000,000.'],
		['unknown-number', 'The price is 1 peso.'],
		['unknown-number', 'Yours for ₱5.4M and no more.'],
		['unknown-number', 'The asking price is ₱5,200,000.'],
		['unknown-number', 'The average price is ₱5,000,000.'],
		['unknown-number', 'It is estimated at ₱5,000,000.'],
		['unknown-number', 'Priced at five hundred thousand pesos.'],
		['unknown-number', 'It has 4 bedrooms.'],
		['unknown-number', 'It has four lovely bedrooms.'],
		['unknown-number', 'It has 3 bathrooms.'],
		['unknown-number', 'It has limang kuwarto.'],
		['unknown-number', 'Tiene cuatro habitaciones.'],
		['unknown-number', 'It has ٤ bedrooms.'],
		['unknown-number', 'It measures 120 sqm.'],
		['unknown-number', 'It measures 85 sq ft.'],
		['unknown-number', 'Built in 2015.'],
		['unknown-number', 'Built in 123.'],
		['unknown-number', 'It is 3 minutes away.'],
		['unknown-number', 'It has 3 floors.'],
		['unknown-number', 'From 9 comparable properties.'],
		['unknown-number', 'Prices are rising by 8% a month.'],
		['unknown-number', 'Ready on 2025-01-15.'],
		['unknown-currency', 'It costs $5,000,000.'],
		['unknown-currency', 'It costs 5 million dollars.'],
		['unknown-currency', 'Priced in euros.'],
		['unknown-name', 'It lies near Greenhills Academy.'],
		['unknown-name', 'It is close to Makati.'],
		['unknown-name', 'Makati is around the corner.'],
		['unknown-name', "Makati's shops are near."],
		['unknown-name', 'BGC living.'],
		['unknown-name', 'Call Juan about it.'],
		['unknown-name', 'Ready in January.'],
		['unknown-name', 'Modern Condo Near Greenhills'],
		['unsupported-detail', 'It lies near a school.'],
		['unsupported-detail', 'It has a fireplace.'],
		['unsupported-detail', 'This villa is calm.'],
		['superlative', 'The best home in Manila.'],
		['superlative', 'The most spacious condo.'],
		['superlative', 'Unbeatable!'],
		['superlative', 'Ang pinakamaganda.'],
		['promise', 'A wise investment.'],
		['promise', 'Its value will surely increase.'],
		['promise', 'Guaranteed.'],
		['unsupported-comparison', 'Priced above the estimate.'],
		['unsupported-comparison', 'Priced below the average.'],
		['unsupported-comparison', 'Prices are falling.'],
		['web-address', 'See http://evil.example/x.'],
		['web-address', 'See evil.example for more.'],
		['web-address', 'See www.evil for more.'],
		['web-address', 'See ev\u200bil.com for more.'],
		['email-address', 'Write to agent@agency.ph.'],
		['phone-number', 'Call +63 917 123 4567.'],
		['phone-number', 'Call 0917-123-4567.'],
		['markup', 'A <b>bright</b> home.'],
		['markup', 'A ![home](x).'],
	])('has the problem %s: %s', (rule, text) => {
		expect(rulesOf(text)).toContain(rule);
	});

	it.each([
		'It offers excellent value.',
		'A bargain.',
		'Priced below the estimate.',
		'Prices are rising.',
		'Its estimated value is 5,000,000.',
		'It costs ₱5,000,000.',
	])('may not say without an estimate, a trend or a currency: %s', (text) => {
		expect(findUngrounded(text, MANILA_FACTS)).not.toEqual([]);
	});

	it('knows a city called Best from the best', () => {
		const sheet = { ...MANILA_FACTS, facts: [...MANILA_FACTS.facts] };
		sheet.facts.push({ id: 'city', label: 'city', value: 'Best', text: 'Best', source: 'listing' });
		expect(rulesOf('A home in Best.', sheet)).toEqual([]);
		expect(rulesOf('The best home.', sheet)).toEqual(['superlative']);
	});

	it('is quoted by at most 40 characters', () => {
		const problems = findUngrounded(`See http://evil.example/${'x'.repeat(500)}`, CONDO_FACTS);
		expect(problems.map(({ quote }) => quote.length)).toEqual([40, 40]);
	});

	it('is told of a fact id that is on no sheet', () => {
		expect(findUnknownFacts(['price', 'owner_name', 'owner_name'], CONDO_FACTS)).toEqual([
			{
				rule: 'unknown-fact',
				quote: 'owner_name',
				message: 'is cited in facts_used and is no id of a fact',
			},
		]);
	});
});

describe('any text', () => {
	it('is checked without throwing', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
				expect(Array.isArray(findUngrounded(text, CONDO_FACTS))).toBe(true);
			}),
		);
	});

	it('may state the price in whatever way it is written, and no other', () => {
		fc.assert(
			fc.property(fc.integer({ min: 100_000, max: 90_000_000 }), (price) => {
				const sheet = factsOf({ price_amount: price, currency: 'PHP' });
				const writings = (amount: number) => [
					`₱${amount}`,
					`PHP ${amount.toLocaleString('en-US')}`,
					`${amount.toLocaleString('de-DE')} pesos`,
					`₱${(amount / 1e6).toFixed(6)}M`,
				];
				for (const text of writings(price)) {
					expect(findUngrounded(`The asking price is ${text}.`, sheet)).toEqual([]);
				}
				for (const text of writings(Math.round(price * 1.1))) {
					expect(rulesOf(`The asking price is ${text}.`, sheet)).toEqual(['unknown-number']);
				}
			}),
			{ numRuns: 200 },
		);
	});

	it.each([
		['digits', '1'.repeat(100_000)],
		['grouped digits', '1,'.repeat(50_000)],
		['spaced digits', '1 '.repeat(50_000)],
		['capitals', 'Manila Makati '.repeat(7_000)],
		['dots', 'a.'.repeat(50_000)],
		['at signs', 'a@'.repeat(50_000)],
		['angle brackets', '<a'.repeat(50_000)],
		['combining marks', 'e\u0301\u0316'.repeat(50_000)],
		['hyphens and digits', '1-(2)/'.repeat(17_000)],
		['emoji', '🏡'.repeat(25_000)],
	])('finishes on 100 kB of %s', (_name, text) => {
		expect(findUngrounded(text, CONDO_FACTS)).toEqual(expect.any(Array));
	});
});
