import type { Comparable } from '../../shared/contracts/comparable';
import { type Candidate, findCandidates } from './candidates';
import { clearerStatistic, type Neighborhood, noNeighborhood } from './neighborhoodFigures';
import { monthlyMedians, priceTrend } from './priceTrend';
import { mean, median } from './robustStatistics';
import { extentOf, searchArea } from './searchArea';
import type { Subject } from './subject';

export type { Neighborhood } from './neighborhoodFigures';
export { type MarketStatistics, neighborhoodFromMarket } from './neighborhoodFromMarket';

/** Fewer prices than this are single cases, not a neighbourhood. */
const MIN_SAMPLE = 3;

/** Prices around a property, from comparables of the last year; it needs no floor area. */
export function analyzeNeighborhood(
	subject: Subject,
	comparables: readonly Comparable[],
	asOf: Date,
): Neighborhood {
	const members = searchArea(findCandidates(subject, comparables, asOf).candidates).kept;
	const { scope } = extentOf(members);
	if (members.length < MIN_SAMPLE) return noNeighborhood(scope, members.length);
	const prices = members.map(({ comparable }) => comparable.price);
	const perSqm = members.flatMap(({ comparable, areaSqm, ageDays }) =>
		areaSqm === undefined ? [] : [{ amount: comparable.price / areaSqm, ageDays }],
	);
	const dated = perSqm.flatMap(({ amount, ageDays }) =>
		ageDays === undefined ? [] : [{ amount, ageDays }],
	);
	const [average, middle] = [mean(prices), median(prices)];
	return {
		average: Math.round(average),
		median: Math.round(middle),
		statistic: clearerStatistic(average, middle),
		sampleSize: members.length,
		medianPricePerSqm:
			perSqm.length < MIN_SAMPLE ? null : Math.round(median(perSqm.map(({ amount }) => amount))),
		trend: priceTrend(monthlyMedians(dated)),
		period: periodOf(members),
		source: 'comparables',
		scope,
	};
}

function periodOf(members: readonly Candidate[]) {
	const months = members
		.filter(({ ageDays }) => ageDays !== undefined)
		.map(({ comparable }) => (comparable.date ?? '').slice(0, 7))
		.sort();
	const [from, to] = [months[0], months.at(-1)];
	return from && to ? { from, to } : null;
}
