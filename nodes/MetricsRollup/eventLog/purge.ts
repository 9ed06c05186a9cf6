import type { Statement } from '../../shared/stateStore/statement';

export interface Retention {
	eventLogDays: number;
	/**
	 * Of deliveries and alerts, since they ended. A crashed execution is handed back once as long as
	 * its delivery is kept: longer than n8n keeps executions.
	 */
	settledDays: number;
	rollupDays: number;
	/** So many rows of each table at most. */
	batch: number;
}

/** The one row `purgeHistory` answers: how many rows were deleted of each table. */
export interface PurgeRow {
	eventLog: number;
	deliveries: number;
	alerts: number;
	rollups: number;
	vendorAnswers: number;
	/** A table may hold more that is old. */
	more: boolean;
}

/**
 * Deletes what is older than so many days, oldest first, and the vendor answers that have expired.
 * Work that still waits stays, and so do dead letters and alerts that somebody has not heard of.
 * Rows that anybody holds are left for later. Always answers one row, a `PurgeRow`.
 */
export function purgeHistory(retention: Retention): Statement {
	const { eventLogDays, settledDays, rollupDays, batch } = retention;
	return { query: PURGE, values: [eventLogDays, settledDays, rollupDays, batch] };
}

const age = (days: string) => `now() - make_interval(secs => ${days}::double precision * 86400)`;

/** Deletes rows of a table, oldest first, as parts of a WITH; `key` names a row. */
const purge = (name: string, table: string, key: string, moment: string, isOld: string) => `
old_${name} AS (
	SELECT ${key} FROM property_platform.${table}
	WHERE ${isOld}
	ORDER BY ${moment}
	LIMIT $4::int
	FOR UPDATE SKIP LOCKED
), deleted_${name} AS (
	DELETE FROM property_platform.${table} WHERE (${key}) IN (SELECT ${key} FROM old_${name})
	RETURNING 1
)`;

const PURGE = `WITH ${[
	purge('log', 'event_log', 'id', 'at', `at < ${age('$1')}`),
	purge(
		'deliveries',
		'deliveries',
		'delivery_key',
		'settled_at',
		`state IN ('delivered', 'dismissed') AND settled_at < ${age('$2')}`,
	),
	purge(
		'alerts',
		'alerts',
		'id',
		'resolved_at',
		`resolved_at < ${age('$2')} AND num_nonnulls(end_mailed_at, end_reported_at) = 2`,
	),
	purge('rollups', 'rollups', 'company_id, taken_at', 'taken_at', `taken_at < ${age('$3')}`),
	purge('answers', 'vendor_answers', 'question_key', 'expires_at', 'expires_at <= now()'),
].join(',')}, counted AS (
	SELECT
		(SELECT count(*) FROM deleted_log)::int AS "eventLog",
		(SELECT count(*) FROM deleted_deliveries)::int AS "deliveries",
		(SELECT count(*) FROM deleted_alerts)::int AS "alerts",
		(SELECT count(*) FROM deleted_rollups)::int AS "rollups",
		(SELECT count(*) FROM deleted_answers)::int AS "vendorAnswers"
)
SELECT *,
	GREATEST("eventLog", "deliveries", "alerts", "rollups", "vendorAnswers") >= $4::int AS "more"
FROM counted`;
