import { utcText } from '../../shared/stateStore/utcText';

/** Whether we may answer, by the columns of a conversation; the alias is that of its table. */
export function automationOf(alias: string): string {
	return `CASE
		WHEN ${alias}.opted_out_until > now() THEN 'opted_out'
		WHEN ${alias}.taken_at > COALESCE(${alias}.given_back_at, '-infinity') THEN 'handed_over'
		WHEN ${alias}.paused_until > now()
			AND ${alias}.paused_at > COALESCE(${alias}.given_back_at, '-infinity') THEN 'handed_over'
		ELSE 'on'
	END`;
}

/** A conversation's row as a `Session`. */
export function sessionOf(alias: string): string {
	return `jsonb_build_object(
		'previousMessages', ${alias}.previous_messages,
		'lastPropertyViewed', ${alias}.last_property_viewed,
		'learned', ${alias}.learned,
		'automation', ${automationOf(alias)},
		'pausedBy', CASE
			WHEN ${alias}.taken_at > COALESCE(${alias}.given_back_at, '-infinity') THEN NULL
			WHEN ${alias}.paused_until > now() THEN ${alias}.paused_by
		END,
		'heldSince', ${utcText(`${alias}.held_since`)}
	)`;
}
