import type { Estimate } from '../../../../nodes/PropertyIq/enrichment/estimate';
import type { NarrativeQuality } from '../../../../nodes/PropertyIq/enrichment/validate';
import type { Neighborhood } from '../../../../nodes/PropertyIq/valuation/neighborhood';
import type { EnrichProperty } from '../../../../nodes/shared/contracts/enrichProperty';

/** A listing with which nothing is wrong. */
export const LISTING: EnrichProperty = {
	property_id: 'p-1',
	company_id: 'c-1',
	address: 'Unit 12C, 26th Street',
	city: 'Taguig',
	country: 'Philippines',
	currency: 'PHP',
	price_amount: 10_000_000,
	beds: 2,
	baths: 2,
	floor_area_sqm: 84,
};

export const ESTIMATE: Estimate = {
	amount: 10_500_000,
	rangeLow: 9_900_000,
	rangeHigh: 11_100_000,
	confidence: 'high',
	source: 'comparables',
	explanation: 'Estimated from 8 comparables.',
	comparablesUsed: 8,
};

export const NEIGHBORHOOD: Neighborhood = {
	average: 9_800_000,
	median: 9_700_000,
	statistic: 'average',
	sampleSize: 12,
	medianPricePerSqm: 120_000,
	trend: null,
	period: null,
	source: 'comparables',
	scope: 'Taguig',
};

export const NARRATIVE: NarrativeQuality = { source: 'ai', review: [] };
