import { type EventLogRow, insertLogRows } from './eventLog';
import { insertStep } from './insertStep';
import type { Statement } from './statement';
import { storableJson, storableText } from './storable';
import { storableAnswers, upsertAnswers, type VendorAnswer } from './vendorAnswers';

export interface RecordedWork {
	eventKey: string;
	leaseToken: string;
	/** What repeated deliveries are answered with. JSON. */
	result: unknown;
	answers: readonly VendorAnswer[];
	log: readonly EventLogRow[];
}

/** The one row `recordResult` answers. */
export interface RecordRow {
	/** False where another execution took the work over, or the work was never claimed. */
	recorded: boolean;
	/** The result that counts: ours, or the other execution's if it is there already, else null. */
	result: unknown;
	eventKey: string;
	/** Of the delivery whose claim counts; null where the work was never claimed. */
	correlationId: string | null;
}

/**
 * Stores the result of claimed work, if the lease token still holds it. Vendor answers are kept
 * either way, for they are paid for, and so is the log, to which it adds whether the result was
 * recorded. Always answers one row, a `RecordRow`.
 */
export function recordResult(work: RecordedWork): Statement {
	return {
		query: RECORD,
		values: [
			storableText(work.eventKey),
			storableText(work.leaseToken),
			storableJson(work.result),
			storableAnswers(work.answers),
			storableJson(work.log),
		],
	};
}

const STEP = {
	correlationId: 'correlation_id',
	flow: 'flow',
	outcome: "CASE WHEN EXISTS (SELECT FROM recorded) THEN 'recorded' ELSE 'superseded' END",
	attempt: 'attempts',
};

const RECORD = `WITH recorded AS (
	UPDATE property_platform.processed_events SET
		state = 'recorded',
		result = $3::jsonb,
		lease_token = NULL,
		lease_until = NULL,
		recorded_at = now(),
		updated_at = now()
	WHERE event_key = $1::text AND lease_token = $2::text AND state = 'claimed'
	RETURNING event_key, result
), seen AS (
	SELECT * FROM property_platform.processed_events WHERE event_key = $1::text
), answers AS (
	${upsertAnswers('$4')}
), logged AS (
	${insertLogRows('$5')}
	RETURNING id
), step AS (
	${insertStep('record', STEP, 'seen', 'logged')}
)
SELECT
	recorded.event_key IS NOT NULL AS "recorded",
	COALESCE(recorded.result, seen.result) AS "result",
	event_key AS "eventKey",
	seen.correlation_id AS "correlationId"
FROM (VALUES ($1::text)) AS asked (event_key)
	LEFT JOIN recorded USING (event_key)
	LEFT JOIN seen USING (event_key)`;
