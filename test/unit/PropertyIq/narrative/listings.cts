import {
	buildFactSheet,
	type NeighborhoodSummary,
	type ValuationSummary,
} from '../../../../nodes/PropertyIq/narrative/factSheet';
import {
	enrichProperty,
	type EnrichProperty,
} from '../../../../nodes/shared/contracts/enrichProperty';

/** The guide's own example: no currency, no area, no estimate. */
export const MANILA: EnrichProperty = {
	property_id: 'p-1',
	company_id: 'c-1',
	address: '123 Main St',
	city: 'Manila',
	price_amount: 5_000_000,
	beds: 3,
	baths: 2,
};

export const CONDO: EnrichProperty = {
	...MANILA,
	currency: 'PHP',
	neighborhood: 'Malate',
	property_type: 'Condo',
	floor_area_sqm: 85,
	year_built: 2012,
	features: ['Swimming pool', '2-car garage', 'Walk-in closet'],
};

export const VALUATION: ValuationSummary = {
	estimate: 5_200_000,
	rangeLow: 4_900_000,
	rangeHigh: 5_500_000,
	source: 'comparables',
	comparablesUsed: 6,
	confidenceLabel: 'medium',
};

export const NEIGHBORHOOD: NeighborhoodSummary = {
	average: 4_800_000,
	median: 4_700_000,
	sampleSize: 24,
	percentPerMonth: 0.8,
	scope: 'within 2 km',
};

export const MANILA_FACTS = buildFactSheet({ listing: MANILA });
export const CONDO_FACTS = buildFactSheet({
	listing: CONDO,
	valuation: VALUATION,
	neighborhood: NEIGHBORHOOD,
});

/** A fact sheet of a listing as it comes over the wire, changed in the given fields. */
export function factsOf(changes: object) {
	return buildFactSheet({ listing: enrichProperty.parse({ ...MANILA, ...changes }) });
}
