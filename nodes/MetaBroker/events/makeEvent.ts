import { createHash } from 'node:crypto';

import { canonicalJson } from '../../shared/stateStore/key';
import type { Channel, ChannelEvent } from './channelEvent';
import { isoMoment } from './isoMoment';
import type { Reading } from './message';

const HASH_LENGTH = 32;

/** What the events of one list of one entry have in common. */
export interface Origin {
	channel: Channel;
	accountId: string;
	isStandby: boolean;
	/** When Meta sent the entry, in milliseconds since 1970. */
	sentAt: number;
}

/** Who and when, as far as the event says. */
export interface Circumstances extends Origin {
	userId?: string;
	/** Milliseconds since 1970. */
	moment?: number;
	/** Where the event has a conversation of its own. */
	thread?: string;
}

/**
 * The event that was read. Its id holds the account, for a `mid` is unique within one only. Where
 * there is no key, the content makes it: the time at which Meta sent the entry is no part of that,
 * for another delivery has another.
 */
export function makeEvent(
	{ kind, key, fields }: Reading,
	content: unknown,
	{
		channel,
		accountId,
		isStandby,
		sentAt,
		userId,
		moment = sentAt,
		thread = userId,
	}: Circumstances,
): ChannelEvent {
	const account = `${channel}:${accountId}`;
	const event: ChannelEvent = {
		id: `${account}:${kind}:${key ?? hash(content)}`,
		kind,
		channel,
		accountId,
		conversation: thread === undefined ? account : `${account}:${thread}`,
		at: isoMoment(moment),
	};
	if (userId !== undefined) event.userId = userId;
	if (isStandby) event.isStandby = true;
	return Object.assign(event, fields);
}

/** What is not known, or breaks its own shape, as Meta sent it. */
export function makeOther(raw: unknown, circumstances: Circumstances): ChannelEvent {
	return makeEvent({ kind: 'other', fields: { raw } }, raw, circumstances);
}

function hash(content: unknown): string {
	return createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, HASH_LENGTH);
}
