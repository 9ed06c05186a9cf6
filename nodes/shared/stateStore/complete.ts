import { type EventLogRow, insertLogRows } from './eventLog';
import type { Statement } from './statement';
import { storableJson, storableText } from './storable';

export interface CompletedWork {
	eventKey: string;
	log: readonly EventLogRow[];
}

/** The one row `completeEvent` answers; without a recorded result, `false` and null. */
export interface CompleteRow {
	completed: boolean;
	result: unknown;
}

/**
 * Marks recorded work as completed: the platform has confirmed the result. Saying it twice is
 * the same as once. Always answers one row, a `CompleteRow`.
 */
export function completeEvent(work: CompletedWork): Statement {
	return {
		query: COMPLETE,
		values: [storableText(work.eventKey), storableJson(work.log)],
	};
}

const COMPLETE = `WITH completed AS (
	UPDATE property_platform.processed_events SET
		state = 'completed',
		completed_at = COALESCE(completed_at, now()),
		updated_at = now()
	WHERE event_key = $1::text AND state IN ('recorded', 'completed')
	RETURNING event_key, result
), logged AS (
	${insertLogRows('$2')}
)
SELECT completed.event_key IS NOT NULL AS "completed", completed.result AS "result"
FROM (VALUES ($1::text)) AS asked (event_key)
	LEFT JOIN completed USING (event_key)`;
