import type { Statement } from './statement';
import { storableJson } from './storable';

/** One attempt at one step. Never put personal data into it. */
export interface EventLogRow {
	correlationId: string;
	/** Such as `property-enrichment`. */
	flow: string;
	/** Such as `market-data` or `callback`. */
	step: string;
	vendor?: string;
	/** Such as `ok`, `retried`, `failed`. */
	outcome: string;
	/** HTTP status, 0 where no answer came. */
	status?: number;
	durationMs?: number;
	attempt?: number;
	detail?: string;
}

/** Appends rows to the event log, in order. Answers one row: `{"logged": number of rows}`. */
export function appendEventLog(rows: readonly EventLogRow[]): Statement {
	return {
		query: `WITH logged AS (${insertLogRows('$1')} RETURNING id)
SELECT count(*)::int AS "logged" FROM logged`,
		values: [storableJson(rows)],
	};
}

/** The insert as part of a larger statement; the placeholder's value is the rows as JSON. */
export function insertLogRows(placeholder: string): string {
	// numeric, so that a duration with decimals is rounded on the way into its column.
	return `INSERT INTO property_platform.event_log
		(correlation_id, flow, step, vendor, outcome, status, duration_ms, attempt, detail)
	SELECT "correlationId", flow, step, vendor, outcome, status, "durationMs", attempt, detail
	FROM jsonb_to_recordset(${placeholder}::jsonb) AS log (
		"correlationId" text, flow text, step text, vendor text, outcome text,
		status int, "durationMs" numeric, attempt int, detail text
	)`;
}
