import type { DeliveryKind } from '../../shared/delivery/delivery';
import type { Statement } from '../../shared/stateStore/statement';
import { storableJson } from '../../shared/stateStore/storable';
import { utcText } from '../../shared/stateStore/utcText';
import { type DeadLetterSelection, isSelected } from './selection';

/** As many as a person looks through. */
const MOST_LISTED = 500;

/** A dead letter as a list shows it, without what is in it. */
export interface DeadLetter {
	deliveryKey: string;
	kind: DeliveryKind;
	flow: string;
	correlationId: string;
	/** Kind of the last failure. */
	reason: string | null;
	/** How often it failed since it was parked, or since it was last replayed. */
	attempts: number;
	replays: number;
	/** UTC ISO 8601, like the next. */
	parkedAt: string;
	diedAt: string;
	/** The path of a callback, the workflow of an event, the company of a rollup. */
	about: string | null;
}

/** Lists dead letters, the latest first, `limit` at most. Answers a `DeadLetter` for each, or no row. */
export function listDeadLetters(selection: DeadLetterSelection, limit = MOST_LISTED): Statement {
	return { query: LIST, values: [storableJson(selection), limit] };
}

const LIST = `SELECT
	delivery_key AS "deliveryKey",
	kind AS "kind",
	flow AS "flow",
	correlation_id AS "correlationId",
	last_error AS "reason",
	attempts AS "attempts",
	replays AS "replays",
	${utcText('parked_at')} AS "parkedAt",
	${utcText('settled_at')} AS "diedAt",
	CASE kind
		WHEN 'callback' THEN payload ->> 'path'
		WHEN 'event' THEN payload ->> 'workflow'
		WHEN 'rollup' THEN payload ->> 'companyId'
	END AS "about"
FROM property_platform.deliveries AS letter
WHERE ${isSelected('$1', 'letter')}
ORDER BY settled_at DESC, delivery_key
LIMIT $2::int`;
