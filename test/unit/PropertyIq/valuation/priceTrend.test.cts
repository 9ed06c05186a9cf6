import { monthlyMedians, priceTrend } from '../../../../nodes/PropertyIq/valuation/priceTrend';
import { timeIndex } from '../../../../nodes/PropertyIq/valuation/timeIndex';

const MONTH = 30.4375;

const history = (medians: number[], sampleSize = 10) =>
	medians.map((median, month) => ({ month, median, sampleSize }));

/** Five prices in each of some months, changing by a factor from month to month. */
const market = (months: number, factor: number) =>
	Array.from({ length: months * 5 }, (_, i) => {
		const age = Math.floor(i / 5);
		return { pricePerSqm: 1000 * factor ** -age, ageDays: age * MONTH + 3 };
	});

describe('the trend of prices', () => {
	it.each<[string, number[], number, string]>([
		['1 % up a month', [100, 101, 102.01, 103.0301, 104.060401], 1, 'rising'],
		['1 % down a month', [104.060401, 103.0301, 102.01, 101, 100], -1, 'falling'],
		['flat', [100, 100, 100, 100, 100], 0, 'stable'],
		['0.2 % a month', [100, 100.2, 100.4, 100.6, 100.8], 0.2, 'stable'],
		['rising but for one wild month', [100, 101, 300, 103, 104, 105, 106, 107, 108], 1, 'rising'],
	])('reads %s', (_name, medians, percentPerMonth, direction) => {
		const trend = priceTrend(history(medians));
		expect(trend).toMatchObject({ direction, months: medians.length });
		expect(trend?.percentPerMonth).toBeCloseTo(percentPerMonth, 1);
		expect(trend?.sampleSize).toBe(10 * medians.length);
	});

	it('measures time by the months, not by the entries: a gap of a year is no step', () => {
		const medians = [0, 1, 2, 14, 15].map((month) => ({
			month,
			median: 100 * 1.01 ** month,
			sampleSize: 9,
		}));
		expect(priceTrend(medians)?.percentPerMonth).toBe(1);
	});

	it.each([
		['four months', history([100, 101, 102, 103])],
		['five months of two prices each', history([100, 101, 102, 103, 104], 2)],
		['months that contradict each other', history([100, 120, 95, 130, 99, 125])],
		['nothing', []],
	])('is not told from %s', (_name, medians) => {
		expect(priceTrend(medians)).toBeNull();
	});

	it('groups prices by months counted back from today', () => {
		const prices = [
			{ amount: 1, ageDays: 0 },
			{ amount: 3, ageDays: 30 },
			{ amount: 9, ageDays: 31 },
		];
		expect(monthlyMedians(prices)).toEqual([
			{ month: 0, median: 2, sampleSize: 2 },
			{ month: -1, median: 9, sampleSize: 1 },
		]);
	});
});

describe('the time index', () => {
	it('brings a price of six months ago up by 1.01^6 where prices rise by 1 % a month', () => {
		// 1.01^6 = 1.061520.
		expect(timeIndex(market(12, 1.01))(6 * MONTH)).toBeCloseTo(1.06152, 4);
	});

	it('brings it down where prices fall', () => {
		expect(timeIndex(market(12, 0.99))(6 * MONTH)).toBeCloseTo(0.99 ** 6, 4);
	});

	it('leaves prices of today, and of unknown age, as they are', () => {
		const factor = timeIndex(market(12, 1.01));
		expect(factor(0)).toBe(1);
		expect(factor(undefined)).toBe(1);
	});

	it('never moves a price by more than a quarter (logarithm)', () => {
		expect(timeIndex(market(12, 1.1))(360)).toBeCloseTo(Math.exp(0.25), 10);
	});

	it.each([
		['too few months', market(4, 1.05)],
		['a stable market', market(12, 1.001)],
		['no prices', []],
		['prices of long ago', market(12, 1.02).map((p) => ({ ...p, ageDays: p.ageDays + 800 }))],
	])('does nothing on %s', (_name, prices) => {
		expect(timeIndex(prices)(300)).toBe(1);
	});
});
