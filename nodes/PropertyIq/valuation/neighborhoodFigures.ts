import type { Trend } from './priceTrend';

/** An average this far from the median is drawn by a few extreme prices. */
const SKEWED = 0.15;

/** What prices are like around a property. */
export type Neighborhood = {
	/** Whole units of the currency of the prices, as are all amounts here. */
	average: number | null;
	median: number | null;
	/** The better of the two to go by: the median where extreme prices draw the average away. */
	statistic: 'average' | 'median' | null;
	sampleSize: number;
	medianPricePerSqm: number | null;
	trend: Trend | null;
	/** First and last month of the prices, `YYYY-MM`; null where none is dated. */
	period: { from: string; to: string } | null;
	source: 'comparables' | 'rentcast' | 'none';
	/** What the prices are of: `within 3.2 km`, `same neighbourhood`, `ZIP 29611, Condo`. */
	scope: string;
};

/** A neighbourhood of which nothing can be said, and why. */
export function noNeighborhood(scope: string, sampleSize: number): Neighborhood {
	return {
		average: null,
		median: null,
		statistic: null,
		sampleSize,
		medianPricePerSqm: null,
		trend: null,
		period: null,
		source: 'none',
		scope,
	};
}

/** Whether a skew in the prices makes their median the figure to go by. */
export function clearerStatistic(average: number, middle: number): 'average' | 'median' {
	return Math.abs(average / middle - 1) > SKEWED ? 'median' : 'average';
}
