import { DAYS_PER_MONTH, monthlyMedians, priceTrend } from './priceTrend';

/** How far back prices still tell how the market moves now. */
const MAX_AGE_DAYS = 730;
/** No market is taken to have moved by more than this (logarithm) within the year compared. */
const MAX_LOG_CHANGE = 0.25;

export interface DatedPrice {
	pricePerSqm: number;
	ageDays: number;
}

/**
 * Builds an index of prices per square metre from their monthly medians, smoothed to a robust
 * line: single months are too noisy to adjust by. The function returned gives the factor that
 * brings a price of some age to today's market. It is 1 where the age is unknown or the market
 * shows no clear movement.
 */
export function timeIndex(prices: readonly DatedPrice[]): (ageDays: number | undefined) => number {
	const recent = prices.filter(({ ageDays }) => ageDays <= MAX_AGE_DAYS);
	const trend = priceTrend(
		monthlyMedians(recent.map(({ pricePerSqm, ageDays }) => ({ amount: pricePerSqm, ageDays }))),
	);
	if (!trend || trend.direction === 'stable') return () => 1;
	const logPerDay = Math.log1p(trend.percentPerMonth / 100) / DAYS_PER_MONTH;
	return (ageDays = 0) =>
		Math.exp(Math.max(-MAX_LOG_CHANGE, Math.min(MAX_LOG_CHANGE, logPerDay * ageDays)));
}
