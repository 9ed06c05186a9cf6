import { buryFailed } from './messageLetters';
import { clearAway } from './retention';
import { selectReplies } from './sentReplies';
import { sessionOf } from './sessionColumns';

/** Whoever writes without end is answered after so many quiet moments. */
const QUIET_MOMENTS = 10;

/** So often an event may end the execution that works on it. */
const MOST_ATTEMPTS = 50;

/**
 * The statement of `takeMessages`.
 *
 * What waits is seen as it was when the statement began; the conversation is locked and looked at as
 * it is now, and so is the event after it. If another execution was faster, the event does not wait
 * any more, and the conversation is left alone until the next asking.
 */
export const TAKE_QUERY = `WITH heads AS (
	SELECT DISTINCT ON (conversation)
		conversation, event_key, kind, not_before,
		min(received_at) OVER whole AS oldest,
		max(received_at) OVER whole AS latest
	FROM property_platform.channel_events
	WHERE state = 'waiting' AND kind = ANY (ARRAY(SELECT jsonb_array_elements_text($1::jsonb)))
	WINDOW whole AS (PARTITION BY conversation)
	ORDER BY conversation, at, event_id
), due AS (
	SELECT held.conversation, heads.event_key
	FROM heads JOIN property_platform.conversations AS held USING (conversation)
	WHERE (heads.not_before IS NULL OR heads.not_before <= now())
		AND (held.lease_until IS NULL OR held.lease_until <= now())
		AND (heads.kind = 'lead_form'
			OR heads.latest <= now() - make_interval(secs => $4::double precision)
			OR heads.oldest
				<= now() - make_interval(secs => ${QUIET_MOMENTS} * $4::double precision))
	ORDER BY heads.oldest, held.conversation
	LIMIT $5::int
	FOR NO KEY UPDATE OF held SKIP LOCKED
), ready AS (
	SELECT event_key
	FROM due JOIN property_platform.channel_events AS head USING (conversation, event_key)
	WHERE head.state = 'waiting' AND (head.not_before IS NULL OR head.not_before <= now())
	ORDER BY event_key
	FOR NO KEY UPDATE OF head
), taken AS (
	UPDATE property_platform.channel_events AS head SET
		attempts = head.attempts + 1,
		not_before = NULL,
		state = CASE WHEN head.attempts < ${MOST_ATTEMPTS} THEN 'waiting' ELSE 'failed' END,
		last_error = CASE WHEN head.attempts < ${MOST_ATTEMPTS} THEN head.last_error
			ELSE 'attempts' END,
		settled_at = CASE WHEN head.attempts >= ${MOST_ATTEMPTS} THEN now() END
	FROM ready
	WHERE head.event_key = ready.event_key
	RETURNING head.*
), ${buryFailed('taken')}, leased AS (
	UPDATE property_platform.conversations AS held SET
		lease_token = $2::text,
		lease_until = now() + make_interval(secs => $3::double precision)
	FROM taken
	WHERE held.conversation = taken.conversation AND taken.state = 'waiting'
	RETURNING held.conversation, ${sessionOf('held')} AS session
), ${clearAway('$6')}
SELECT
	event_id AS "eventId",
	event AS "event",
	conversation AS "conversation",
	correlation_id AS "correlationId",
	$2::text AS "leaseToken",
	attempts AS "attempt",
	failures AS "failures",
	session AS "session",
	(${selectReplies('leased.conversation')}) AS "sentParts",
	extract(epoch FROM now() - received_at)::double precision AS "waitedSeconds"
FROM taken JOIN leased USING (conversation)
ORDER BY received_at, event_id`;
