import type { Statement } from '../../shared/stateStore/statement';
import { storableText } from '../../shared/stateStore/storable';

/** The one row `forgetPerson` answers. */
export interface ForgetRow {
	/** How many rows of the inbox were about the person. */
	forgotten: number;
}

/**
 * Forgets a person: the session, the texts of their events, and which replies went to them. The ids
 * of the events stay for as long as the retention says, without the person, so that an event which
 * Meta repeats is not answered again. Work that is under way is not recorded, and what failed is no
 * dead letter any more. Always answers one row, a `ForgetRow`.
 */
export function forgetPerson(conversation: string): Statement {
	return { query: FORGET, values: [storableText(conversation)] };
}

const FORGET = `WITH session AS (
	DELETE FROM property_platform.conversations WHERE conversation = $1::text
	RETURNING conversation
), held AS (
	SELECT event_key FROM property_platform.channel_events
	WHERE conversation = $1::text AND (SELECT count(*) FROM session) >= 0
	ORDER BY event_key
	FOR NO KEY UPDATE
), events AS (
	UPDATE property_platform.channel_events AS event SET
		conversation = NULL,
		event = NULL,
		state = CASE WHEN event.state = 'done' THEN 'done' ELSE 'withdrawn' END,
		not_before = NULL,
		settled_at = COALESCE(event.settled_at, now())
	FROM held
	WHERE event.event_key = held.event_key
	RETURNING event.event_key
), replies AS (
	DELETE FROM property_platform.sent_replies
	WHERE conversation = $1::text AND (SELECT count(*) FROM events) >= 0
	RETURNING reply_key
), letters AS (
	SELECT delivery_key FROM property_platform.deliveries
	WHERE kind = 'message' AND state = 'dead' AND event_key IN (SELECT event_key FROM events)
	ORDER BY delivery_key
	FOR NO KEY UPDATE
), dismissed AS (
	UPDATE property_platform.deliveries AS letter SET
		state = 'dismissed',
		payload = NULL,
		last_error = 'forgotten',
		settled_at = now()
	FROM letters
	WHERE letter.delivery_key = letters.delivery_key
)
SELECT ((SELECT count(*) FROM session) + (SELECT count(*) FROM events)
	+ (SELECT count(*) FROM replies))::int AS "forgotten"`;
