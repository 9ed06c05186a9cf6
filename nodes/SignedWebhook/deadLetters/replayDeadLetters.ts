import type { DeliveryKind } from '../../shared/delivery/delivery';
import { insertStep } from '../../shared/stateStore/insertStep';
import type { Statement } from '../../shared/stateStore/statement';
import { storableJson } from '../../shared/stateStore/storable';
import { type DeadLetterSelection, isSelected } from './selection';

/** `replayDeadLetters` answers a row for each letter that this replay has, no other replay. */
export interface ReplayedLetter {
	deliveryKey: string;
	kind: DeliveryKind;
	flow: string;
	/**
	 * `waiting`: is tried again at once. `delivered`: a message that waits in the inbox again.
	 * `dismissed`: a message that is not there any more.
	 */
	state: 'waiting' | 'delivered' | 'dismissed';
}

/**
 * Has dead letters tried again, with all their retries before them. A message goes back to the inbox,
 * which sees to it from then on; one that was unsent, whose person was forgotten, or that is older
 * than the inbox remembers is dismissed. Answers a `ReplayedLetter` for each, or no row.
 */
export function replayDeadLetters(selection: DeadLetterSelection): Statement {
	return { query: REPLAY, values: [storableJson(selection)] };
}

const MESSAGE_IS_GONE = 'the message is gone: unsent, forgotten, or older than the retention';

// Locks are taken as everywhere: conversations, their events, deliveries, each in order. What was
// selected is looked at again once it is locked: another replay may have been faster. An attempt of
// which nobody knows what it sent still counts, so that the inbox looks before it sends again.
const REPLAY = `WITH messages AS (
	SELECT event_key FROM property_platform.deliveries AS letter
	WHERE kind = 'message' AND ${isSelected('$1', 'letter')}
), remembered AS (
	SELECT conversation FROM property_platform.conversations
	WHERE conversation IN (
		SELECT conversation FROM property_platform.channel_events JOIN messages USING (event_key)
	)
	ORDER BY conversation
	FOR NO KEY UPDATE
), events AS (
	SELECT event_key FROM property_platform.channel_events
	WHERE state = 'failed'
		AND event_key IN (SELECT event_key FROM messages)
		AND conversation IN (SELECT conversation FROM remembered)
		AND (SELECT count(*) FROM remembered) >= 0
	ORDER BY event_key
	FOR NO KEY UPDATE
), letters AS (
	SELECT delivery_key, event_key,
		CASE
			WHEN kind <> 'message' THEN 'waiting'
			WHEN event_key IN (SELECT event_key FROM events) THEN 'delivered'
			ELSE 'dismissed'
		END AS next_state
	FROM property_platform.deliveries AS letter
	WHERE ${isSelected('$1', 'letter')} AND (SELECT count(*) FROM events) >= 0
	ORDER BY delivery_key
	FOR NO KEY UPDATE
), given_back AS (
	UPDATE property_platform.channel_events AS event SET
		state = 'waiting',
		attempts = LEAST(1, GREATEST(0, event.attempts - event.failures)),
		failures = 0,
		not_before = NULL,
		settled_at = NULL
	FROM letters
	WHERE event.event_key = letters.event_key AND next_state = 'delivered'
), replayed AS (
	UPDATE property_platform.deliveries AS letter SET
		state = next_state,
		payload = CASE WHEN next_state = 'waiting' THEN letter.payload END,
		attempts = 0,
		replays = letter.replays + 1,
		last_error = CASE WHEN next_state = 'dismissed' THEN '${MESSAGE_IS_GONE}'
			ELSE letter.last_error END,
		last_attempt_at = now(),
		settled_at = CASE WHEN next_state <> 'waiting' THEN now() END
	FROM letters
	WHERE letter.delivery_key = letters.delivery_key
	RETURNING letter.*
), logged AS (
	${insertStep(
		'replay',
		{
			correlationId: 'correlation_id',
			flow: 'flow',
			outcome: "CASE WHEN state = 'dismissed' THEN state ELSE 'ok' END",
			attempt: 'replays',
			detail: 'kind',
		},
		'replayed',
	)}
)
SELECT
	delivery_key AS "deliveryKey",
	kind AS "kind",
	flow AS "flow",
	state AS "state"
FROM replayed
ORDER BY delivery_key`;
