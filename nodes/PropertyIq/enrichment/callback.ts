import { createHash } from 'node:crypto';

import type { EnrichmentComplete } from '../../shared/contracts/enrichmentComplete';
import { toUtcTimestamp } from '../../shared/contracts/fields';
import type { HttpRequest } from '../../shared/http/send';
import { canonicalJson } from '../../shared/stateStore/key';
import type { Findings } from './findings';

/** The guide's fields in the guide's order; nothing else is ever sent without being asked for. */
const GUIDE_FIELDS = [
	'property_id',
	'estimate',
	'neighborhood_avg',
	'narrative',
	'source',
	'last_updated',
] as const;

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

/**
 * The request that reports a callback. The same callback always has the same bytes and the same
 * idempotency key, so that the platform knows a repeat when it sees one.
 */
export function callbackRequest(
	callback: EnrichmentComplete,
	correlationId: string,
	withExtraFields: boolean,
): HttpRequest {
	const extra = Object.entries(callback).filter(
		([name]) => !GUIDE_FIELDS.includes(name as (typeof GUIDE_FIELDS)[number]),
	);
	const body = {
		...Object.fromEntries(GUIDE_FIELDS.map((name) => [name, callback[name]])),
		...(withExtraFields && Object.fromEntries(extra.sort(([a], [b]) => (a < b ? -1 : 1)))),
	};
	const hash = createHash('sha256').update(canonicalJson(body)).digest('hex').slice(0, 32);
	return {
		method: 'POST',
		path: '/internal/n8n/enrichment-complete',
		headers: { 'X-Correlation-Id': correlationId },
		body,
		idempotencyKey: `enrichment-complete:${callback.property_id}:${hash}`,
	};
}
