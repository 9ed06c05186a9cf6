import type { ChannelMessage, ChannelReply } from '../../nodes/shared/contracts/channelMessage';
import type { Effect } from './callbackEffects.cts';
import type { Queryable } from './database.cts';

const MAX_SUGGESTIONS = 3;

/** Keeps a message and answers it with the listings of the place that it names. */
export async function answerChannelMessage(
	db: Queryable,
	message: ChannelMessage,
): Promise<Effect> {
	await db.query(
		`INSERT INTO channel_message
		   (platform, user_id, message, intents, lead_captured, session_data)
		 VALUES ($1, $2, $3, $4, $5, $6)`,
		[
			message.platform,
			message.user_id,
			message.message,
			JSON.stringify(message.intents),
			message.lead_captured,
			JSON.stringify(message.session_data),
		],
	);
	const { rows } = await db.query<{ id: string; address: string; city: string }>(
		`SELECT id, address, city FROM property
		 WHERE $1 ILIKE '%' || city || '%'
		    OR $1 ILIKE '%' || nullif(neighborhood, '') || '%'
		 ORDER BY created_at DESC, id LIMIT $2`,
		[message.message, MAX_SUGGESTIONS],
	);
	const reply: ChannelReply = {
		reply_text: replyText(rows),
		intents: message.intents,
		lead_captured: message.lead_captured,
		suggested_properties: rows.map(({ id }) => id),
		next_action: rows.length > 0 ? 'schedule_viewing' : 'ask_location',
	};
	return { outcome: 'applied', answer: reply };
}

function replyText(found: { address: string; city: string }[]): string {
	const top = found[0];
	if (!top) return 'Which area are you looking in, and what is your budget?';
	const homes = found.length === 1 ? 'one home' : `${found.length} homes`;
	return `I found ${homes} there. The top match is at ${top.address}, ${top.city}. Would you like to see it?`;
}
