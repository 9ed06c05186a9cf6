import type { Clock, HttpResponse, Send } from '../../shared/http/send';
import { VendorError } from '../../shared/http/vendorError';
import {
	type MetaContent,
	readSentMessage,
	type SendFailure,
	sendFailure,
	sendMessageRequest,
} from '../../shared/vendors/meta';
import { readRecentMessages, recentMessagesRequest } from '../../shared/vendors/meta/conversation';
import type { Channel } from '../events/channelEvent';
import type { SentPart } from '../inbox/session';
import { findEarlierParts } from './earlierParts';
import { ReplyError } from './replyError';
import { type ReplyKind, replyKey } from './replyKey';

export interface Reply {
	/** The event that is answered: its id, and when it happened, UTC ISO 8601. */
	eventId: string;
	eventAt: string;
	channel: Channel;
	accountId: string;
	userId: string;
	/** In the order in which they go out; the same at every attempt. */
	parts: readonly MetaContent[];
	kind: ReplyKind;
	/**
	 * What is known to have gone out, from the record and from echoes. Messages of other replies may
	 * stand among it: they are then not taken for parts of this one.
	 */
	known: readonly SentPart[];
	/** An earlier attempt may have sent parts that are not known. */
	mayBeRepeat: boolean;
	/** A person wrote it. */
	isFromHuman: boolean;
}

export interface Delivered {
	/** Every part of the reply that has gone out, now or before, in order. */
	sent: SentPart[];
	/** Cards were kept back, for nobody can tell whether an earlier attempt has sent them. */
	keptBack: boolean;
}

/**
 * Makes sure that every part of a reply has gone out, in order and once. Throws a ReplyError where
 * one did not; the reply may then be given again, with what the error says was sent.
 *
 * Graph has no idempotency key. A part goes out only when the one before it is known to have gone
 * out, so a part that is known vouches for those before it. After an earlier attempt the conversation
 * is read from Graph before anything is sent: what it shows of the rest is not sent again. It shows
 * the latest 20 messages; where more have come since, only echoes tell.
 */
export async function deliverReply(
	reply: Reply,
	{ send, clock }: { send: Send; clock: Clock },
): Promise<Delivered> {
	const { parts, channel, accountId, userId, eventId, eventAt, kind, isFromHuman } = reply;
	const keys = parts.map((_, index) => replyKey(eventId, index, kind));
	const known = new Map<number, string>();
	const otherIds = new Set<string>();
	for (const { key, messageId } of reply.known) {
		if (keys.includes(key)) known.set(keys.indexOf(key), messageId);
		else otherIds.add(messageId);
	}
	const sentSoFar = () =>
		keys.flatMap((key, index) => {
			const messageId = known.get(index);
			return messageId === undefined ? [] : [{ key, messageId }];
		});
	const orReplyError = (failure: SendFailure) => (error: unknown) => {
		if (!(error instanceof VendorError)) throw error;
		throw new ReplyError(error.details, failure, sentSoFar());
	};
	const firstUnsure = () => Math.max(-1, ...known.keys()) + 1;

	if (reply.mayBeRepeat && firstUnsure() < parts.length) {
		const response = await send(recentMessagesRequest({ channel, accountId, userId }));
		const reading = async () => readRecentMessages(response, clock.now());
		const messages = await reading().catch(orReplyError(failureToRead(response)));
		const earlier = findEarlierParts({ parts, known, otherIds, messages, userId, eventAt });
		for (const [index, messageId] of earlier.found) known.set(index, messageId);
		if (earlier.isUnknowable) return { sent: sentSoFar(), keptBack: true };
	}

	const first = firstUnsure();
	for (const [index, content] of parts.entries()) {
		if (index < first) continue;
		const metadata = replyKey(eventId, index, kind);
		const response = await send(
			sendMessageRequest({ accountId, recipientId: userId, content, metadata, isFromHuman }),
		);
		const reading = async () => readSentMessage(response, clock.now());
		const { messageId } = await reading().catch(orReplyError(sendFailure(response)));
		known.set(index, messageId);
	}
	return { sent: sentSoFar(), keptBack: false };
}

/** What it means that the conversation could not be read: nothing was sent by that. */
function failureToRead(response: HttpResponse): SendFailure {
	const failure = sendFailure(response);
	if (failure === 'ambiguous') return 'passing';
	return failure === 'rejected' ? 'account' : failure;
}
