import { neighborhoodFromMarket } from '../../../../nodes/PropertyIq/valuation/neighborhoodFromMarket';

/** RentCast's sample of ZIP 29611, with groups. */
const MARKET = {
	zipCode: '29611',
	saleData: {
		averagePrice: 291_933,
		medianPrice: 276_990,
		medianPricePerSquareFoot: 178,
		totalListings: 265,
		dataByPropertyType: [
			{ propertyType: 'Land', averagePrice: 235_056, medianPrice: 90_000, totalListings: 32 },
			{ propertyType: 'Apartment', averagePrice: 1, medianPrice: 1, totalListings: 9 },
			{ propertyType: 'Condo', averagePrice: 180_000, medianPrice: 175_000, totalListings: 5 },
			{ propertyType: 'Townhouse', averagePrice: 1, medianPrice: 1, totalListings: 4 },
			null,
		],
		dataByBedrooms: [
			{ bedrooms: 1, averagePrice: 150_000, medianPrice: 149_000, totalListings: 6 },
			{ bedrooms: 3, averagePrice: 300_000, medianPrice: 290_000, totalListings: 120 },
			{ bedrooms: 7, averagePrice: 900_000, medianPrice: 900_000, totalListings: 2 },
		],
	},
};

describe("the neighbourhood by RentCast's statistics", () => {
	it.each([
		['type', { propertyType: 'Condo', beds: 3 }, 'ZIP 29611, Condo', 5, 180_000, 'average'],
		['type in our words', { propertyType: 'lot' }, 'ZIP 29611, lot', 32, 235_056, 'median'],
		[
			'bedrooms, the type being thin',
			{ propertyType: 'Townhouse', beds: 3 },
			'ZIP 29611, 3 bedrooms',
			120,
			300_000,
			'average',
		],
		['one bedroom', { beds: 1 }, 'ZIP 29611, 1 bedroom', 6, 150_000, 'average'],
		[
			'everything, both being thin',
			{ propertyType: 'Townhouse', beds: 7 },
			'ZIP 29611',
			265,
			291_933,
			'median',
		],
		['everything, nothing being asked', {}, 'ZIP 29611', 265, 291_933, 'median'],
	])('goes by %s', (_name, wanted, scope, sampleSize, average, statistic) => {
		expect(neighborhoodFromMarket(MARKET, wanted)).toMatchObject({
			scope,
			sampleSize,
			average,
			statistic,
			source: 'rentcast',
		});
	});

	it('turns dollars per square foot into dollars per square metre', () => {
		// 178 * 10.7639 = 1915.97.
		expect(neighborhoodFromMarket(MARKET).medianPricePerSqm).toBe(1916);
		expect(neighborhoodFromMarket(MARKET, { beds: 3 }).medianPricePerSqm).toBeNull();
	});

	it.each([
		['no sales', { zipCode: '29611' }],
		['sales of null', { zipCode: '29611', saleData: null }],
		['no listing', { zipCode: '29611', saleData: { averagePrice: 1, totalListings: 0 } }],
		['no price', { zipCode: '29611', saleData: { totalListings: 9, medianPrice: null } }],
	])('is nothing for an answer with %s', (_name, market) => {
		expect(neighborhoodFromMarket(market)).toMatchObject({ average: null, source: 'none' });
	});

	describe('its trend', () => {
		const month = (median: number, condo?: number) => ({
			medianPrice: median,
			totalListings: 200,
			...(condo && {
				dataByPropertyType: [{ propertyType: 'Condo', medianPrice: condo, totalListings: 8 }],
			}),
		});
		const history = {
			'2026-11': month(106, 94),
			'2025-12': month(95, 105),
			'2026-06': month(101, 99),
			'2026-07': null,
			'2026-08': month(103, 97),
			'2026-09': month(104, 96),
			'2026-10': { medianPrice: null, totalListings: 0 },
			'not a month': month(9999, 9999),
		};
		const market = { ...MARKET, saleData: { ...MARKET.saleData, history } };

		it('follows the months by name, over gaps and out of order', () => {
			const { trend, period } = neighborhoodFromMarket(market);
			// Of the ten slopes the middle two, computed apart from our code, make 0.98 % a month.
			expect(trend).toEqual({
				percentPerMonth: 0.98,
				months: 5,
				sampleSize: 1000,
				direction: 'rising',
			});
			expect(period).toEqual({ from: '2025-12', to: '2026-11' });
		});

		it('is that of the group the prices are of', () => {
			expect(neighborhoodFromMarket(market, { propertyType: 'Condo' }).trend).toMatchObject({
				direction: 'falling',
				sampleSize: 40,
			});
		});

		it('is not borrowed from another group', () => {
			expect(neighborhoodFromMarket(market, { beds: 3 })).toMatchObject({
				trend: null,
				period: null,
			});
		});
	});
});
