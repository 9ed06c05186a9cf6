import fc from 'fast-check';

import { toWholePoints } from '../../../../nodes/LeadScore/scoring/points';

describe('whole points', () => {
	it.each<[number[], number[], number]>([
		[[40, 30, 20, 10], [40, 30, 20, 10], 100],
		[[20, 15, 20, 3.5], [20, 15, 20, 4], 59],
		[[20.4, 15.4, 10.4, 5.4], [21, 16, 10, 5], 52],
		[[0.1, 0.1, 0.1, 0.1], [0, 0, 0, 0], 0],
		[[0.2, 0.2, 0.2, 0], [1, 0, 0, 0], 1],
		[[0.5, 0.5, 0.5, 0.5], [1, 1, 0, 0], 2],
		[[27.999999999999996, 0, 0, 0.6], [28, 0, 0, 1], 29],
		[[28.000000000000004, 0, 0, 0.4], [28, 0, 0, 0], 28],
	])('%j', (contributions, points, sum) => {
		expect(toWholePoints(contributions)).toEqual({ points, sum });
	});

	it('add up to the rounded sum, each a contribution rounded up or down', () => {
		const contribution = fc.double({ min: 0, max: 100, noNaN: true });
		fc.assert(
			fc.property(fc.array(contribution, { minLength: 1, maxLength: 8 }), (contributions) => {
				const { points, sum } = toWholePoints(contributions);
				expect(points.reduce((total, value) => total + value, 0)).toBe(sum);
				const exact = contributions.reduce((total, value) => total + value, 0);
				expect(Math.abs(sum - exact)).toBeLessThan(0.51);
				points.forEach((value, index) => {
					expect(Math.abs(value - contributions[index]!)).toBeLessThan(1 + 1e-5);
				});
			}),
		);
	});
});
