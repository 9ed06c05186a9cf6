import { elapsedMs, insertStep } from './insertStep';

/**
 * Marks recorded work as completed, as part of a larger statement: the platform has confirmed the
 * result. `eventKeys` is a SELECT of the keys. Gives the work, `is_first` where nobody had said so
 * before; what has no result is left alone.
 */
export function completeWork(eventKeys: string): string {
	// Everybody locks the rows in the same order, so that two executions cannot block each other.
	return `UPDATE property_platform.processed_events AS work SET
		state = 'completed',
		completed_at = COALESCE(work.completed_at, now()),
		updated_at = now()
	FROM (
		SELECT event_key FROM property_platform.processed_events
		WHERE event_key IN (${eventKeys}) AND state IN ('recorded', 'completed')
		ORDER BY event_key
		FOR NO KEY UPDATE
	) AS confirmed
	WHERE work.event_key = confirmed.event_key
	RETURNING work.*, work.completed_at = now() AS is_first`;
}

const STEP = {
	correlationId: 'correlation_id',
	flow: 'flow',
	outcome: "'ok'",
	durationMs: elapsedMs('first_seen_at'),
};

/**
 * Notes in the event log that work is done, once, with the time since it was first seen. Takes the
 * names of two parts of the statement: the one with `completeWork`, and the log before this row.
 */
export function logCompletions(completed: string, logged: string): string {
	return insertStep(
		'complete',
		STEP,
		`(SELECT * FROM ${completed} WHERE is_first) AS done`,
		logged,
	);
}
