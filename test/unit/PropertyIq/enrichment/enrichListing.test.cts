import { chooseEstimate, rentCastEstimate } from '../../../../nodes/PropertyIq/enrichment/estimate';
import { enrichListing, factsOf } from '../../../../nodes/PropertyIq/enrichment/enrichListing';
import { findings } from '../../../../nodes/PropertyIq/enrichment/findings';
import { noMarketData } from '../../../../nodes/PropertyIq/enrichment/marketData';
import { chooseNeighborhood } from '../../../../nodes/PropertyIq/enrichment/neighborhood';
import { estimateFromComparables } from '../../../../nodes/PropertyIq/valuation/estimateFromComparables';
import type { MarketValue } from '../../../../nodes/shared/vendors/rentCast';
import { ESTIMATE, LISTING, NEIGHBORHOOD } from './samples.cts';

const NOW = new Date('2026-11-22T10:00:00Z');
const FROM_RENT_CAST = { ...ESTIMATE, source: 'rentcast' as const };
const NOTHING = estimateFromComparables({ areaSqm: 80 }, [], NOW);

const VALUE: MarketValue = {
	price: 200_000.4,
	rangeLow: 180_000,
	rangeHigh: 220_000,
	currency: 'USD',
	comparables: [],
};

const COMPARABLES = [90, 100, 110, 100].map((thousand, index) => ({
	id: `c${index}`,
	price: thousand * 1000,
	priceBasis: 'listed' as const,
	areaSqm: 84,
	city: 'Taguig',
}));

describe('choosing between sources', () => {
	it("prefers RentCast's estimate, then the comparables', then says there is none", () => {
		expect(chooseEstimate(FROM_RENT_CAST, NOTHING)).toBe(FROM_RENT_CAST);
		const worked = estimateFromComparables({ areaSqm: 84, city: 'Taguig' }, COMPARABLES, NOW);
		expect(chooseEstimate(undefined, worked)).toMatchObject({ source: 'comparables' });
		expect(chooseEstimate(undefined, NOTHING)).toMatchObject({
			amount: null,
			source: 'insufficient_data',
			explanation: expect.stringMatching(/\w/),
		});
	});

	it('does not keep an earlier estimate that came from comparables', () => {
		expect(chooseEstimate(ESTIMATE, NOTHING).source).toBe('insufficient_data');
	});

	it("prefers RentCast's figures of the area where it has some", () => {
		const market = { ...NEIGHBORHOOD, source: 'rentcast' as const };
		expect(chooseNeighborhood(market, NEIGHBORHOOD)).toBe(market);
		const empty = { ...NEIGHBORHOOD, average: null, source: 'none' as const };
		expect(chooseNeighborhood(empty, NEIGHBORHOOD)).toBe(NEIGHBORHOOD);
		expect(chooseNeighborhood(undefined, NEIGHBORHOOD)).toBe(NEIGHBORHOOD);
	});

	// Width over price: 40,000 / 200,000 and so on.
	it.each([
		[180_000, 220_000, 'high'],
		[170_000, 230_000, 'medium'],
		[160_000, 240_000, 'medium'],
		[150_000, 250_000, 'low'],
	])("calls RentCast's range from %i to %i %s confidence", (rangeLow, rangeHigh, confidence) => {
		const value = { ...VALUE, price: 200_000, rangeLow, rangeHigh };
		expect(rentCastEstimate(value)).toMatchObject({ amount: 200_000, confidence });
	});

	it("rounds RentCast's amounts, because the platform's columns hold whole numbers", () => {
		expect(rentCastEstimate(VALUE).amount).toBe(200_000);
	});
});

describe('an enrichment', () => {
	it('goes by the comparables where the market of the ZIP code has no prices', async () => {
		const enrichment = await enrichListing({
			listing: { ...LISTING, city: 'Taguig' },
			comparables: COMPARABLES,
			market: {
				...noMarketData('Asked.'),
				asked: true,
				market: { zipCode: '78299', saleData: undefined },
			},
			writing: {},
			now: NOW,
		});
		expect(enrichment.neighborhood).toMatchObject({ source: 'comparables', average: 100_000 });
		expect(enrichment.callback.neighborhood_avg).toBe(100_000);
	});

	it('has no facts in a currency that is not the listing’s', () => {
		const ids = (currency: string) =>
			factsOf({ ...LISTING, currency }, FROM_RENT_CAST, { ...NEIGHBORHOOD, source: 'rentcast' })
				.facts.map(({ id }) => id)
				.filter((id) => /^(estimate|neighborhood_(average|median)|price_vs)/.test(id));
		expect(ids('PHP')).toEqual([]);
		expect(ids('USD')).toEqual(
			expect.arrayContaining(['estimate', 'neighborhood_average', 'price_vs_estimate']),
		);
	});
});

describe('findings of earlier steps', () => {
	it('are read where they are whole', () => {
		const read = findings.parse({ estimate: ESTIMATE, neighborhood: NEIGHBORHOOD, other: 1 });
		expect(read).toMatchObject({ estimate: { amount: 10_500_000 }, neighborhood: NEIGHBORHOOD });
	});

	it.each<[string, object]>([
		['a district', { neighborhood: 'Bonifacio Global City' }],
		["the platform's columns", { estimate: 5_200_000, narrative: '' }],
		['columns without a value', { estimate: null, neighborhood: null, narrative: null }],
	])('are not mixed up with %s of the listing', (_name, item) => {
		expect(findings.parse(item)).toEqual({});
	});

	it('are refused where they are broken, by the field', () => {
		const broken = findings.safeParse({ estimate: { ...ESTIMATE, amount: 'much' } });
		expect(broken.error?.issues.map(({ path }) => path.join('.'))).toEqual(['estimate.amount']);
	});
});
