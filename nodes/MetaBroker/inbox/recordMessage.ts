import { type EventLogRow, insertLogRows } from '../../shared/stateStore/eventLog';
import { elapsedMs, insertStep } from '../../shared/stateStore/insertStep';
import type { Statement } from '../../shared/stateStore/statement';
import { storableJson, storableText } from '../../shared/stateStore/storable';
import { insertReplies } from './sentReplies';
import { forgets, sentParts, sessionChanges, type WorkedOn } from './sessionChange';

export interface RecordedMessage extends WorkedOn {
	/** Such as `answered`. Holds no personal data. */
	outcome: string;
	log: readonly EventLogRow[];
}

/** The one row `recordMessage` answers. */
export interface RecordMessageRow {
	/** False where another execution took the conversation over, or its person was forgotten. */
	recorded: boolean;
}

/**
 * Records that an event was worked on, and what that changes in the conversation, if the lease token
 * still holds it; then the next event of the conversation can be taken. What was sent is sent and is
 * kept either way, and so is the log. A message that was unsent meanwhile leaves nothing learned.
 * Always answers one row, a `RecordMessageRow`.
 */
export function recordMessage(work: RecordedMessage): Statement {
	return {
		query: RECORD,
		values: [
			storableText(work.eventId),
			storableText(work.conversation),
			storableText(work.leaseToken),
			storableJson(work.sentParts),
			storableJson(work.change),
			storableText(work.outcome),
			storableJson(work.log),
		],
	};
}

const COMPLETE = {
	correlationId: 'correlation_id',
	flow: "'meta-broker'",
	outcome: "'ok'",
	durationMs: elapsedMs('received_at'),
	detail: 'outcome',
};

const RECORD = `WITH held AS (
	SELECT conversation FROM property_platform.conversations
	WHERE conversation = $2::text AND lease_token = $3::text
	FOR NO KEY UPDATE
), worked AS (
	SELECT event_key, kind, state
	FROM held JOIN property_platform.channel_events AS event USING (conversation)
	WHERE event_id = $1::text
	FOR NO KEY UPDATE OF event
), settled AS (
	UPDATE property_platform.channel_events AS event SET
		state = 'done',
		event = NULL,
		outcome = $6::text,
		settled_at = now()
	FROM worked
	WHERE event.event_key = worked.event_key AND worked.state = 'waiting'
	RETURNING event.correlation_id, event.received_at, event.outcome
), changed AS (
	UPDATE property_platform.conversations AS session SET
		previous_messages = CASE WHEN ${forgets('$5')} THEN 0 ELSE session.previous_messages END
			+ CASE WHEN worked.state = 'waiting' AND worked.kind IN ('message', 'postback')
				THEN 1 ELSE 0 END,
		${sessionChanges('$5', '$4', "(worked.state IS NOT DISTINCT FROM 'waiting')")}
	FROM held LEFT JOIN worked ON true
	WHERE session.conversation = held.conversation
	RETURNING session.conversation
), replies AS (
	${insertReplies('answer', sentParts('$4', '$2'), 'changed')}
), logged AS (
	${insertLogRows('$7')}
	RETURNING id
), completed AS (
	${insertStep('complete', COMPLETE, 'settled', 'logged')}
)
SELECT EXISTS (SELECT FROM changed) AS "recorded"`;
