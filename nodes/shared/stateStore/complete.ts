import { arrivedCallbacks } from '../delivery/arrived';
import { completeWork, logCompletions } from './completion';
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
 * the same as once. Callbacks of it that wait to be sent again, or are dead letters, have arrived.
 * The log says how long the work took. Always answers one row, a `CompleteRow`.
 */
export function completeEvent(work: CompletedWork): Statement {
	return {
		query: COMPLETE,
		values: [storableText(work.eventKey), storableJson(work.log)],
	};
}

// Deliveries are locked before the work, as everywhere, so that two executions cannot block each other.
const COMPLETE = `WITH arrived AS (
	${arrivedCallbacks('$1')}
), completed AS (
	${completeWork('SELECT $1::text WHERE (SELECT count(*) FROM arrived) >= 0')}
), logged AS (
	${insertLogRows('$2')}
	RETURNING id
), noted AS (
	${logCompletions('completed', 'logged')}
)
SELECT completed.event_key IS NOT NULL AS "completed", completed.result AS "result"
FROM (VALUES ($1::text)) AS asked (event_key)
	LEFT JOIN completed USING (event_key)`;
