import type { MetricsSnapshot } from '../../../../nodes/shared/contracts/metrics';

/** The snapshot of the platform's integration guide. */
export const GUIDE_SNAPSHOT: MetricsSnapshot = {
	company_id: 'uuid',
	properties_total: 245,
	leads_total: 1234,
	webhook_success_rate_24h: 98.5,
	narratives_stale_count: 12,
	campaign_performance: { sent: 5000, opened: 1250, clicked: 312 },
};

export type Performance = MetricsSnapshot['campaign_performance'];

export function snapshotWith(performance: Performance): MetricsSnapshot {
	return { ...GUIDE_SNAPSHOT, campaign_performance: performance };
}
