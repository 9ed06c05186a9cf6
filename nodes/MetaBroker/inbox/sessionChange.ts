import type { SentPart, SessionChange } from './session';

/** As many messages are remembered of a person. */
const REMEMBERED = 10;

/** Whether a change, which is a placeholder, is that nothing is remembered of the person. */
export function forgets(change: string): string {
	return `COALESCE((${change}::jsonb ->> 'forget')::boolean, false)`;
}

/** What is true of the work on an event, whether it is done or postponed. */
export interface WorkedOn {
	eventId: string;
	conversation: string;
	leaseToken: string;
	sentParts: readonly SentPart[];
	change: SessionChange;
}

/**
 * What a `SessionChange` does to the row of a conversation, as assignments of an UPDATE whose table
 * is called `session`; the lease is given back. The placeholders are the change and the sent parts
 * as JSON, and `mayLearn` is a condition.
 *
 * Nobody is put `on` by accident: it ends an opt-out, and leaves a conversation to whoever took it.
 * A message of ours that came back without its mark was taken for somebody else's; now it is known.
 */
export function sessionChanges(change: string, sentParts: string, mayLearn: string): string {
	const automation = `${change}::jsonb ->> 'automation'`;
	const hours = `(${change}::jsonb ->> 'automationHours')::double precision`;
	const learned = `${change}::jsonb -> 'learned'`;
	const wasUs = `session.paused_by IN (
			SELECT part ->> 'messageId' FROM jsonb_array_elements(${sentParts}::jsonb) AS part
		)`;
	const pauses = `${automation} = 'handed_over' AND ${hours} IS NOT NULL`;
	return `lease_token = NULL,
		lease_until = NULL,
		last_property_viewed = CASE WHEN NOT ${forgets(change)} THEN COALESCE(
			${change}::jsonb ->> 'lastPropertyViewed', session.last_property_viewed) END,
		learned = CASE WHEN ${forgets(change)} THEN '[]' WHEN ${learned} IS NULL OR NOT ${mayLearn} THEN session.learned ELSE (
			SELECT jsonb_agg(entry ORDER BY position) FROM (
				SELECT entry, position
				FROM jsonb_array_elements(session.learned || jsonb_build_array(${learned}))
					WITH ORDINALITY AS list (entry, position)
				WHERE position > jsonb_array_length(session.learned)
					OR entry ->> 'mid' IS DISTINCT FROM ${learned} ->> 'mid'
				ORDER BY position DESC LIMIT ${REMEMBERED}
			) AS latest
		) END,
		opted_out_until = CASE ${automation}
			WHEN 'opted_out' THEN COALESCE(now() + make_interval(secs => ${hours} * 3600), 'infinity')
			WHEN 'on' THEN NULL
			ELSE session.opted_out_until
		END,
		taken_at = CASE WHEN ${automation} = 'handed_over' AND ${hours} IS NULL THEN now()
			ELSE session.taken_at END,
		paused_at = CASE WHEN ${pauses} THEN now()
			WHEN ${wasUs} THEN NULL ELSE session.paused_at END,
		paused_by = CASE WHEN ${pauses} OR ${wasUs} THEN NULL ELSE session.paused_by END,
		paused_until = CASE
			WHEN ${pauses} THEN GREATEST(now() + make_interval(secs => ${hours} * 3600),
				CASE WHEN NOT COALESCE(${wasUs}, false) THEN session.paused_until END)
			WHEN ${wasUs} THEN NULL
			ELSE session.paused_until
		END,
		held_since = CASE (${change}::jsonb ->> 'held')::boolean
			WHEN true THEN COALESCE(session.held_since, now())
			WHEN false THEN NULL
			ELSE session.held_since
		END`;
}

/** The sent parts as rows for `insertReplies`; both are placeholders. */
export function sentParts(parts: string, conversation: string): string {
	return `SELECT key, ${conversation}::text, "messageId"
		FROM jsonb_to_recordset(${parts}::jsonb) AS sent (key text, "messageId" text)`;
}
