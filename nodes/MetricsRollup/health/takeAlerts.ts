import type { Statement } from '../../shared/stateStore/statement';
import { storableText } from '../../shared/stateStore/storable';
import { utcText } from '../../shared/stateStore/utcText';
import type { Severity } from './figures';

/** Whether people hear of the beginning of an alert or of its end. */
export type AlertNews = 'raised' | 'resolved';

export interface AlertRequest {
	/** Unique to this execution: it may tell what it takes. */
	leaseToken: string;
	/** How long telling may take; after that another execution may take over. */
	leaseSeconds: number;
	limit: number;
}

/** A row `takeAlerts` answers. */
export interface TakenAlert {
	alertId: string;
	about: AlertNews;
	/** What it is about, such as `dead-letters:lead-score`. */
	alertKey: string;
	severity: Severity;
	title: string;
	detail: string;
	/** How often its cause was seen. */
	times: number;
	/** UTC ISO 8601, like the next. */
	raisedAt: string;
	resolvedAt: string | null;
	/** Which channels have not heard of it; at least one. */
	needsMail: boolean;
	needsReport: boolean;
	leaseToken: string;
}

/**
 * Takes alerts that somebody has not heard of yet under a lease, beginnings before ends, oldest
 * first. An alert that ends before its beginning was told is told as resolved only, once. No two
 * executions hold an alert at a time. Answers as many rows as there are, each a `TakenAlert`.
 */
export function takeAlerts({ leaseToken, leaseSeconds, limit }: AlertRequest): Statement {
	return { query: TAKE, values: [storableText(leaseToken), leaseSeconds, limit] };
}

const NEEDS_MAIL = `CASE WHEN alert.resolved_at IS NULL THEN alert.raise_mailed_at
			ELSE alert.end_mailed_at END IS NULL`;
const NEEDS_REPORT = `CASE WHEN alert.resolved_at IS NULL THEN alert.raise_reported_at
			ELSE alert.end_reported_at END IS NULL`;

const TAKE = `WITH untold AS (
	SELECT id
	FROM property_platform.alerts AS alert
	WHERE (${NEEDS_MAIL}
		OR ${NEEDS_REPORT})
		AND (lease_until IS NULL OR lease_until <= now())
	ORDER BY resolved_at IS NOT NULL, raised_at, id
	LIMIT $3::int
	FOR NO KEY UPDATE SKIP LOCKED
), taken AS (
	UPDATE property_platform.alerts AS alert SET
		lease_token = $1::text,
		lease_until = now() + make_interval(secs => $2::double precision)
	FROM untold
	WHERE alert.id = untold.id
	RETURNING alert.*
)
SELECT
	id::text AS "alertId",
	CASE WHEN resolved_at IS NULL THEN 'raised' ELSE 'resolved' END AS "about",
	alert_key AS "alertKey",
	severity,
	title,
	detail,
	times,
	${utcText('raised_at')} AS "raisedAt",
	${utcText('resolved_at')} AS "resolvedAt",
	${NEEDS_MAIL} AS "needsMail",
	${NEEDS_REPORT} AS "needsReport",
	lease_token AS "leaseToken"
FROM taken AS alert
ORDER BY resolved_at IS NOT NULL, raised_at, id`;
