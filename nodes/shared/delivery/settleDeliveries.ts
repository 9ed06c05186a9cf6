import { deadLetterAlerts, raiseAlerts } from '../alerts/raiseAlerts';
import { completeWork, logCompletions } from '../stateStore/completion';
import { type EventLogRow, insertLogRows } from '../stateStore/eventLog';
import type { Statement } from '../stateStore/statement';
import { storableJson } from '../stateStore/storable';
import { deliveryColumns } from './columns';

/** What became of a try, under the lease with which the delivery was taken. */
export type SettledDelivery = { deliveryKey: string; leaseToken: string } & (
	| { outcome: 'delivered' }
	| {
			outcome: 'failed';
			/** Kind of failure, such as `unavailable`; without personal data. */
			reason: string;
			/** False where no retry can heal it. */
			isPassing: boolean;
			isLastTry: boolean;
	  }
);

/**
 * Settles tries that the lease token still holds. What was delivered is done, its payload is
 * forgotten, and the claimed work that waited for the callback is completed. What failed waits again,
 * or is a dead letter, with its alert, where it was the last try or no retry can heal it. The log is
 * kept either way. Answers a `DeliveryRow` for each delivery that was settled, or no row.
 */
export function settleDeliveries(
	settled: readonly SettledDelivery[],
	log: readonly EventLogRow[],
): Statement {
	return { query: SETTLE, values: [storableJson(settled), storableJson(log)] };
}

const SETTLE = `WITH told AS (
	SELECT DISTINCT ON ("deliveryKey", "leaseToken") *,
		CASE
			WHEN outcome = 'delivered' THEN 'delivered'
			WHEN "isPassing" AND NOT "isLastTry" THEN 'waiting'
			ELSE 'dead'
		END AS next_state
	FROM jsonb_to_recordset($1::jsonb) AS told (
		"deliveryKey" text, "leaseToken" text, outcome text, reason text, "isPassing" boolean,
		"isLastTry" boolean
	)
	ORDER BY "deliveryKey", "leaseToken"
), held AS (
	SELECT delivery_key, next_state, told.reason
	FROM told JOIN property_platform.deliveries AS stored
		ON stored.delivery_key = told."deliveryKey" AND stored.lease_token = told."leaseToken"
	WHERE stored.state = 'waiting'
	ORDER BY delivery_key
	FOR NO KEY UPDATE OF stored
), settled AS (
	UPDATE property_platform.deliveries AS stored SET
		state = next_state,
		attempts = stored.attempts + CASE WHEN next_state = 'delivered' THEN 0 ELSE 1 END,
		last_error = CASE WHEN next_state = 'delivered' THEN stored.last_error ELSE held.reason END,
		payload = CASE WHEN next_state <> 'delivered' THEN stored.payload END,
		lease_token = NULL,
		lease_until = NULL,
		last_attempt_at = now(),
		settled_at = CASE WHEN next_state <> 'waiting' THEN now() END
	FROM held
	WHERE stored.delivery_key = held.delivery_key
	RETURNING stored.*
), completed AS (
	${completeWork("SELECT event_key FROM settled WHERE state = 'delivered' AND kind = 'callback'")}
), died AS (
	SELECT flow, last_error FROM settled WHERE state = 'dead'
), alerted AS (
	${raiseAlerts(deadLetterAlerts('died'))}
), logged AS (
	${insertLogRows('$2')}
	RETURNING id
), noted AS (
	${logCompletions('completed', 'logged')}
)
SELECT ${deliveryColumns('settled')}
FROM settled
ORDER BY delivery_key`;
