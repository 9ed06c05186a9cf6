/**
 * Meta's Graph API: sends messages of Pages (Messenger) and of Instagram accounts.
 * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api
 * @see https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message
 */
import { z } from 'zod';

import { answerIn } from '../http/answer';
import type { HttpRequest, HttpResponse } from '../http/send';
import { metaError } from './meta/errors';
import { inTheNameOf, META } from './meta/policy';

export { metaError, sendFailure } from './meta/errors';
export type { SendFailure } from './meta/failures';
export { ACCOUNT_HEADER, META } from './meta/policy';
export { metaRetries } from './meta/retries';

/** A button of a card: it opens a page, or it sends its payload back as a postback. */
export type MetaButton =
	| { type: 'web_url'; title: string; url: string }
	| { type: 'postback'; title: string; payload: string };

/** @see https://developers.facebook.com/docs/messenger-platform/reference/templates/generic */
export interface MetaElement {
	title: string;
	subtitle?: string;
	image_url?: string;
	default_action?: { type: 'web_url'; url: string };
	buttons?: MetaButton[];
}

/** @see https://developers.facebook.com/docs/messenger-platform/send-messages/quick-replies */
export interface MetaQuickReply {
	content_type: 'text';
	title: string;
	payload: string;
}

/** What a message says, as Meta takes it: a text, or cards. */
export type MetaContent = { quick_replies?: MetaQuickReply[] } & (
	| { text: string }
	| {
			attachment: {
				type: 'template';
				payload: { template_type: 'generic'; elements: MetaElement[] };
			};
	  }
);

export interface SentMessage {
	/** Meta's id of the message, which its echo has too. */
	messageId: string;
	/** Absent where the person was not named by an id. */
	recipientId?: string;
}

/**
 * The request that sends one message. Meta sends it back as an echo with the same `metadata`. It has
 * no idempotency key: whoever repeats it sends twice.
 */
export function sendMessageRequest(outgoing: {
	accountId: string;
	recipientId: string;
	content: MetaContent;
	/** Up to 1,000 characters, which nobody sees. */
	metadata: string;
	/** A person wrote it, which Meta lets through for 7 days. */
	isFromHuman?: boolean;
}): HttpRequest {
	const { accountId, recipientId, content, metadata, isFromHuman } = outgoing;
	return {
		...toMessages(accountId),
		body: {
			recipient: { id: recipientId },
			...(isFromHuman
				? { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }
				: { messaging_type: 'RESPONSE' }),
			message: { ...content, metadata },
		},
	};
}

/** Shows the person that somebody types, or that the messages were seen. */
export function senderActionRequest(
	accountId: string,
	recipientId: string,
	action: 'typing_on' | 'mark_seen',
): HttpRequest {
	return {
		...toMessages(accountId),
		body: { recipient: { id: recipientId }, sender_action: action },
		isRepeatable: true,
	};
}

const messageAnswer = z.object({
	message_id: z.string().min(1),
	recipient_id: z.string().min(1).nullish(),
});

/** The id of the message that was sent. Throws a VendorError. */
export function readSentMessage(response: HttpResponse, nowMs: number): SentMessage {
	const answer = answerIn(messageAnswer, response);
	if (answer === undefined) throw metaError(response, nowMs);
	const { message_id: messageId, recipient_id: recipientId } = answer;
	return { messageId, ...(recipientId && { recipientId }) };
}

/** `me` is the Page or the account whose token goes along: a Page's Instagram account has none of its own. */
function toMessages(accountId: string) {
	return {
		method: 'POST' as const,
		path: '/me/messages',
		headers: inTheNameOf(accountId),
		timeoutMs: META.timeoutMs,
	};
}
