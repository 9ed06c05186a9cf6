import type { MetricsSnapshot } from '../../shared/contracts/metrics';

type Performance = MetricsSnapshot['campaign_performance'];

/** What is kept of a snapshot: the fields that are known, null where the platform does not offer one. */
export interface RollupFigures extends Pick<
	MetricsSnapshot,
	'properties_total' | 'leads_total' | 'webhook_success_rate_24h' | 'narratives_stale_count'
> {
	campaign_performance: Record<'sent' | 'opened' | 'clicked', number> &
		Record<'delivered' | 'failed' | 'bounced' | 'unsubscribed', number | null>;
	outbox_depth: number | null;
	outbox_oldest_seconds: number | null;
}

/** The figures of a snapshot without whatever else it carries. */
export function figuresOf(snapshot: MetricsSnapshot): RollupFigures {
	return {
		properties_total: snapshot.properties_total,
		leads_total: snapshot.leads_total,
		webhook_success_rate_24h: snapshot.webhook_success_rate_24h,
		narratives_stale_count: snapshot.narratives_stale_count,
		campaign_performance: performanceOf(snapshot.campaign_performance),
		outbox_depth: snapshot.outbox_depth ?? null,
		outbox_oldest_seconds: snapshot.outbox_oldest_seconds ?? null,
	};
}

function performanceOf(performance: Performance): RollupFigures['campaign_performance'] {
	const { sent, opened, clicked } = performance;
	return {
		sent,
		opened,
		clicked,
		delivered: performance.delivered ?? null,
		failed: performance.failed ?? null,
		bounced: performance.bounced ?? null,
		unsubscribed: performance.unsubscribed ?? null,
	};
}
