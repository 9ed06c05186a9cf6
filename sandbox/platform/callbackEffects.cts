/** What each callback changes on the platform, as the guide lists it under "Database Updates". */
import type { CampaignStatus } from '../../nodes/shared/contracts/campaignStatus';
import type { EnrichmentComplete } from '../../nodes/shared/contracts/enrichmentComplete';
import type { LeadSyncStatus } from '../../nodes/shared/contracts/leadSyncStatus';
import type { MetricsUpsert } from '../../nodes/shared/contracts/metrics';
import type { Queryable } from './database.cts';

export type Effect =
	| { outcome: 'applied'; answer: Record<string, unknown> }
	/** True once, but the platform knows something newer. */
	| { outcome: 'stale' }
	| { outcome: 'unknown'; what: string };

const APPLIED: Effect = { outcome: 'applied', answer: { status: 'ok' } };

/** An older result never overwrites a newer one, in whatever order they arrive. */
export async function applyEnrichment(
	db: Queryable,
	callback: EnrichmentComplete,
): Promise<Effect> {
	const { rowCount } = await db.query(
		`UPDATE property
		 SET estimate = $2, neighborhood_avg = $3, narrative = $4, source = $5, last_updated = $6
		 WHERE id = $1 AND (last_updated IS NULL OR last_updated <= $6)`,
		[
			callback.property_id,
			callback.estimate,
			callback.neighborhood_avg,
			callback.narrative,
			callback.source,
			callback.last_updated,
		],
	);
	if (rowCount === 1) return APPLIED;
	return await staleOrUnknown(db, 'property', callback.property_id);
}

/** Whether nothing is left to be done: a failed push is tried again by the outbox. */
export function isLeadSettled({ status }: LeadSyncStatus): boolean {
	return status !== 'failed';
}

export async function applyLeadSync(
	db: Queryable,
	callback: LeadSyncStatus,
	now: Date,
): Promise<Effect> {
	const { rowCount } = await db.query(
		`UPDATE lead
		 SET crm = $2, crm_external_id = coalesce($3, crm_external_id),
		     webhook_sent = webhook_sent OR $4, webhook_attempts = webhook_attempts + 1,
		     webhook_last_attempt = $5, crm_status = $6, crm_message = $7
		 WHERE id = $1`,
		[
			callback.lead_id,
			callback.crm,
			callback.external_id,
			isLeadSettled(callback),
			now,
			callback.status,
			callback.message,
		],
	);
	return rowCount === 1 ? APPLIED : { outcome: 'unknown', what: 'lead' };
}

export async function applyCampaignStatus(
	db: Queryable,
	callback: CampaignStatus,
): Promise<Effect> {
	const { rowCount } = await db.query(
		`UPDATE campaign SET sent = $2, failed = $3, status = $4, delivery_rate = $5 WHERE id = $1`,
		[callback.campaign_id, callback.sent, callback.failed, callback.status, callback.delivery_rate],
	);
	return rowCount === 1 ? APPLIED : { outcome: 'unknown', what: 'campaign' };
}

export async function applyMetrics(db: Queryable, callback: MetricsUpsert): Promise<Effect> {
	const { rowCount } = await db.query(
		`INSERT INTO metrics_rollup AS kept
		   (company_id, properties_total, leads_total, webhook_success_rate_24h,
		    narratives_stale_count, last_updated)
		 SELECT id, $2, $3, $4, $5, $6 FROM company WHERE id = $1
		 ON CONFLICT (company_id) DO UPDATE
		 SET properties_total = excluded.properties_total, leads_total = excluded.leads_total,
		     webhook_success_rate_24h = excluded.webhook_success_rate_24h,
		     narratives_stale_count = excluded.narratives_stale_count,
		     last_updated = excluded.last_updated
		 WHERE kept.last_updated <= excluded.last_updated`,
		[
			callback.company_id,
			callback.properties_total,
			callback.leads_total,
			callback.webhook_success_rate_24h,
			callback.narratives_stale_count,
			callback.last_updated,
		],
	);
	if (rowCount === 1) return APPLIED;
	return await staleOrUnknown(db, 'company', callback.company_id);
}

async function staleOrUnknown(
	db: Queryable,
	table: 'property' | 'company',
	id: string,
): Promise<Effect> {
	const { rowCount } = await db.query(`SELECT FROM ${table} WHERE id = $1`, [id]);
	return rowCount === 1 ? { outcome: 'stale' } : { outcome: 'unknown', what: table };
}
