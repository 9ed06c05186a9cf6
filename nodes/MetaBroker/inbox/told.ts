import { ANSWERED_KINDS, type ChannelEvent, type EventKind } from '../events/channelEvent';
import { isReplyKey } from '../reply/replyKey';

export interface ReceivedEvent {
	event: ChannelEvent;
	/** Of the delivery that brought it. */
	correlationId: string;
}

/** A row of the inbox as one batch of events tells it. */
export interface ToldEvent {
	/** A message, its edits and its unsending have the same one. */
	eventKey: string;
	eventId: string;
	conversation: string;
	kind: EventKind;
	at: string;
	correlationId: string;
	/** `expected`: an edit is there, and its message may have come before or is still to come. */
	state: 'waiting' | 'expected' | 'done' | 'withdrawn';
	event: unknown;
	editNumber: number;
	outcome: string | null;
}

/** What a batch tells of one conversation. */
export interface ToldConversation {
	conversation: string;
	channel: string;
	accountId: string;
	userId: string | null;
	/** When it was last taken from us, and given back. */
	takenAt: string | null;
	givenBackAt: string | null;
}

/** A message of the account, sent by us or by somebody else. */
export interface ToldEcho {
	conversation: string;
	messageId: string;
	at: string;
	/** Our mark; null where another one sent it, or Meta did not bring the mark back. */
	replyKey: string | null;
}

export interface Told {
	conversations: ToldConversation[];
	events: ToldEvent[];
	echoes: ToldEcho[];
	/** Messages that were unsent. */
	unsent: Array<{ conversation: string; mid: string }>;
	/** How many events are in the batch before. */
	repeated: number;
}

/** Such as a read receipt: nothing depends on it. */
const PASSING_KINDS: readonly EventKind[] = ['read', 'delivery', 'reaction', 'optin'];

/** The number of an edit stands at the end of its id. */
const EDIT_NUMBER = /:(\d{1,9})$/;

/**
 * Puts a batch of events together, in any order: one row for each event key, whatever happened to
 * the message within the batch, and the latest news of each conversation.
 */
export function tell(received: readonly ReceivedEvent[]): Told {
	const events = new Map<string, ToldEvent>();
	const conversations = new Map<string, ToldConversation>();
	const seen = new Set<string>();
	const told: Told = { conversations: [], events: [], echoes: [], unsent: [], repeated: 0 };
	for (const { event, correlationId } of received) {
		if (PASSING_KINDS.includes(event.kind)) continue;
		if (seen.has(event.id)) {
			told.repeated++;
			continue;
		}
		seen.add(event.id);
		const echoes = event.kind === 'echo' ? echoOf(event) : [];
		told.echoes.push(...echoes);
		if (event.kind === 'unsend' && event.mid !== undefined) {
			told.unsent.push({ conversation: event.conversation, mid: event.mid });
		}
		if (event.kind !== 'other' && !echoes.some(({ replyKey }) => replyKey !== null)) {
			noteConversation(conversations, event);
		}
		for (const row of rowOf(event, correlationId)) {
			const before = events.get(row.eventKey);
			events.set(row.eventKey, before ? bothOf(before, row) : row);
		}
	}
	return { ...told, conversations: [...conversations.values()], events: [...events.values()] };
}

/** The row of an event, alone; none where it only concerns the conversation or a reply. */
function rowOf(event: ChannelEvent, correlationId: string): ToldEvent[] {
	const { id, kind, channel, accountId, conversation, mid, at } = event;
	const ofMessage = mid !== undefined && ['message', 'edit', 'unsend'].includes(kind);
	const row = {
		eventKey: ofMessage ? `${channel}:${accountId}:mid:${mid}` : id,
		eventId: id,
		conversation,
		kind: ofMessage ? ('message' as const) : kind,
		at,
		correlationId,
		event: null,
		editNumber: 0,
		outcome: null,
	};
	if (ANSWERED_KINDS.includes(kind)) {
		return event.isStandby
			? [{ ...row, state: 'done', outcome: 'standby' }]
			: [{ ...row, state: 'waiting', event }];
	}
	if (kind === 'other') return [{ ...row, state: 'done', event }];
	if (!ofMessage) return [];
	if (kind === 'unsend') return [{ ...row, state: 'withdrawn' }];
	const editNumber = Number(EDIT_NUMBER.exec(id)?.[1] ?? 1);
	return [{ ...row, state: 'expected', event: { text: event.text ?? '' }, editNumber }];
}

/** Which of two rows of one key says more; an edit's text goes into the message. */
const WEIGHT = { withdrawn: 3, done: 2, waiting: 1, expected: 0 } as const;

function bothOf(one: ToldEvent, other: ToldEvent): ToldEvent {
	const [main, edit] = WEIGHT[other.state] > WEIGHT[one.state] ? [other, one] : [one, other];
	if (edit.editNumber <= main.editNumber || main.event === null) return main;
	const { text } = edit.event as ChannelEvent;
	return { ...main, editNumber: edit.editNumber, event: { ...(main.event as object), text } };
}

function echoOf({ conversation, mid, at, metadata }: ChannelEvent): ToldEcho[] {
	if (mid === undefined) return [];
	const replyKey = metadata !== undefined && isReplyKey(metadata) ? metadata : null;
	return [{ conversation, messageId: mid, at, replyKey }];
}

function noteConversation(
	conversations: Map<string, ToldConversation>,
	{ conversation, channel, accountId, userId, control, at }: ChannelEvent,
): void {
	const before = conversations.get(conversation);
	const latest = (moment: string | null | undefined) => (moment && moment > at ? moment : at);
	conversations.set(conversation, {
		conversation,
		channel,
		accountId,
		userId: userId ?? before?.userId ?? null,
		takenAt: control === 'theirs' ? latest(before?.takenAt) : (before?.takenAt ?? null),
		givenBackAt: control === 'ours' ? latest(before?.givenBackAt) : (before?.givenBackAt ?? null),
	});
}
