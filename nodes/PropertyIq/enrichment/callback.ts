import { type CallbackRequest, callbackRequest } from '../../shared/callbacks/callbackRequest';
import {
	type EnrichmentComplete,
	enrichmentComplete,
} from '../../shared/contracts/enrichmentComplete';
import { toUtcTimestamp } from '../../shared/contracts/fields';
import type { Findings } from './findings';

/** The callback's payload, to the guide's fields. */
export function toCallback(
	propertyId: string,
	estimate: Findings['estimate'],
	neighborhood: Findings['neighborhood'],
	narrative: string,
	now: Date,
): EnrichmentComplete {
	return {
		property_id: propertyId,
		estimate: estimate?.amount ?? null,
		neighborhood_avg: neighborhood?.average ?? null,
		narrative,
		source: estimate?.source ?? 'insufficient_data',
		last_updated: toUtcTimestamp(now),
	};
}

/** The request that reports an enrichment: `POST /internal/n8n/enrichment-complete`. */
export function enrichmentCompleteRequest(
	callback: EnrichmentComplete,
	correlationId: string,
	withExtraFields: boolean,
): CallbackRequest {
	return callbackRequest(ENRICHMENT_COMPLETE, callback, correlationId, withExtraFields);
}

const ENRICHMENT_COMPLETE = {
	name: 'enrichment-complete',
	contract: enrichmentComplete,
	idField: 'property_id',
} as const;
