import { RETRY_WAITS_SECONDS } from '../../shared/delivery/retryPlan';
import { type EventLogRow, insertLogRows } from '../../shared/stateStore/eventLog';
import type { Statement } from '../../shared/stateStore/statement';
import { storableJson, storableText } from '../../shared/stateStore/storable';
import { buryFailed } from './messageLetters';
import { insertReplies } from './sentReplies';
import { sentParts, sessionChanges, type WorkedOn } from './sessionChange';
import { utcText } from '../../shared/stateStore/utcText';

/** After how many seconds an event is worked on again. */
export interface RetryWaits {
	/** After the first failure, the second, and so on; after the last one the event has failed. */
	failures: readonly number[];
	/** After a send of which nobody knows whether it arrived: as long as an echo may take. */
	ambiguous: number;
}

export const RETRY_WAITS: RetryWaits = { failures: RETRY_WAITS_SECONDS, ambiguous: 20 };

export interface PostponedMessage extends WorkedOn {
	/** Kind of error, such as `unavailable`. Holds no personal data. */
	reason: string;
	/** What has to pass: the platform is down, a send is unclear, or the account cannot send. */
	retry: { kind: 'platform' | 'ambiguous' | 'account'; waits?: RetryWaits };
	log: readonly EventLogRow[];
}

/** The one row `postponeMessage` answers. */
export interface PostponeRow {
	/** The event waits again. Both are false where the lease is lost, or the message was unsent. */
	postponed: boolean;
	/** Given up: a dead letter. The event is kept with its text as long as the retention says. */
	failed: boolean;
	/** When it can be taken again; UTC ISO 8601. */
	againAt: string | null;
}

/**
 * Gives back an event that cannot be answered now, if the lease token still holds its conversation:
 * it comes again later and holds back the later ones of the person until then, or it has failed too
 * often. What was sent is sent and is kept either way, and so is the log. Always answers one row, a
 * `PostponeRow`.
 */
export function postponeMessage(work: PostponedMessage): Statement {
	const { kind, waits = RETRY_WAITS } = work.retry;
	return {
		query: POSTPONE,
		values: [
			storableText(work.eventId),
			storableText(work.conversation),
			storableText(work.leaseToken),
			storableJson(work.sentParts),
			storableJson(work.change),
			storableText(work.reason),
			storableJson(waits.failures),
			kind === 'ambiguous' ? waits.ambiguous : null,
			storableJson(work.log),
		],
	};
}

const POSTPONE = `WITH held AS (
	SELECT conversation FROM property_platform.conversations
	WHERE conversation = $2::text AND lease_token = $3::text
	FOR NO KEY UPDATE
), worked AS (
	SELECT event_key, state, failures,
		now() + make_interval(secs => COALESCE($8::double precision,
			($7::jsonb ->> failures)::double precision)) AS again_at
	FROM held JOIN property_platform.channel_events AS event USING (conversation)
	WHERE event_id = $1::text
	FOR NO KEY UPDATE OF event
), settled AS (
	UPDATE property_platform.channel_events AS event SET
		state = CASE WHEN worked.again_at IS NULL THEN 'failed' ELSE 'waiting' END,
		failures = event.failures + CASE WHEN $8::double precision IS NULL THEN 1 ELSE 0 END,
		not_before = worked.again_at,
		last_error = $6::text,
		settled_at = CASE WHEN worked.again_at IS NULL THEN now() END
	FROM worked
	WHERE event.event_key = worked.event_key AND worked.state = 'waiting'
	RETURNING event.*
), ${buryFailed('settled')}, changed AS (
	UPDATE property_platform.conversations AS session SET
		${sessionChanges('$5', '$4', "(worked.state IS NOT DISTINCT FROM 'waiting')")}
	FROM held LEFT JOIN worked ON true
	WHERE session.conversation = held.conversation
	RETURNING session.conversation
), replies AS (
	${insertReplies('answer', sentParts('$4', '$2'), 'changed')}
), logged AS (
	${insertLogRows('$9')}
)
SELECT
	settled.state IS NOT DISTINCT FROM 'waiting' AS "postponed",
	settled.state IS NOT DISTINCT FROM 'failed' AS "failed",
	${utcText('settled.not_before')} AS "againAt"
FROM (VALUES ($1::text)) AS asked (event_id) LEFT JOIN settled ON true`;
