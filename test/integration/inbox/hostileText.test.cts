import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';

import { forgetPerson } from '../../../nodes/MetaBroker/inbox/forgetPerson';
import type { Statement } from '../../../nodes/shared/stateStore/statement';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { HOSTILE } from '../stateStore/hostile.cts';
import { logRow } from '../stateStore/work.cts';
import {
	echo,
	edit,
	handover,
	inboxOn,
	keep,
	message,
	PAGE,
	postpone,
	record,
	replyKey,
	take,
	unsend,
} from './inbox.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => inboxOn(database).clear());

describe.each(PROTOCOLS)('hostile text, values %s', (protocol) => {
	const inbox = () => inboxOn(database, protocol);

	it.each(HOSTILE)('comes back as it went in: %j', async (text) => {
		const event = message(text, 0, { id: text, text, accountId: text, conversation: text });
		const waits = { failures: [0], ambiguous: 0 };
		expect(await inbox().keep([event])).toMatchObject({ messages: 1 });
		const first = await inbox().takeOne({ leaseToken: text });
		expect(first).toMatchObject({ event, eventId: text, conversation: text, leaseToken: text });

		const change = {
			lastPropertyViewed: text,
			learned: { mid: text, slots: { places: [text] } },
			held: true,
		};
		const sentParts = [{ key: replyKey(text, 1), messageId: text }];
		await inbox().postpone(first, {
			reason: text,
			sentParts,
			change,
			retry: { kind: 'account', waits },
		});
		const again = await inbox().takeOne();
		expect(again).toMatchObject({
			sentParts,
			session: { lastPropertyViewed: text, learned: [change.learned] },
		});
		const log = [logRow({ detail: text })];
		expect(await inbox().record(again, { outcome: text, log })).toEqual({ recorded: true });
		expect(await inbox().rows('channel_events', 'outcome, last_error')).toEqual([
			{ outcome: text, last_error: text },
		]);
		expect(await inbox().rows('event_log', 'step, detail', 'id')).toEqual([
			{ step: 'receive', detail: 'message' },
			{ step: logRow().step, detail: text },
			{ step: 'complete', detail: text },
		]);
		const unsent = { ...unsend(text), accountId: text, conversation: text };
		expect(await inbox().keep([unsent])).toMatchObject({ kept: 0 });
		expect(await inbox().rows('conversations', 'learned')).toEqual([{ learned: [] }]);
		expect(await inbox().forget(text)).toEqual({ forgotten: 3 });
	});

	it('loses the characters PostgreSQL cannot hold, and finds its parts all the same', async () => {
		const event = message('m\0-\ud83c', 0, {
			text: 'half an emoji \ud83c and 🏡\0',
			userId: 'a\0',
		});
		await inbox().keep([event]);
		expect(await inbox().keep([event])).toMatchObject({ repeated: 1 });
		const row = await inbox().takeOne();
		expect(row.event.text).toBe('half an emoji \ufffd and 🏡');
		expect(row.eventId).toBe(`facebook:${PAGE}:message:m-\ufffd`);
		expect(row.event.id).toBe(row.eventId);
		const sentParts = [{ key: replyKey(row.event.id, 1), messageId: 'r' }];
		await inbox().postpone(row, { sentParts });
		await inbox().wait(60);
		const again = await inbox().takeOne();
		expect(again.sentParts).toEqual(sentParts);
		expect(await inbox().record(again)).toEqual({ recorded: true });
	});

	it('holds for any JSON that PostgreSQL can hold as an event', async () => {
		await fc.assert(
			fc.asyncProperty(fc.jsonValue(), fc.string(), async (given, text) => {
				await inbox().clear();
				const event = JSON.parse(
					JSON.stringify({ ...message('m-1'), raw: given, text }).replaceAll('\\u0000', ''),
				);
				await inbox().keep([event]);
				expect(isDeepStrictEqual((await inbox().takeOne()).event, event)).toBe(true);
			}),
			{ numRuns: 30 },
		);
	});

	it('a thousand events go in with one statement, and the next thousand find them there', async () => {
		const long = 'ñ₱🏡'.repeat(200);
		const events = Array.from({ length: 1000 }, (_value, index) =>
			message(`m-${index}`, index, { userId: `person-${index % 250}`, text: long }),
		);
		expect(await inbox().keep(events)).toMatchObject({ kept: 1000, messages: 1000, repeated: 0 });
		expect(await inbox().keep(events.toReversed())).toMatchObject({ kept: 0, repeated: 1000 });
		const rows = await inbox().take({ limit: 1000 });
		expect(rows.map(({ event }) => event.mid).sort()).toEqual(
			Array.from({ length: 250 }, (_value, index) => `m-${index}`).sort(),
		);
		expect(rows.every(({ event }) => event.text === long)).toBe(true);
	});

	it('no events are an empty row, and none to take', async () => {
		expect(await inbox().keep([])).toEqual({
			kept: 0,
			repeated: 0,
			messages: 0,
			waiting: 0,
			leadForms: 0,
			edited: 0,
			withdrawn: 0,
			echoes: 0,
			handedOver: 0,
		});
		expect(await inbox().take()).toEqual([]);
		expect(await inbox().take({ kinds: [] })).toEqual([]);
	});
});

describe("what n8n's Postgres node would rewrite", () => {
	const taken = { eventId: 'e', conversation: 'c', leaseToken: 't' };
	const sentParts = [{ key: replyKey('e', 1), messageId: 'r' }];

	it.each<[string, Statement]>([
		[
			'keep',
			keep([message('m-1'), edit('m-1', 1, 'x'), unsend('m-2'), echo('e'), handover('ours')]),
		],
		['take', take()],
		['record', record(taken, { sentParts, log: [logRow()] })],
		['postpone', postpone(taken, { sentParts, log: [logRow()] })],
		['postpone what is unclear', postpone(taken, { retry: { kind: 'ambiguous' } })],
		['forget', forgetPerson('c')],
	])('is not in the statement: %s', (_name, statement) => {
		const { query, values } = statement;
		const placeholders = [...query.matchAll(/\$(\d+)::[a-z]/g)].map(([, number]) => Number(number));
		const positions = values.map((_value, index) => index + 1);
		expect([...new Set(placeholders)].sort((a, b) => a - b)).toEqual(positions);
		expect(query.split('$')).toHaveLength(placeholders.length + 1);
		expect(query).not.toMatch(/\{\{|;|'\$|--/);
		expect(JSON.parse(JSON.stringify(values))).toEqual(values);
	});
});
