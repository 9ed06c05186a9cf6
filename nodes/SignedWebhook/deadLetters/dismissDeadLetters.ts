import type { DeliveryKind } from '../../shared/delivery/delivery';
import { insertStep } from '../../shared/stateStore/insertStep';
import type { Statement } from '../../shared/stateStore/statement';
import { storableJson } from '../../shared/stateStore/storable';
import { type DeadLetterSelection, isSelected } from './selection';

/** `dismissDeadLetters` answers a row for each letter that it has put aside. */
export interface DismissedLetter {
	deliveryKey: string;
	kind: DeliveryKind;
	flow: string;
	state: 'dismissed';
}

/**
 * Puts dead letters aside that nobody wants any more: what is in them is forgotten, and why they were
 * given up is not. Answers a `DismissedLetter` for each, or no row.
 */
export function dismissDeadLetters(selection: DeadLetterSelection): Statement {
	return { query: DISMISS, values: [storableJson(selection)] };
}

const DISMISS = `WITH letters AS (
	SELECT delivery_key FROM property_platform.deliveries AS letter
	WHERE ${isSelected('$1', 'letter')}
	ORDER BY delivery_key
	FOR NO KEY UPDATE
), dismissed AS (
	UPDATE property_platform.deliveries AS letter SET
		state = 'dismissed',
		payload = NULL,
		settled_at = now()
	FROM letters
	WHERE letter.delivery_key = letters.delivery_key
	RETURNING letter.*
), logged AS (
	${insertStep(
		'dismiss',
		{ correlationId: 'correlation_id', flow: 'flow', outcome: "'ok'", detail: 'kind' },
		'dismissed',
	)}
)
SELECT
	delivery_key AS "deliveryKey",
	kind AS "kind",
	flow AS "flow",
	state AS "state"
FROM dismissed
ORDER BY delivery_key`;
