/** A button above the keyboard: the person says its title, and the broker gets its payload. */
export interface QuickReply {
	title: string;
	payload: string;
}

/** What to offer for each `next_action` of the platform. */
export type QuickReplyTable = Readonly<Record<string, readonly QuickReply[]>>;

const TALK_TO_AGENT: QuickReply = { title: 'Talk to an agent', payload: 'human_agent' };

export const QUICK_REPLIES: QuickReplyTable = {
	schedule_viewing: [
		{ title: 'Schedule a viewing', payload: 'schedule_viewing' },
		{ title: 'Show me more', payload: 'show_more' },
		TALK_TO_AGENT,
	],
	contact_agent: [TALK_TO_AGENT, { title: 'Keep looking', payload: 'show_more' }],
	show_more: [{ title: 'Show me more', payload: 'show_more' }, TALK_TO_AGENT],
};

/** What fits the platform's next action; nothing where the table does not name it. */
export function quickRepliesFrom(
	nextAction: string | null | undefined,
	table: QuickReplyTable,
): readonly QuickReply[] {
	if (!nextAction || !Object.hasOwn(table, nextAction)) return [];
	return table[nextAction] ?? [];
}
