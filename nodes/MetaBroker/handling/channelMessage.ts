import { createHash } from 'node:crypto';

import { callbackRequest } from '../../shared/callbacks/callbackRequest';
import { type ChannelMessage, channelMessage } from '../../shared/contracts/channelMessage';
import type { LeadCreated } from '../../shared/contracts/leadCreated';
import type { HttpRequest } from '../../shared/http/send';
import type { ChannelEvent } from '../events/channelEvent';
import type { Session } from '../inbox/session';
import type { Understanding } from '../understanding/understanding';
import type { Known } from './known';
import { messageText } from './messageText';

const HASH_LENGTH = 32;

export interface Said {
	event: ChannelEvent;
	understanding: Pick<Understanding, 'intents' | 'language'>;
	session: Pick<Session, 'previousMessages' | 'lastPropertyViewed'>;
	/** With what this message says. */
	known: Known;
	/** As the person's profile has it. */
	name?: string;
	/** Of an event about a lead form: what the person filled in. */
	lead?: LeadCreated;
}

/**
 * What the platform is told of a message. `session_data` holds the guide's two fields; with the
 * extra ones also where it was written, in which language, and what is known of the person.
 */
export function channelMessageOf(
	{ event, understanding, session, known, name, lead }: Said,
	withExtraFields: boolean,
): ChannelMessage {
	const { contact, slots } = known;
	return {
		platform: event.channel,
		user_id: event.userId ?? event.leadForm?.leadgenId ?? event.accountId,
		message: lead ? (lead.message ?? '') : messageText(event),
		intents: understanding.intents.map(({ name }) => name),
		lead_captured: contact.email !== undefined || contact.phone !== undefined,
		session_data: {
			previous_messages: session.previousMessages,
			last_property_viewed: session.lastPropertyViewed,
			...(withExtraFields && {
				account_id: event.accountId,
				message_id: event.mid,
				sent_at: event.at,
				language: understanding.language.code,
				contact: { ...contact, ...(name && { name }) },
				preferences: slots,
				...(lead && { lead }),
			}),
		},
	};
}

/**
 * The request that asks the platform. It is about one event and always the same to the byte, so that
 * the platform answers a repeat as it answered the first.
 */
export function askRequest(
	message: ChannelMessage,
	eventId: string,
	correlationId: string,
): HttpRequest {
	const kind = { name: 'channel-message', contract: channelMessage, idField: 'user_id' } as const;
	const hash = createHash('sha256').update(eventId).digest('hex');
	return {
		...callbackRequest(kind, message, correlationId, false),
		idempotencyKey: `channel-message:${hash.slice(0, HASH_LENGTH)}`,
	};
}
