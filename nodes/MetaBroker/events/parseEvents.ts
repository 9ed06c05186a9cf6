import type { MetaEntry, MetaWebhook } from '../../shared/contracts/metaWebhook';
import { readChange } from './change';
import type { Channel, ChannelEvent } from './channelEvent';
import { makeEvent, makeOther, type Origin } from './makeEvent';
import { readMessagingEvent } from './messagingEvent';
import { readMoment } from './wire';

const CHANNELS = new Map<string, Channel>([
	['page', 'facebook'],
	['instagram', 'instagram'],
]);

/**
 * Every event of every entry, in the order in which they happened, events of one moment in the order
 * of their ids; Meta's own order says nothing. An event without a time has that of its entry, and
 * without that 1970. What is not known, or breaks its own shape, is `other` with the event as Meta
 * sent it; so is everything about an object that is neither a Page nor an Instagram account, and it
 * counts as Facebook's. Nothing is left out, not even repetitions, which have the same id. Texts are
 * cut at 100,000 characters. Never throws, unless an event is nested thousands of levels deep.
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events
 */
export function parseEvents({ object, entry }: MetaWebhook): ChannelEvent[] {
	const channel = CHANNELS.get(object);
	return entry
		.flatMap((one) => readEntry(one, channel))
		.sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
}

function readEntry(entry: MetaEntry, channel: Channel | undefined): ChannelEvent[] {
	const { id: accountId, messaging, standby, changes } = entry;
	const origin: Origin = {
		channel: channel ?? 'facebook',
		accountId,
		isStandby: false,
		sentAt: readMoment(entry.time) ?? 0,
	};
	// Some fields of Instagram's stand in the entry itself, beside the time of this delivery.
	if (!messaging && !standby && !changes) {
		const content = { ...entry, time: undefined };
		return [makeEvent({ kind: 'other', fields: { raw: entry } }, content, origin)];
	}

	const passive: Origin = { ...origin, isStandby: true };
	const [read, readOf] = channel ? [readMessagingEvent, readChange] : [makeOther, makeOther];
	return [
		...(messaging ?? []).map((event) => read(event, origin)),
		...(standby ?? []).map((event) => read(event, passive)),
		...(changes ?? []).map((change) => readOf(change, origin)),
	];
}

function compare(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
