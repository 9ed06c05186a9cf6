import fc from 'fast-check';

import { analyzeNeighborhood } from '../../../../nodes/PropertyIq/valuation/neighborhood';
import { anyMarket, daysAgo, like, SUBJECT, TODAY } from './market.cts';

describe('the neighbourhood by comparables', () => {
	it('is worked by hand', () => {
		const market = [
			like('a', 4_000_000, { date: '2026-03-02' }),
			like('b', 5_000_000, { areaSqm: 80, date: '2026-10-30' }),
			like('c', 5_400_000, { areaSqm: undefined }),
			like('d', 5_000_001, { areaSqm: 125 }),
		];
		expect(analyzeNeighborhood({ city: 'Manila', neighborhood: 'Malate' }, market, TODAY)).toEqual({
			average: 4_850_000,
			median: 5_000_001,
			statistic: 'average',
			sampleSize: 4,
			// 40,000, 62,500 and 40,000.008.
			medianPricePerSqm: 40_000,
			trend: null,
			period: { from: '2026-03', to: '2026-10' },
			source: 'comparables',
			scope: 'same neighbourhood',
		});
	});

	it('goes by the median where one mansion draws the average away', () => {
		const market = [1, 1, 1, 1, 9].map((price, i) => like(`c${i}`, price * 1_000_000));
		expect(analyzeNeighborhood(SUBJECT, market, TODAY)).toMatchObject({
			average: 2_600_000,
			median: 1_000_000,
			statistic: 'median',
		});
	});

	it('says nothing from two prices', () => {
		const market = [like('a', 1_000_000), like('b', 2_000_000), like('c', 0)];
		expect(analyzeNeighborhood(SUBJECT, market, TODAY)).toEqual({
			average: null,
			median: null,
			statistic: null,
			sampleSize: 2,
			medianPricePerSqm: null,
			trend: null,
			period: null,
			source: 'none',
			scope: 'same neighbourhood',
		});
	});

	it('says so where there is nothing', () => {
		expect(analyzeNeighborhood({}, [], TODAY)).toMatchObject({
			sampleSize: 0,
			source: 'none',
			scope: 'nothing comparable nearby',
		});
	});

	it('does not count the property itself, nor another type', () => {
		const market = [
			like('me', 9_000_000),
			like('house', 9_000_000, { propertyType: 'house' }),
			...['a', 'b', 'c'].map((id) => like(id, 1_000_000, { propertyType: 'condo' })),
		];
		const subject = { ...SUBJECT, id: 'me', propertyType: 'Condominium' };
		expect(analyzeNeighborhood(subject, market, TODAY)).toMatchObject({
			average: 1_000_000,
			sampleSize: 3,
		});
	});

	it('sees a market that rises by 1 % a month', () => {
		const market = Array.from({ length: 36 }, (_, i) => {
			const month = i % 12;
			return like(`c${i}`, 1_000_000 * 1.01 ** -month, { date: daysAgo(month * 30.4375 + 5) });
		});
		expect(analyzeNeighborhood(SUBJECT, market, TODAY).trend).toEqual({
			percentPerMonth: 1,
			months: 12,
			sampleSize: 36,
			direction: 'rising',
		});
	});

	it('averages lie within the prices and do not depend on their order', () => {
		fc.assert(
			fc.property(anyMarket, (market) => {
				const found = analyzeNeighborhood(SUBJECT, market, TODAY);
				const prices = market.map(({ price }) => price);
				expect(analyzeNeighborhood(SUBJECT, [...market].reverse(), TODAY)).toEqual(found);
				for (const figure of [found.average, found.median]) {
					if (figure === null) continue;
					expect(figure).toBeGreaterThanOrEqual(Math.min(...prices));
					expect(figure).toBeLessThanOrEqual(Math.max(...prices));
				}
			}),
		);
	});
});
