import { createHash } from 'node:crypto';

import { Client, type QueryResultRow } from 'pg';

import type { ChannelEvent } from '../../../nodes/MetaBroker/events/channelEvent';
import { forgetPerson, type ForgetRow } from '../../../nodes/MetaBroker/inbox/forgetPerson';
import { keepEvents, type KeepRow } from '../../../nodes/MetaBroker/inbox/keepEvents';
import {
	type PostponedMessage,
	postponeMessage,
	type PostponeRow,
} from '../../../nodes/MetaBroker/inbox/postponeMessage';
import {
	type RecordedMessage,
	recordMessage,
	type RecordMessageRow,
} from '../../../nodes/MetaBroker/inbox/recordMessage';
import {
	type TakenRow,
	takeMessages,
	type TakeRequest,
} from '../../../nodes/MetaBroker/inbox/takeMessages';
import type { Statement } from '../../../nodes/shared/stateStore/statement';
import type { Database, Protocol } from '../stateStore/database.cts';

export const PAGE = '104857600000001';
export const ANA = `facebook:${PAGE}:ana`;
export const BEN = `facebook:${PAGE}:ben`;

const START = Date.parse('2026-11-20T09:00:00.000Z');

/** A moment so many seconds after the tests' story begins, by Meta's clock. */
export const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();

const of = (person: string, changed: Partial<ChannelEvent>): ChannelEvent => ({
	id: `facebook:${PAGE}:${changed.kind}:${changed.mid}`,
	kind: 'message',
	channel: 'facebook',
	accountId: PAGE,
	userId: person,
	conversation: `facebook:${PAGE}:${person}`,
	at: at(0),
	...changed,
});

/** What the person `ana` or another one did, with the `mid` as its text unless told otherwise. */
export const message = (mid: string, seconds = 0, changed: Partial<ChannelEvent> = {}) =>
	of(changed.userId ?? 'ana', { kind: 'message', mid, text: mid, at: at(seconds), ...changed });
export const postback = (mid: string, seconds = 0) =>
	of('ana', { kind: 'postback', mid, payload: 'property:1', at: at(seconds) });
export const referral = (seconds = 0) =>
	of('ana', { kind: 'referral', id: 'referral', referral: { ref: 'home' }, at: at(seconds) });
export const unsend = (mid: string, userId = 'ana') =>
	of(userId, { kind: 'unsend', mid, at: at(5) });
export const edit = (mid: string, number: number, text: string, userId = 'ana') =>
	of(userId, { kind: 'edit', id: `facebook:${PAGE}:edit:${mid}:${number}`, mid, text, at: at(4) });
/** A message of the Page, sent by somebody else unless it carries our mark. */
export const echo = (mid: string, seconds = 0, metadata?: string, userId = 'ana') =>
	of(userId, { kind: 'echo', mid, at: at(seconds), ...(metadata && { metadata }) });
export const handover = (control: 'ours' | 'theirs', seconds = 0, userId = 'ana') =>
	of(userId, {
		kind: 'handover',
		id: `${userId}:${control}-${seconds}`,
		control,
		at: at(seconds),
	});
export const leadForm = (id: string, seconds = 0): ChannelEvent => {
	const { userId: _nobody, ...event } = of('form', {
		kind: 'lead_form',
		id: `lead_form:${id}`,
		conversation: `facebook:${PAGE}:form:${id}`,
		leadForm: { leadgenId: id, formId: 'f', pageId: PAGE },
		at: at(seconds),
	});
	return event;
};

/** The mark of a part of a reply, made without the code under test. */
export const replyKey = (eventId: string, part: number) =>
	`pp1:${createHash('sha256').update(eventId).digest('hex').slice(0, 24)}:${part}`;

export const sentPart = ({ eventId }: Pick<TakenRow, 'eventId'>, part = 1) => ({
	key: replyKey(eventId, part),
	messageId: `reply-${eventId}-${part}`,
});

export const keep = (events: readonly ChannelEvent[], pauseHours = 24, correlationId = 'c-1') =>
	keepEvents({ events: events.map((event) => ({ event, correlationId })), pauseHours });

export const take = (changed: Partial<TakeRequest> = {}) =>
	takeMessages({
		kinds: ['message', 'postback', 'referral', 'lead_form'],
		leaseToken: 'holder',
		leaseSeconds: 60,
		quietSeconds: 0,
		limit: 100,
		retentionDays: 30,
		...changed,
	});

type Taken = Pick<TakenRow, 'eventId' | 'conversation' | 'leaseToken'>;

export const record = (
	{ eventId, conversation, leaseToken }: Taken,
	changed: Partial<RecordedMessage> = {},
) =>
	recordMessage({
		eventId,
		conversation,
		leaseToken,
		outcome: 'answered',
		sentParts: [],
		change: {},
		log: [],
		...changed,
	});

