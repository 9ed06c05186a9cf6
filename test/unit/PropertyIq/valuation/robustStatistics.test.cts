import {
	median,
	robustSigma,
	theilSen,
	weightedMoments,
} from '../../../../nodes/PropertyIq/valuation/robustStatistics';

describe('robust statistics', () => {
	it.each([
		[[3], 3],
		[[5, 1, 3], 3],
		[[4, 1, 3, 2], 2.5],
		[[10, 9, 100], 10],
	])('the median of %p is %p', (values, expected) => {
		expect(median(values)).toBe(expected);
	});

	it('the median of nothing is not a number', () => {
		expect(median([])).toBeNaN();
	});

	it('the median leaves its input as it was', () => {
		const values = [3, 1, 2];
		median(values);
		expect(values).toEqual([3, 1, 2]);
	});

	it('robust sigma is 1.4826 times the median deviation, whatever the outlier', () => {
		// Deviations from 3 are 2, 1, 0, 1 and 97 or 997; their median is 1.
		expect(robustSigma([1, 2, 3, 4, 100])).toBeCloseTo(1.4826, 10);
		expect(robustSigma([1, 2, 3, 4, 1000])).toBeCloseTo(1.4826, 10);
	});

	it('equal weights give the mean and the sample deviation', () => {
		const { mean, sigma } = weightedMoments([2, 4, 9], [1 / 3, 1 / 3, 1 / 3]);
		expect(mean).toBeCloseTo(5, 10);
		// (9 + 1 + 16) / 2 = 13.
		expect(sigma).toBeCloseTo(Math.sqrt(13), 10);
	});

	it('a weight of nearly all does not pass for agreement', () => {
		// Mean 0.1; (0.9 * 0.01 + 0.1 * 0.81) / (1 - 0.82) = 0.5.
		expect(weightedMoments([0, 1], [0.9, 0.1]).sigma).toBeCloseTo(Math.sqrt(0.5), 10);
		expect(weightedMoments([7, 8], [1, 0])).toEqual({ mean: 7, sigma: 0 });
	});

	it('the Theil-Sen line ignores one wild point', () => {
		const points = [0, 1, 2, 3, 4, 5].map((x) => ({ x, y: x === 4 ? 900 : 10 + 2 * x }));
		expect(theilSen(points).slope).toBe(2);
	});

	it('scores five points in order as Mann and Kendall do', () => {
		// S = 10 and var = 5 * 4 * 15 / 18 = 16.667, so z = (10 - 1) / 4.0825.
		const points = [1, 2, 4, 8, 16].map((y, x) => ({ x, y }));
		expect(theilSen(points).z).toBeCloseTo(2.2045, 4);
		expect(theilSen(points.map(({ x, y }) => ({ x, y: -y }))).z).toBeCloseTo(-2.2045, 4);
	});
});
