import type { ESTIMATE_SOURCES } from '../../shared/contracts/enrichmentComplete';
import type { MarketValue } from '../../shared/vendors/rentCast';
import type { ComparablesEstimate } from '../valuation/estimateFromComparables';

export type EstimateSource = (typeof ESTIMATE_SOURCES)[number];

/** The estimate of an enrichment, whichever way it came. `amount` is null where there is none. */
export interface Estimate {
	amount: number | null;
	rangeLow: number | null;
	rangeHigh: number | null;
	confidence: 'high' | 'medium' | 'low' | null;
	source: EstimateSource;
	/** How it came about, or why there is none, in a sentence. */
	explanation: string;
	comparablesUsed: number;
	/** The working of the comparables estimator, with each comparable's weight. */
	comparables?: ComparablesEstimate;
}

/** RentCast's range is its 85 % band; its width relative to the price says how sure it is. */
const NARROW_RANGE = 0.2;
const WIDE_RANGE = 0.4;

/** RentCast's estimate where there is one, else the comparables', else a plain "no estimate". */
export function chooseEstimate(
	earlier: Estimate | undefined,
	fromComparables: ComparablesEstimate,
): Estimate {
	if (earlier?.source === 'rentcast') return earlier;
	if (fromComparables.status === 'estimated') {
		const { estimate, rangeLow, rangeHigh, confidence, comparablesUsed } = fromComparables;
		return {
			amount: estimate,
			rangeLow,
			rangeHigh,
			confidence: confidence.label,
			source: 'comparables',
			explanation: `Estimated from ${comparablesUsed.length} comparables.`,
			comparablesUsed: comparablesUsed.length,
			comparables: fromComparables,
		};
	}
	return {
		amount: null,
		rangeLow: null,
		rangeHigh: null,
		confidence: null,
		source: 'insufficient_data',
		explanation: fromComparables.message,
		comparablesUsed: 0,
		comparables: fromComparables,
	};
}

/** RentCast's value as an estimate. */
export function rentCastEstimate(value: MarketValue): Estimate {
	const width = (value.rangeHigh - value.rangeLow) / value.price;
	return {
		amount: Math.round(value.price),
		rangeLow: Math.round(value.rangeLow),
		rangeHigh: Math.round(value.rangeHigh),
		confidence: width <= NARROW_RANGE ? 'high' : width <= WIDE_RANGE ? 'medium' : 'low',
		source: 'rentcast',
		explanation: `RentCast values it from ${value.comparables.length} comparables.`,
		comparablesUsed: value.comparables.length,
	};
}
