/** What each callback changes on the platform, as the guide lists it under "Database Updates". */
import type { CampaignStatus } from '../../nodes/shared/contracts/campaignStatus';
import type { EnrichmentComplete } from '../../nodes/shared/contracts/enrichmentComplete';
import type { EventLogEntry } from '../../nodes/shared/contracts/eventLogEntry';
import { count } from '../../nodes/shared/contracts/fields';
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

/** Whether the campaign is over. Progress and a pause are signs of life: there is more to come. */
export function isCampaignSettled({ status }: CampaignStatus): boolean {
	return status !== 'sending' && status !== 'paused';
}

/**
 * Callbacks may overtake each other, and only their figures tell which is newer: `sent` and `failed`
 * never go down. A final state is not taken back by what was said on the way to it; but a campaign
 * that failed and then got further is on its way again.
 */
export async function applyCampaignStatus(
	db: Queryable,
	callback: CampaignStatus,
): Promise<Effect> {
	const { rowCount } = await db.query(
		`UPDATE campaign
		 SET sent = $2, failed = $3, status = $4, delivery_rate = $5,
		     opened = greatest(opened, $6), clicked = greatest(clicked, $7)
		 WHERE id = $1 AND CASE
		   WHEN status = 'completed' THEN $4 = 'completed' AND (sent, failed) <= ($2, $3)
		   WHEN status = 'failed' AND $4 IN ('sending', 'paused') THEN sent < $2
		   WHEN $4 = 'completed' THEN true
		   WHEN $4 = 'failed' AND status <> 'failed' THEN true
		   ELSE (sent, failed) <= ($2, $3)
		 END`,
		[
			callback.campaign_id,
			callback.sent,
			callback.failed,
			callback.status,
			callback.delivery_rate,
			countOf(callback.opened),
			countOf(callback.clicked),
		],
	);
	if (rowCount === 1) return APPLIED;
	return await staleOrUnknown(db, 'campaign', callback.campaign_id);
}

/** A field beside the guide's: what is no count is passed over, as every unknown field is. */
function countOf(value: unknown): number | null {
	return count.safeParse(value).data ?? null;
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

/** Keeps what n8n tells of an alert: that it began, or that it is over. */
export async function keepEventLogEntry(
	db: Queryable,
	entry: EventLogEntry,
	now: Date,
): Promise<Effect> {
	await db.query(
		`INSERT INTO alert_entry (event, alert_key, severity, title, detail, at, received_at)
		 VALUES ($1, $2, $3, $4, $5, $6, $7)
		 ON CONFLICT (event, alert_key, at) DO NOTHING`,
		[entry.event, entry.key, entry.severity, entry.title, entry.detail, entry.at, now],
	);
	return APPLIED;
}

async function staleOrUnknown(
	db: Queryable,
	table: 'property' | 'company' | 'campaign',
	id: string,
): Promise<Effect> {
	const { rowCount } = await db.query(`SELECT FROM ${table} WHERE id = $1`, [id]);
	return rowCount === 1 ? { outcome: 'stale' } : { outcome: 'unknown', what: table };
}
