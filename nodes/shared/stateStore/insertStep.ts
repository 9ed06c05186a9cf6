/** A row of the event log about a step of ours; SQL expressions. Never personal data. */
export interface Step {
	correlationId: string;
	flow: string;
	outcome: string;
	durationMs?: string;
	attempt?: string;
	detail?: string;
}

/**
 * Appends one row to the event log for each row of a relation, as part of a larger statement, so
 * that the step costs no round trip of its own. `logged` is the part of the statement that writes
 * the rows before them.
 */
export function insertStep(name: string, step: Step, from: string, logged?: string): string {
	const { correlationId, flow, outcome, durationMs, attempt, detail } = step;
	return `INSERT INTO property_platform.event_log
		(correlation_id, flow, step, outcome, duration_ms, attempt, detail)
	SELECT ${correlationId}, ${flow}, '${name}', ${outcome},
		${durationMs ?? 'NULL'}, ${attempt ?? 'NULL'}, ${detail ?? 'NULL'}
	FROM ${from}${logged ? ` WHERE (SELECT count(*) FROM ${logged}) >= 0` : ''}`;
}

/** Milliseconds from a moment, a SQL expression, to now, as the event log can hold them. */
export function elapsedMs(since: string): string {
	return durationMs(`extract(epoch FROM now() - ${since}) * 1000`);
}

/** A number of milliseconds, a SQL expression, as the event log can hold it. */
export function durationMs(milliseconds: string): string {
	return `GREATEST(0, LEAST(2147483647, ${milliseconds}))::int`;
}
