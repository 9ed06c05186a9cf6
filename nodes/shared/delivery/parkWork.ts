import { deadLetterAlerts, raiseAlerts } from '../alerts/raiseAlerts';
import { type EventLogRow, insertLogRows } from '../stateStore/eventLog';
import type { Statement } from '../stateStore/statement';
import { storableJson } from '../stateStore/storable';
import { deliveryColumns } from './columns';
import type { ParkedWork } from './delivery';

/**
 * Keeps work that failed, to be tried again later; where no retry can heal it, it is a dead letter at
 * once, with its alert. Work that waits already, or is a dead letter, stays as it is; work that was
 * delivered or dismissed is parked anew, but for an event, which is handed back once. The log is kept
 * either way. Answers a `DeliveryRow` with `isNew` for each key, in the order in which they are given.
 */
export function parkWork(work: readonly ParkedWork[], log: readonly EventLogRow[]): Statement {
	return { query: PARK, values: [storableJson(work), storableJson(log)] };
}

/** True for the row that stands where the same work, failed again, takes its place. */
const PARKED_ANEW = "(held.state IN ('delivered', 'dismissed') AND held.kind <> 'event')";

const whenParkedAnew = (column: string) =>
	`${column} = CASE WHEN ${PARKED_ANEW} THEN excluded.${column} ELSE held.${column} END`;

// Also a row that stays as it is is written, so that RETURNING gives it as it is now, not as it was
// when the statement began. Rows are locked in the order of the column, as everywhere.
const PARK = `WITH told AS (
	SELECT DISTINCT ON ("deliveryKey") *
	FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS list (entry, position),
		jsonb_to_record(entry) AS work (
			"deliveryKey" text, kind text, flow text, "correlationId" text, "eventKey" text,
			payload jsonb, reason text, "isPassing" boolean, "isUntried" boolean
		)
	ORDER BY "deliveryKey", position
), parked AS (
	INSERT INTO property_platform.deliveries AS held
		(delivery_key, kind, flow, correlation_id, event_key, payload, state, attempts, last_error,
			settled_at)
	SELECT "deliveryKey", kind, flow, "correlationId", "eventKey", payload,
		CASE WHEN "isPassing" THEN 'waiting' ELSE 'dead' END,
		CASE WHEN "isUntried" THEN 0 ELSE 1 END,
		reason,
		CASE WHEN NOT "isPassing" THEN now() END
	FROM told
	ORDER BY "deliveryKey" COLLATE "C"
	ON CONFLICT (delivery_key) DO UPDATE SET
		${[
			'kind',
			'flow',
			'correlation_id',
			'event_key',
			'payload',
			'state',
			'attempts',
			'replays',
			'last_error',
			'parked_at',
			'last_attempt_at',
			'settled_at',
		]
			.map(whenParkedAnew)
			.join(',\n\t\t')}
	RETURNING *, parked_at = now() AS is_new
), died AS (
	SELECT flow, last_error FROM parked WHERE is_new AND state = 'dead'
), alerted AS (
	${raiseAlerts(deadLetterAlerts('died'))}
), logged AS (
	${insertLogRows('$2')}
)
SELECT
	${deliveryColumns('parked')},
	parked.is_new AS "isNew"
FROM told JOIN parked ON parked.delivery_key = told."deliveryKey"
ORDER BY told.position`;
