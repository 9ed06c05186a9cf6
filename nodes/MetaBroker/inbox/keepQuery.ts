import { insertStep } from '../../shared/stateStore/insertStep';
import { insertReplies } from './sentReplies';

const STEP = {
	correlationId: 'correlation_id',
	flow: "'meta-broker'",
	outcome: 'state',
	detail: 'kind',
};

/**
 * The statement of `keepEvents`. Conversations are locked first, then events, then replies, each in
 * order, as everywhere in the inbox, so that executions cannot block each other.
 *
 * Of the row that is there (`held`) and the row that comes (`excluded`): an unsending withdraws
 * whatever was not worked on; a message takes the place that an edit kept for it; a later edit
 * replaces the text. Anything else is a repeat. New rows are told by the moment of the transaction.
 * A person who was forgotten does not come back with an event that is repeated.
 */
export const KEEP_QUERY = `WITH news AS (
	SELECT * FROM jsonb_to_recordset($1::jsonb) AS news (
		conversation text, channel text, "accountId" text, "userId" text,
		"takenAt" timestamptz, "givenBackAt" timestamptz
	)
), told AS (
	SELECT * FROM jsonb_to_recordset($2::jsonb) AS told (
		"eventKey" text, "eventId" text, conversation text, kind text, at timestamptz,
		"correlationId" text, state text, event jsonb, "editNumber" int, outcome text
	)
), echo AS (
	SELECT * FROM jsonb_to_recordset($3::jsonb) AS echo (
		conversation text, "messageId" text, at timestamptz, "replyKey" text
	)
), unsent AS (
	SELECT * FROM jsonb_to_recordset($4::jsonb) AS unsent (conversation text, mid text)
), answered AS (
	SELECT DISTINCT ON (conversation) conversation, at, "messageId"
	FROM echo
	WHERE "replyKey" IS NULL AND $5::double precision > 0
		AND NOT EXISTS (SELECT FROM property_platform.sent_replies
			WHERE message_id = echo."messageId")
	ORDER BY conversation, at DESC, "messageId"
), noted AS (
	INSERT INTO property_platform.conversations AS held
		(conversation, channel, account_id, user_id, taken_at, given_back_at,
			paused_at, paused_by, paused_until)
	SELECT conversation, news.channel, news."accountId", news."userId", news."takenAt",
		news."givenBackAt", answered.at, answered."messageId",
		answered.at + make_interval(secs => $5::double precision * 3600)
	FROM news LEFT JOIN answered USING (conversation)
	WHERE num_nonnulls(news."takenAt", news."givenBackAt", answered.at) > 0 OR EXISTS (
		SELECT FROM told LEFT JOIN property_platform.channel_events AS seen
			ON seen.event_key = told."eventKey"
		WHERE told.conversation = news.conversation
			AND (seen.event_key IS NULL OR seen.conversation IS NOT NULL)
	)
	ORDER BY conversation
	ON CONFLICT (conversation) DO UPDATE SET
		user_id = COALESCE(held.user_id, excluded.user_id),
		taken_at = GREATEST(held.taken_at, excluded.taken_at),
		given_back_at = GREATEST(held.given_back_at, excluded.given_back_at),
		paused_at = GREATEST(held.paused_at, excluded.paused_at),
		paused_by = CASE WHEN held.paused_at >= excluded.paused_at THEN held.paused_by
			ELSE COALESCE(excluded.paused_by, held.paused_by) END,
		paused_until = GREATEST(held.paused_until, excluded.paused_until),
		learned = CASE WHEN EXISTS (
			SELECT FROM unsent WHERE unsent.conversation = held.conversation
		) THEN (
			SELECT COALESCE(jsonb_agg(entry ORDER BY position), '[]')
			FROM jsonb_array_elements(held.learned) WITH ORDINALITY AS list (entry, position)
			WHERE NOT EXISTS (
				SELECT FROM unsent
				WHERE unsent.conversation = held.conversation AND mid = entry ->> 'mid'
			)
		) ELSE held.learned END,
		last_event_at = now()
	RETURNING conversation
), stored AS (
	INSERT INTO property_platform.channel_events AS held
		(event_key, event_id, conversation, kind, at, correlation_id, state, event,
			edit_number, outcome, settled_at)
	SELECT "eventKey", "eventId", conversation, kind, at, "correlationId", state,
		event, "editNumber", outcome, CASE WHEN state <> 'waiting' THEN now() END
	FROM told
	WHERE (SELECT count(*) FROM noted) >= 0
	ORDER BY "eventKey"
	ON CONFLICT (event_key) DO UPDATE SET
		event_id = CASE WHEN held.state = 'expected' THEN excluded.event_id ELSE held.event_id END,
		at = CASE WHEN held.state = 'expected' THEN excluded.at ELSE held.at END,
		correlation_id = CASE WHEN held.state = 'expected' THEN excluded.correlation_id
			ELSE held.correlation_id END,
		state = CASE WHEN held.state = 'expected' OR excluded.state = 'withdrawn'
			THEN excluded.state ELSE held.state END,
		event = CASE
			WHEN excluded.state IN ('withdrawn', 'done') THEN NULL
			WHEN held.state = 'expected' AND excluded.edit_number >= held.edit_number
				THEN excluded.event
			WHEN held.state = 'expected' THEN excluded.event || held.event
			ELSE held.event || jsonb_build_object('text', excluded.event -> 'text')
		END,
		edit_number = GREATEST(held.edit_number, excluded.edit_number),
		not_before = CASE WHEN excluded.state <> 'withdrawn' THEN held.not_before END,
		outcome = excluded.outcome,
		received_at = CASE WHEN held.state = 'expected' AND excluded.state = 'waiting' THEN now()
			ELSE held.received_at END,
		settled_at = CASE
			WHEN excluded.state IN ('withdrawn', 'done') THEN now()
			WHEN held.state <> 'expected' THEN held.settled_at
			WHEN excluded.state = 'expected' THEN held.settled_at
		END
	WHERE held.state IN ('waiting', 'expected', 'failed') AND (
		excluded.state = 'withdrawn'
		OR (held.state = 'expected' AND excluded.state <> 'expected')
		OR excluded.edit_number > held.edit_number
	)
	RETURNING kind, state, correlation_id, received_at = now() AS is_new
), logged AS (
	${insertStep('receive', STEP, 'stored WHERE is_new')}
), marked AS (
	${insertReplies('echo', 'SELECT "replyKey", conversation, "messageId" FROM echo', 'stored')}
	RETURNING reply_key
), counted AS (
	SELECT
		count(*)::int + (SELECT count(*) FROM marked)::int AS kept,
		(SELECT count(*) FROM told)::int
			+ (SELECT count(*) FROM echo WHERE "replyKey" IS NOT NULL)::int AS offered,
		count(*) FILTER (WHERE is_new AND state = 'waiting' AND kind <> 'lead_form')::int
			AS messages,
		count(*) FILTER (WHERE is_new AND state = 'waiting' AND kind = 'lead_form')::int
			AS lead_forms,
		count(*) FILTER (WHERE NOT is_new AND state = 'waiting')::int AS edited,
		count(*) FILTER (WHERE state = 'withdrawn')::int AS withdrawn
	FROM stored
)
SELECT
	kept AS "kept",
	offered - kept + $6::int AS "repeated",
	messages AS "messages",
	messages + (SELECT count(*)
		FROM news JOIN property_platform.channel_events AS event USING (conversation)
		WHERE event.state = 'waiting' AND event.kind <> 'lead_form')::int AS "waiting",
	lead_forms AS "leadForms",
	edited AS "edited",
	withdrawn AS "withdrawn",
	(SELECT count(*) FROM marked)::int AS "echoes",
	(SELECT count(*) FROM news LEFT JOIN answered USING (conversation)
		WHERE "takenAt" IS NOT NULL OR answered.at IS NOT NULL)::int AS "handedOver"
FROM counted`;
