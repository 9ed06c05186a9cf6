import type { Statement } from '../stateStore/statement';
import { storableJson, storableText } from '../stateStore/storable';
import { deliveryColumns } from './columns';
import type { DeliveryKind } from './delivery';

export interface DeliveryRequest {
	kind: DeliveryKind;
	/** How long to wait after the first failure, the second, and so on. */
	waitsSeconds: readonly number[];
	/** Only what has been due for so long; what is younger is left to whoever waits for it. */
	graceSeconds: number;
	/** How many are wanted at most. */
	limit: number;
	/** How long a try may take; after that another execution may take over. */
	leaseSeconds: number;
	/** Unique to this execution: its tries are settled with it. */
	leaseToken: string;
}

/**
 * Takes deliveries that are due under a lease, the earliest due first. Concurrent executions never
 * share one; one whose lease has run out can be taken again. Answers a `TakenDelivery` for each, or
 * no row.
 */
export function takeDeliveries(request: DeliveryRequest): Statement {
	return {
		query: TAKE,
		values: [
			storableText(request.kind),
			storableJson(request.waitsSeconds),
			request.graceSeconds,
			request.limit,
			request.leaseSeconds,
			storableText(request.leaseToken),
		],
	};
}

/** When a delivery is tried next. Waits can have become fewer since it failed: the last one counts. */
const DUE_AT = `last_attempt_at + make_interval(secs => CASE WHEN attempts = 0 THEN 0
		ELSE COALESCE($2::jsonb ->> (attempts - 1), $2::jsonb ->> -1)::double precision END)`;

const TAKE = `WITH due AS (
	SELECT delivery_key, ${DUE_AT} AS due_at
	FROM property_platform.deliveries
	WHERE kind = $1::text AND state = 'waiting'
		AND (lease_until IS NULL OR lease_until <= now())
		AND ${DUE_AT} <= now() - make_interval(secs => $3::double precision)
	ORDER BY due_at, delivery_key
	LIMIT $4::int
	FOR NO KEY UPDATE SKIP LOCKED
), taken AS (
	UPDATE property_platform.deliveries AS held SET
		lease_token = $6::text,
		lease_until = now() + make_interval(secs => $5::double precision)
	FROM due
	WHERE held.delivery_key = due.delivery_key
	RETURNING held.*, due.due_at
)
SELECT
	${deliveryColumns('taken')},
	event_key AS "eventKey",
	payload AS "payload",
	lease_token AS "leaseToken",
	attempts >= jsonb_array_length($2::jsonb) AS "isLastTry"
FROM taken
ORDER BY due_at, delivery_key`;
