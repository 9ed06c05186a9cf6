import type { Context } from 'hono';

import type { MetricsSnapshot } from '../../nodes/shared/contracts/metrics';
import type { Clock } from '../clock.cts';
import type { Queryable } from './database.cts';
import type { SignedRoute } from './signedRoutes.cts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A narrative older than this may no longer fit the market. */
const STALE_AFTER_DAYS = 30;

/**
 * `GET /internal/metrics/snapshot?company_id=…`: the company's figures as they are now, and how much
 * of all companies waits in the outbox.
 */
export function snapshotHandler(db: Queryable, clock: Clock) {
	return async (context: Context<SignedRoute>) => {
		const companyId = context.req.query('company_id');
		if (!companyId) {
			context.set('outcome', 'contract');
			const problems = [{ field: 'company_id', message: 'is required' }];
			return context.json({ status: 'error', error: 'contract', problems }, 400);
		}
		const snapshot = await takeSnapshot(db, companyId, clock.now());
		if (!snapshot) {
			context.set('outcome', 'unknown');
			const message = 'There is no such company.';
			return context.json({ status: 'error', error: 'unknown', message }, 404);
		}
		context.set('companyId', companyId);
		context.set('outcome', 'answered');
		return context.json(snapshot);
	};
}

async function takeSnapshot(
	db: Queryable,
	companyId: string,
	now: Date,
): Promise<MetricsSnapshot | undefined> {
	const { rows } = await db.query<MetricsSnapshot>(
		`SELECT company.id AS company_id,
		   (SELECT count(*)::int FROM property WHERE company_id = company.id) AS properties_total,
		   (SELECT count(*)::int FROM lead WHERE company_id = company.id) AS leads_total,
		   (SELECT coalesce(round(100.0 * count(*) FILTER (WHERE status BETWEEN 200 AND 299)
		             / nullif(count(*), 0), 2), 100)::float
		      FROM event_log
		      WHERE company_id = company.id AND direction = 'out' AND created_at > $2
		   ) AS webhook_success_rate_24h,
		   (SELECT count(*)::int FROM property
		      WHERE company_id = company.id
		        AND (narrative = '' OR last_updated IS NULL OR last_updated < $3)
		   ) AS narratives_stale_count,
		   (SELECT json_build_object('sent', coalesce(sum(sent), 0),
		             'opened', coalesce(sum(opened), 0), 'clicked', coalesce(sum(clicked), 0),
		             'delivered', coalesce(sum(greatest(sent - failed, 0)), 0),
		             'failed', coalesce(sum(failed), 0))
		      FROM campaign WHERE company_id = company.id) AS campaign_performance,
		   waiting.depth AS outbox_depth, waiting.oldest_seconds AS outbox_oldest_seconds
		 FROM company, (
		   SELECT count(*)::int AS depth,
		     coalesce(greatest(extract(epoch FROM $4::timestamptz - min(created_at)), 0), 0)::int AS oldest_seconds
		   FROM outbox_message WHERE status IN ('pending', 'retry')
		 ) AS waiting
		 WHERE company.id = $1`,
		[
			companyId,
			new Date(now.getTime() - DAY_MS),
			new Date(now.getTime() - STALE_AFTER_DAYS * DAY_MS),
			now,
		],
	);
	return rows[0];
}
