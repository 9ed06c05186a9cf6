/** Meta takes no answer that is older. */
const LATELY = '7 days';

/**
 * Notes parts of replies as sent, each once, as part of a larger statement. The rows are a SELECT of
 * mark, conversation and Meta's id; `after` is the part of the statement that comes before. Nothing
 * is noted of a person who is not remembered.
 */
export function insertReplies(seenBy: 'answer' | 'echo', rows: string, after: string): string {
	// Everybody writes them in the same order, so that two executions cannot block each other.
	return `INSERT INTO property_platform.sent_replies (reply_key, conversation, message_id, seen_by)
	SELECT DISTINCT ON (key) key, conversation, message_id, '${seenBy}'
	FROM (${rows}) AS part (key, conversation, message_id)
	WHERE key IS NOT NULL AND (SELECT count(*) FROM ${after}) >= 0
		AND EXISTS (SELECT FROM property_platform.conversations AS known
			WHERE known.conversation = part.conversation)
	ORDER BY key
	ON CONFLICT (reply_key) DO NOTHING`;
}

/**
 * Reads the parts of replies that are known to have gone out in a conversation of late as one JSON
 * array: those of the event that is answered, and the others, which must not be taken for them.
 */
export function selectReplies(conversation: string): string {
	return `SELECT COALESCE(jsonb_agg(jsonb_build_object(
		'key', reply_key,
		'messageId', message_id
	) ORDER BY reply_key), '[]'::jsonb)
	FROM property_platform.sent_replies AS sent
	WHERE sent.conversation = ${conversation} AND sent.at > now() - interval '${LATELY}'`;
}
