import type { Comparable } from '../../shared/contracts/comparable';
import type { EnrichmentComplete } from '../../shared/contracts/enrichmentComplete';
import type { EnrichProperty } from '../../shared/contracts/enrichProperty';
import { buildFactSheet } from '../narrative/factSheet';
import { type Narrative, writeNarrative, type NarrativeRequest } from '../narrative/writeNarrative';
import { estimateFromComparables } from '../valuation/estimateFromComparables';
import {
	analyzeNeighborhood,
	type Neighborhood,
	neighborhoodFromMarket,
} from '../valuation/neighborhood';
import { toCallback } from './callback';
import { otherCurrency } from './currency';
import { chooseEstimate, type Estimate, rentCastEstimate } from './estimate';
import type { Findings } from './findings';
import type { MarketData } from './marketData';
import { chooseNeighborhood } from './neighborhood';
import { toSubject } from './subject';
import { type QualityReport, validateEnrichment } from './validate';

export interface Enrichment {
	estimate: Estimate;
	neighborhood: Neighborhood;
	narrative: Narrative;
	quality: QualityReport;
	callback: EnrichmentComplete;
}

export interface EnrichmentInput {
	listing: EnrichProperty;
	comparables: Comparable[];
	market: MarketData;
	/** How the narrative is to be written, and by which model. */
	writing: Omit<NarrativeRequest, 'factSheet' | 'description'>;
	now: Date;
}

/** Puts an enrichment together from what is known: estimate, neighbourhood, narrative, quality. */
export async function enrichListing(input: EnrichmentInput): Promise<Enrichment> {
	const { listing, comparables, market, writing, now } = input;
	const subject = toSubject(listing);
	const estimate = chooseEstimate(
		market.value && rentCastEstimate(market.value),
		estimateFromComparables(subject, comparables, now),
	);
	const neighborhood = chooseNeighborhood(
		market.market && neighborhoodFromMarket(market.market, subject),
		analyzeNeighborhood(subject, comparables, now),
	);
	const narrative = await writeNarrative({
		...writing,
		factSheet: factsOf(listing, estimate, neighborhood),
		...(listing.description && { description: listing.description }),
	});
	return {
		estimate,
		neighborhood,
		narrative,
		quality: validateEnrichment(listing, estimate, neighborhood, narrative),
		callback: toCallback(listing.property_id, estimate, neighborhood, narrative.text, now),
	};
}

/**
 * The closed list of facts that a narrative about this listing may use. Figures in another currency
 * are left out: they would be written as if they were in the listing's.
 */
export function factsOf(
	listing: EnrichProperty,
	estimate: Findings['estimate'],
	neighborhood: Findings['neighborhood'],
) {
	return buildFactSheet({
		listing,
		...(estimate?.amount != null &&
			!otherCurrency(listing, estimate) && {
				valuation: {
					estimate: estimate.amount,
					rangeLow: estimate.rangeLow ?? estimate.amount,
					rangeHigh: estimate.rangeHigh ?? estimate.amount,
					source: estimate.source,
					comparablesUsed: estimate.comparablesUsed,
					confidenceLabel: estimate.confidence ?? 'low',
				},
			}),
		...(neighborhood?.average != null &&
			!otherCurrency(listing, neighborhood) && {
				neighborhood: {
					average: neighborhood.average,
					median: neighborhood.median,
					sampleSize: neighborhood.sampleSize,
					percentPerMonth: neighborhood.trend?.percentPerMonth ?? null,
					scope: neighborhood.scope,
				},
			}),
	});
}
