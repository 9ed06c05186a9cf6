/** So many rows of a table are cleared away at once. */
const ROWS_AT_ONCE = 200;

/** Meta repeats an event for 36 hours. */
const DAYS_OF_REPEATS = 3;

const AGE = (days: string) => `now() - make_interval(days => ${days}::int)`;

/**
 * Clears away what is older than so many days, as parts of a WITH; the days are a placeholder. Who
 * opted out stays so, with nothing else remembered. Rows that anybody holds are left for later.
 */
export function clearAway(days: string): string {
	const repeatsEnd = AGE(`GREATEST(${days}::int, ${DAYS_OF_REPEATS})`);
	return `cleared_events AS (
	DELETE FROM property_platform.channel_events WHERE event_key IN (
		SELECT event_key FROM property_platform.channel_events
		WHERE settled_at < ${repeatsEnd}
		LIMIT ${ROWS_AT_ONCE}
		FOR UPDATE SKIP LOCKED
	)
), cleared_replies AS (
	DELETE FROM property_platform.sent_replies WHERE reply_key IN (
		SELECT reply_key FROM property_platform.sent_replies
		WHERE at < ${repeatsEnd}
		LIMIT ${ROWS_AT_ONCE}
		FOR UPDATE SKIP LOCKED
	)
), old AS (
	SELECT conversation, opted_out_until
	FROM property_platform.conversations AS held
	WHERE last_event_at < ${AGE(days)} AND (lease_until IS NULL OR lease_until < now())
		AND (opted_out_until IS NULL OR opted_out_until < now() OR previous_messages > 0
			OR last_property_viewed IS NOT NULL OR learned <> '[]')
		AND NOT EXISTS (
			SELECT FROM property_platform.channel_events AS event
			WHERE event.conversation = held.conversation AND event.state = 'waiting'
		)
	LIMIT ${ROWS_AT_ONCE}
	FOR UPDATE SKIP LOCKED
), cleared_conversations AS (
	DELETE FROM property_platform.conversations AS held
	USING old
	WHERE held.conversation = old.conversation
		AND (old.opted_out_until IS NULL OR old.opted_out_until < now())
), emptied_conversations AS (
	UPDATE property_platform.conversations AS held SET
		previous_messages = 0,
		last_property_viewed = NULL,
		learned = '[]',
		held_since = NULL
	FROM old
	WHERE held.conversation = old.conversation AND old.opted_out_until >= now()
)`;
}
