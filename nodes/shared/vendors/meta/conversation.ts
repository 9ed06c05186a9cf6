/** @see https://developers.facebook.com/docs/messenger-platform/conversations */
import { z } from 'zod';

import { answerIn } from '../../http/answer';
import type { HttpRequest, HttpResponse } from '../../http/send';
import { metaError } from './errors';
import { readMoment } from './moment';
import { inTheNameOf, META } from './policy';
import type { PersonOfAccount } from './profile';

/** A message of a conversation, as Graph's list shows it. */
export interface ListedMessage {
	id: string;
	/** In milliseconds since 1970, of whole seconds. */
	createdMs: number;
	/** The person's id, else the account's. */
	fromId: string;
	/** Empty where it is an attachment, such as cards. */
	text: string;
}

/** The latest messages between an account and a person. */
export function recentMessagesRequest(person: PersonOfAccount): HttpRequest {
	const { channel, accountId, userId } = person;
	return {
		method: 'GET',
		path: '/me/conversations',
		query: {
			platform: channel === 'facebook' ? 'messenger' : 'instagram',
			user_id: userId,
			fields: `messages.limit(${META.recentMessages}){id,created_time,from,message}`,
		},
		headers: inTheNameOf(accountId),
		timeoutMs: META.timeoutMs,
	};
}

const listed = z.object({
	id: z.string().min(1),
	created_time: z.union([z.string(), z.number()]).transform(readMoment),
	from: z.object({ id: z.string() }),
	message: z.string().nullish(),
});

const conversations = z.object({
	data: z.array(
		z.object({ messages: z.object({ data: z.array(z.unknown()) }).nullish() }).passthrough(),
	),
});

/**
 * The messages, oldest first; none where the two have no conversation. One that Graph shows without
 * saying who wrote it or when is left out. Throws a VendorError.
 */
export function readRecentMessages(response: HttpResponse, nowMs: number): ListedMessage[] {
	const answer = answerIn(conversations, response);
	if (answer === undefined) throw metaError(response, nowMs);
	return answer.data
		.flatMap(({ messages }) => messages?.data ?? [])
		.flatMap((message) => {
			const { success, data } = listed.safeParse(message);
			if (!success || Number.isNaN(data.created_time)) return [];
			const { id, created_time: createdMs, from, message: text } = data;
			return [{ id, createdMs, fromId: from.id, text: text ?? '' }];
		})
		.reverse()
		.sort((one, other) => one.createdMs - other.createdMs);
}
