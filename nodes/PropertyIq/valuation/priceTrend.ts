import { median, theilSen } from './robustStatistics';

/** Least evidence for a trend: this many months, each with this many prices. */
const MIN_MONTHS = 5;
const MIN_PRICES_PER_MONTH = 3;
/** Below a quarter of a percent a month (3 % a year) a market is called stable. */
const STABLE_PERCENT = 0.25;
/** Two-sided 5 %: a steeper slope than stable must be more than chance. */
const SIGNIFICANT_Z = 1.96;

export const DAYS_PER_MONTH = 30.4375;

export interface Trend {
	/** Per cent a month, to a hundredth. */
	percentPerMonth: number;
	/** Months that had enough prices to count. */
	months: number;
	/** Prices in those months. */
	sampleSize: number;
	direction: 'rising' | 'falling' | 'stable';
}

/** The median of a month, by any running number of months. */
export interface MonthlyMedian {
	month: number;
	median: number;
	sampleSize: number;
}

/** Groups dated prices into months counted back from today: -1 is the month that ended last. */
export function monthlyMedians(
	prices: ReadonlyArray<{ amount: number; ageDays: number }>,
): MonthlyMedian[] {
	const months = new Map<number, number[]>();
	for (const { amount, ageDays } of prices) {
		const month = -Math.floor(ageDays / DAYS_PER_MONTH);
		const sameMonth = months.get(month);
		if (sameMonth) sameMonth.push(amount);
		else months.set(month, [amount]);
	}
	return [...months].map(([month, amounts]) => ({
		month,
		median: median(amounts),
		sampleSize: amounts.length,
	}));
}

/**
 * The robust slope of prices: Theil-Sen over the logarithms of monthly medians. Null where there
 * are too few months, or where the months contradict each other too much to tell (Mann-Kendall).
 * @see https://en.wikipedia.org/wiki/Mann%E2%80%93Kendall_trend_test
 */
export function priceTrend(medians: readonly MonthlyMedian[]): Trend | null {
	const months = medians.filter(({ sampleSize }) => sampleSize >= MIN_PRICES_PER_MONTH);
	if (months.length < MIN_MONTHS) return null;
	const { slope, z } = theilSen(
		months.map(({ month, median: price }) => ({ x: month, y: Math.log(price) })),
	);
	const percentPerMonth = Math.round(Math.expm1(slope) * 10_000) / 100;
	const isStable = Math.abs(percentPerMonth) < STABLE_PERCENT;
	if (!isStable && Math.abs(z) < SIGNIFICANT_Z) return null;
	return {
		percentPerMonth,
		months: months.length,
		sampleSize: months.reduce((sum, { sampleSize }) => sum + sampleSize, 0),
		direction: isStable ? 'stable' : percentPerMonth > 0 ? 'rising' : 'falling',
	};
}