export const postpone = (
	{ eventId, conversation, leaseToken }: Taken,
	changed: Partial<PostponedMessage> = {},
) =>
	postponeMessage({
		eventId,
		conversation,
		leaseToken,
		sentParts: [],
		change: {},
		reason: 'unavailable',
		retry: { kind: 'platform' },
		log: [],
		...changed,
	});

/** The inbox of one database, asked in one of the two ways in which values can travel. */
export function inboxOn(database: Database, protocol: Protocol = 'bound') {
	const run = <Row extends QueryResultRow>(statement: Statement) =>
		database.run<Row>(statement, protocol);
	const change = (query: string, values: unknown[] = []) => database.pool.query(query, values);
	return {
		keep: (events: readonly ChannelEvent[], pauseHours?: number) =>
			run<KeepRow>(keep(events, pauseHours)),
		/** A row for each event, as many as there are. */
		async take(changed?: Partial<TakeRequest>): Promise<TakenRow[]> {
			const { query, values } = take(changed);
			const statement =
				protocol === 'bound' ? { text: query, values } : { text: interpolate({ query, values }) };
			return (await database.pool.query<TakenRow>(statement)).rows;
		},
		/** The event of one conversation, which has to be there. */
		async takeOne(changed?: Partial<TakeRequest>): Promise<TakenRow> {
			const rows = await this.take(changed);
			if (rows.length !== 1) throw new Error(`Expected one event, got ${rows.length}`);
			return rows[0]!;
		},
		record: (taken: Taken, changed?: Partial<RecordedMessage>) =>
			run<RecordMessageRow>(record(taken, changed)),
		postpone: (taken: Taken, changed?: Partial<PostponedMessage>) =>
			run<PostponeRow>(postpone(taken, changed)),
		forget: (conversation: string) => run<ForgetRow>(forgetPerson(conversation)),

		/** Takes and records until nothing waits; the ids in the order in which they came. */
		async drain(changed?: Partial<TakeRequest>): Promise<string[]> {
			const ids: string[] = [];
			for (;;) {
				const rows = await this.take(changed);
				if (rows.length === 0) return ids;
				for (const row of rows) {
					ids.push(row.event.mid ?? row.eventId);
					await this.record(row);
				}
			}
		},

		/** The session as the next message of the person finds it; the message is then done. */
		async session(userId = 'ana') {
			await this.keep([message(`probe-${probes++}`, 1_000_000 + probes, { userId })]);
			const row = (await this.take()).find(
				({ conversation }) => conversation === `facebook:${PAGE}:${userId}`,
			)!;
			await change(
				"UPDATE property_platform.channel_events SET state = 'done', event = NULL, settled_at = now() WHERE event_id = $1",
				[row.eventId],
			);
			await this.endLeases();
			return row.session;
		},

		rows: async (table: string, columns = '*', order = '1') =>
			(
				await database.pool.query(
					`SELECT ${columns} FROM property_platform.${table} ORDER BY ${order}`,
				)
			).rows,

		/** Lets leases run out, all of them or those of one holder. */
		endLeases: (leaseToken?: string) =>
			change(
				`UPDATE property_platform.conversations SET lease_until = now() - interval '1 second'
				WHERE lease_token = $1 OR ($1 IS NULL AND lease_token IS NOT NULL)`,
				[leaseToken ?? null],
			),

		/** Lets so many seconds go by for whatever waits. */
		wait: (seconds: number) =>
			change(
				`UPDATE property_platform.channel_events SET
					received_at = received_at - make_interval(secs => $1),
					not_before = not_before - make_interval(secs => $1)
				WHERE state = 'waiting'`,
				[seconds],
			),

		/** Lets so many days go by for everything. */
		async age(days: number) {
			await change(
				`UPDATE property_platform.channel_events SET
					received_at = received_at - make_interval(days => $1),
					settled_at = settled_at - make_interval(days => $1)`,
				[days],
			);
			await change(
				`UPDATE property_platform.conversations
				SET last_event_at = last_event_at - make_interval(days => $1)`,
				[days],
			);
			await change(
				'UPDATE property_platform.sent_replies SET at = at - make_interval(days => $1)',
				[days],
			);
		},

		/** Rows are deleted, not truncated, which on a server takes a hundred times as long. */
		clear: () =>
			change(
				`DELETE FROM property_platform.conversations;
				DELETE FROM property_platform.channel_events;
				DELETE FROM property_platform.sent_replies;
				DELETE FROM property_platform.event_log`,
			).then(() => undefined),
	};
}

let probes = 0;

function interpolate({ query, values }: Statement): string {
	return query.replace(/\$(\d+)/g, (_placeholder, position) => {
		const value = values[Number(position) - 1]!;
		return typeof value === 'string' ? Client.prototype.escapeLiteral(value) : String(value);
	});
}
