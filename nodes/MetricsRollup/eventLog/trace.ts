import { quotedTable } from '../../shared/stateStore/lookUp';
import type { Statement } from '../../shared/stateStore/statement';
import { storableText } from '../../shared/stateStore/storable';
import { utcText } from '../../shared/stateStore/utcText';

export interface TraceSources {
	/**
	 * The platform's event log where it is in the same database, in the form of the reference
	 * platform: a table, or schema and table with a dot between.
	 */
	platformEventLog?: string;
}

/** A row `traceCorrelation` answers. */
export interface TraceRow {
	/** UTC ISO 8601. */
	at: string;
	/** Null for what the platform notes. */
	flow: string | null;
	/** Such as `claim`; the kind of a delivery; the event or endpoint of the platform. */
	step: string;
	vendor: string | null;
	/** Such as `ok`; of a delivery `parked`, and how it stands. */
	outcome: string;
	status: number | null;
	durationMs: number | null;
	attempt: number | null;
	detail: string | null;
	source: 'platform' | 'event-log' | 'deliveries';
}

/**
 * Everything that happened under a correlation id, in order of time: what the platform sent and
 * received, our steps and calls, and what was parked. Answers as many rows as there are, each a
 * `TraceRow`. Throws a RangeError where the table is no name of one.
 */
export function traceCorrelation(
	correlationId: string,
	{ platformEventLog }: TraceSources = {},
): Statement {
	const sources = [STEPS, DELIVERIES, ...(platformEventLog ? [platform(platformEventLog)] : [])];
	return {
		query: `SELECT
	${utcText('moment')} AS "at",
	flow, step, vendor, outcome, status,
	duration_ms AS "durationMs",
	attempt, detail, source
FROM (${sources.join('\n\tUNION ALL\n\t')}
) AS trace (
	moment, position, flow, step, vendor, outcome, status, duration_ms, attempt, detail, source
)
ORDER BY moment, source = 'platform' DESC, source = 'deliveries', position`,
		values: [storableText(correlationId)],
	};
}

const STEPS = `SELECT at, id, flow, step, vendor, outcome, status, duration_ms, attempt, detail,
		'event-log'
	FROM property_platform.event_log
	WHERE correlation_id = $1::text`;

const DELIVERIES = `SELECT entry.at, entry.position, flow, kind, NULL, entry.outcome, NULL, NULL,
		entry.attempt, entry.detail, 'deliveries'
	FROM property_platform.deliveries CROSS JOIN LATERAL (VALUES
		(parked_at, 1, 'parked', NULL, delivery_key),
		(COALESCE(settled_at, last_attempt_at), 2, state, attempts, last_error)
	) AS entry (at, position, outcome, attempt, detail)
	WHERE correlation_id = $1::text`;

const platform = (
	table: string,
) => `SELECT created_at, id, NULL, event, NULL, outcome, status, duration_ms, attempt,
		CASE direction WHEN 'in' THEN 'received' ELSE 'sent' END, 'platform'
	FROM ${quotedTable(table)}
	WHERE correlation_id = $1::text`;
