import { z } from 'zod';

import { count, identifier, percentage, utcTimestamp } from './fields';

const companyFigures = {
	company_id: identifier,
	properties_total: count,
	leads_total: count,
	webhook_success_rate_24h: percentage,
	narratives_stale_count: count,
};

/**
 * What the platform answers to `GET /internal/metrics/snapshot?company_id=…`. What is optional here
 * stands beside the guide's fields, for a platform that knows it.
 */
export const metricsSnapshot = z
	.object({
		...companyFigures,
		campaign_performance: z
			.object({
				sent: count,
				opened: count,
				clicked: count,
				delivered: count.nullish(),
				/** Refused before they were sent. */
				failed: count.nullish(),
				/** Came back; not among the failed. */
				bounced: count.nullish(),
				unsubscribed: count.nullish(),
			})
			.passthrough(),
		/** Messages of all companies that wait in the platform's outbox. */
		outbox_depth: count.nullish(),
		/** How long the first of them has waited. */
		outbox_oldest_seconds: z.number().finite().nonnegative().nullish(),
	})
	.passthrough();

/** The callback of a rollup: `POST /internal/n8n/metrics-upsert`. */
export const metricsUpsert = z
	.object({ ...companyFigures, last_updated: utcTimestamp })
	.passthrough();

export type MetricsSnapshot = z.infer<typeof metricsSnapshot>;
export type MetricsUpsert = z.infer<typeof metricsUpsert>;
