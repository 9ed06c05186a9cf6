import { z } from 'zod';

import { identifier, integer, utcTimestamp } from './fields';

/** Where an estimate came from; `insufficient_data` says that there is none. */
export const ESTIMATE_SOURCES = ['rentcast', 'comparables', 'insufficient_data'] as const;

/** The callback of an enrichment: `POST /internal/n8n/enrichment-complete`. */
export const enrichmentComplete = z
	.object({
		property_id: identifier,
		estimate: integer.nonnegative().nullable(),
		neighborhood_avg: integer.nonnegative().nullable(),
		narrative: z.string().max(10_000),
		source: z.string().min(1).max(50),
		last_updated: utcTimestamp,
	})
	.passthrough();

export type EnrichmentComplete = z.infer<typeof enrichmentComplete>;
