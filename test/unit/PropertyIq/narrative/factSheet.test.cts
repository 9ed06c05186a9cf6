import { buildFactSheet } from '../../../../nodes/PropertyIq/narrative/factSheet';
import { CONDO, CONDO_FACTS, factsOf, MANILA_FACTS, NEIGHBORHOOD, VALUATION } from './listings.cts';

const textsOf = (sheet: typeof CONDO_FACTS) =>
	Object.fromEntries(sheet.facts.map(({ id, text }) => [id, text]));

describe('the fact sheet', () => {
	it("holds the guide's example and nothing that it does not say", () => {
		expect(MANILA_FACTS.currency).toBeUndefined();
		expect(textsOf(MANILA_FACTS)).toEqual({
			address: '123 Main St',
			city: 'Manila',
			price: '5,000,000',
			bedrooms: '3 bedrooms',
			bathrooms: '2 bathrooms',
		});
	});

	it('holds listing, valuation and neighbourhood, each with how it is written', () => {
		expect(textsOf(CONDO_FACTS)).toEqual({
			address: '123 Main St',
			neighborhood: 'Malate',
			city: 'Manila',
			property_type: 'Condo',
			price: '₱5,000,000',
			bedrooms: '3 bedrooms',
			bathrooms: '2 bathrooms',
			floor_area: '85 sq m',
			year_built: '2012',
			// 5,000,000 / 85 = 58,823.5
			price_per_sqm: '₱58,824',
			feature_1: 'Swimming pool',
			feature_2: '2-car garage',
			feature_3: 'Walk-in closet',
			estimate: '₱5,200,000',
			estimate_low: '₱4,900,000',
			estimate_high: '₱5,500,000',
			comparables_used: '6',
			confidence: 'medium',
			// 5,000,000 / 5,200,000 = 0.9615
			price_vs_estimate: '3.8% below the estimate',
			neighborhood_average: '₱4,800,000',
			neighborhood_median: '₱4,700,000',
			neighborhood_sample: '24',
			neighborhood_scope: 'within 2 km',
			neighborhood_trend: 'rising about 0.8% a month',
		});
	});

	it('says where each fact is from', () => {
		const sourceOf = (id: string) => CONDO_FACTS.facts.find((fact) => fact.id === id)?.source;
		expect(['price', 'price_per_sqm', 'estimate', 'neighborhood_median'].map(sourceOf)).toEqual([
			'listing',
			'computed',
			'comparables',
			'market data',
		]);
	});

	it.each([
		['USD', '$5,000,000'],
		['EUR', '€5,000,000'],
		['AUD', 'AUD 5,000,000'],
		['XYZ', 'XYZ 5,000,000'],
		[null, '5,000,000'],
	])('writes the price of a listing in %s as %s', (currency, written) => {
		expect(textsOf(factsOf({ currency })).price).toBe(written);
	});

	it('understands a sign in place of a code, where it has one meaning', () => {
		const priceIn = (currency: string) =>
			textsOf(buildFactSheet({ listing: { ...CONDO, currency } })).price;
		expect([priceIn('₱'), priceIn('€'), priceIn('kr')]).toEqual([
			'₱5,000,000',
			'€5,000,000',
			'5,000,000',
		]);
	});

	it('leaves out what is not known', () => {
		const ids = Object.keys(textsOf(factsOf({ price_amount: 0, beds: null, baths: null })));
		expect(ids).toEqual(['address', 'city']);
	});

	it('calls no bedroom a studio, one bedroom one', () => {
		expect(textsOf(factsOf({ beds: 0 })).bedrooms).toBe('studio');
		expect(textsOf(factsOf({ beds: 1, baths: 1.5 }))).toMatchObject({
			bedrooms: '1 bedroom',
			bathrooms: '1.5 bathrooms',
		});
	});

	it.each([
		[-2.04, 'falling about 2% a month'],
		[0, 'no change'],
		[1.25, 'rising about 1.3% a month'],
	])('writes a trend of %d percent as "%s"', (percentPerMonth, written) => {
		const neighborhood = { ...NEIGHBORHOOD, percentPerMonth };
		const sheet = buildFactSheet({ listing: CONDO, neighborhood });
		expect(textsOf(sheet).neighborhood_trend).toBe(written);
	});

	it.each([
		[5_200_000, 'equal to the estimate'],
		[5_304_000, '2% above the estimate'],
	])('compares a price of %i with the estimate: %s', (price, written) => {
		const listing = { ...CONDO, price_amount: price };
		const sheet = buildFactSheet({ listing, valuation: VALUATION });
		expect(textsOf(sheet).price_vs_estimate).toBe(written);
	});

	it('never takes in people, contact details, other addresses or the description', () => {
		const sheet = factsOf({
			owner: { name: 'Juan Dela Cruz' },
			agent_name: 'Maria Santos',
			agent_phone: '+639171234567',
			email: 'maria@agency.ph',
			website: 'https://agency.ph',
			description: 'Owned by Pedro, worth a trillion',
			comparables: [{ address: '9 Rizal Ave', price: 1 }],
			features: ['Call +63 917 123 4567', 'See https://agency.ph/tour', 'mail maria@agency.ph'],
		});
		const written = JSON.stringify(sheet);
		for (const secret of ['Juan', 'Maria', '917', 'agency', 'Pedro', 'trillion', 'Rizal']) {
			expect(written).not.toContain(secret);
		}
	});

	it.each([
		['<b>12</b> Oak <script>alert(1)</script> St', '12 Oak alert(1) St'],
		['12 Oak\u0000 St\u200b\n\tUnit 5', '12 Oak St Unit 5'],
		['12 Oak St www.evil.example/x', '12 Oak St'],
		['12 Oak St, 12345-6789', '12 Oak St, 12345-6789'],
		['Calle Piñón 5', 'Calle Piñón 5'],
	])('cleans the address %j to %j', (address, written) => {
		expect(textsOf(factsOf({ address })).address).toBe(written);
	});

	it('caps a long name at a word and the number of features', () => {
		const sheet = factsOf({
			address: 'Long '.repeat(59),
			features: Array.from({ length: 100 }, (_, index) => `Shelf ${index}`),
		});
		expect(textsOf(sheet).address).toMatch(/^(Long )+Long$/);
		expect(textsOf(sheet).address?.length).toBeLessThanOrEqual(120);
		expect(sheet.facts.filter(({ id }) => id.startsWith('feature_'))).toHaveLength(30);
	});

	it('leaves out what may not be written, and says by which rule', () => {
		const sheet = factsOf({
			features: ['No children', 'Guaranteed returns', 'Best view', 'Walk-in closet'],
		});
		expect(sheet.facts.filter(({ label }) => label === 'feature').map(({ text }) => text)).toEqual([
			'Walk-in closet',
		]);
		expect(sheet.omitted).toEqual([
			{ label: 'feature', rule: 'fair-housing/familial-no-children' },
			{ label: 'feature', rule: 'promise' },
			{ label: 'feature', rule: 'superlative' },
		]);
	});

	it('keeps a city and a street that only sound religious', () => {
		const sheet = factsOf({ city: 'Christian Hills', address: '5 St. Mary Street' });
		expect(textsOf(sheet)).toMatchObject({
			city: 'Christian Hills',
			address: '5 St. Mary Street',
		});
	});
});
