import type { Channel, EventKind } from './events/channelEvent';

/** What Meta calls the two products when it comes to webhooks. */
export const OBJECTS = { facebook: 'page', instagram: 'instagram' } as const;

/**
 * The webhook fields that bring each kind of event. Instagram sends echoes and unsends as messages.
 * @see https://developers.facebook.com/docs/messenger-platform/webhooks#events
 * @see https://developers.facebook.com/docs/instagram-platform/webhooks
 */
const FIELDS: Record<Channel, Partial<Record<EventKind, readonly string[]>>> = {
	facebook: {
		message: ['messages', 'standby'],
		postback: ['messaging_postbacks'],
		referral: ['messaging_referrals'],
		lead_form: ['leadgen'],
		echo: ['message_echoes'],
		edit: ['message_edits'],
		reaction: ['message_reactions'],
		read: ['message_reads'],
		delivery: ['message_deliveries'],
		optin: ['messaging_optins'],
		handover: ['messaging_handovers'],
	},
	instagram: {
		message: ['messages', 'standby'],
		postback: ['messaging_postbacks'],
		referral: ['messaging_referral'],
		echo: ['messages'],
		unsend: ['messages'],
		edit: ['message_edit'],
		reaction: ['message_reactions'],
		read: ['messaging_seen'],
		optin: ['messaging_optins'],
		handover: ['messaging_handover'],
	},
};

/** The fields to subscribe to for these kinds of events, each once, in alphabetical order. */
export function subscribedFields(channel: Channel, kinds: readonly EventKind[]): string[] {
	return [...new Set(kinds.flatMap((kind) => FIELDS[channel][kind] ?? []))].sort();
}
