/** One piece of work on its way: from the platform's outbox through n8n to the callback. */
import type pg from 'pg';

import { isPrepared } from './preparedTables.cts';

export interface TraceStep {
	at: Date;
	place: 'outbox' | 'platform' | 'n8n' | 'deliveries' | 'callbacks';
	what: string;
	outcome: string;
	/** HTTP status; 0 where no answer came. */
	status: number | null;
	durationMs: number | null;
	attempt: number | null;
	detail: string | null;
}

const ON_THE_PLATFORM = `
	SELECT created_at AS at, 'outbox' AS place, event_type::text AS what, status::text AS outcome,
	  NULL::int AS status, NULL::int AS "durationMs", attempts AS attempt, last_error AS detail
	FROM outbox_message WHERE correlation_id = $1
	UNION ALL
	SELECT callback_at, 'outbox', event_type, 'answered', NULL, NULL, NULL, NULL
	FROM outbox_message WHERE correlation_id = $1 AND callback_at IS NOT NULL
	UNION ALL
	SELECT created_at, 'platform', CASE direction WHEN 'out' THEN '→ ' ELSE '← ' END || event,
	  outcome, status, duration_ms, attempt, NULL
	FROM event_log WHERE correlation_id = $1
	UNION ALL
	SELECT received_at, 'callbacks', endpoint, 'received', NULL, NULL, NULL, idempotency_key
	FROM callback_received WHERE correlation_id = $1`;

const IN_THE_STATE_STORE = `
	SELECT at, 'n8n', concat_ws(' · ', flow, step, vendor), outcome, status, duration_ms, attempt,
	  detail
	FROM property_platform.event_log WHERE correlation_id = $1
	UNION ALL
	SELECT parked_at, 'deliveries', concat_ws(' · ', flow, kind), 'parked', NULL, NULL, NULL, NULL
	FROM property_platform.deliveries WHERE correlation_id = $1
	UNION ALL
	SELECT coalesce(settled_at, last_attempt_at), 'deliveries', concat_ws(' · ', flow, kind), state,
	  NULL, NULL, attempts, last_error
	FROM property_platform.deliveries WHERE correlation_id = $1`;

const MOST_STEPS = 500;

/** Everything that carries the correlation id, in order of time. */
export async function traceOf(pool: pg.Pool, correlationId: string): Promise<TraceStep[]> {
	const places = (await isPrepared(pool, 'deliveries'))
		? [ON_THE_PLATFORM, IN_THE_STATE_STORE]
		: [ON_THE_PLATFORM];
	const { rows } = await pool.query<TraceStep>(
		`SELECT * FROM (${places.join('\nUNION ALL')}) AS step
		 ORDER BY at, place = 'callbacks', place LIMIT ${MOST_STEPS}`,
		[correlationId],
	);
	return rows;
}
