import type { ForgetRow } from '../../../nodes/MetaBroker/inbox/forgetPerson';
import { forgetPerson } from '../../../nodes/MetaBroker/inbox/forgetPerson';
import type { KeepRow } from '../../../nodes/MetaBroker/inbox/keepEvents';
import type { PostponeRow } from '../../../nodes/MetaBroker/inbox/postponeMessage';
import type { RecordMessageRow } from '../../../nodes/MetaBroker/inbox/recordMessage';
import type { TakenRow } from '../../../nodes/MetaBroker/inbox/takeMessages';
import type { Statement } from '../../../nodes/shared/stateStore/statement';
import { type Database, ON_A_SERVER, openDatabase } from '../stateStore/database.cts';
import { overlap } from '../stateStore/overlap.cts';
import {
	ANA,
	echo,
	edit,
	handover,
	inboxOn,
	keep,
	message,
	postpone,
	record,
	replyKey,
	sentPart,
	take,
	unsend,
} from './inbox.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase(12);
}, 60_000);
afterAll(() => database.close());
beforeEach(() => inboxOn(database).clear());

const inbox = () => inboxOn(database);

const PEOPLE = Array.from({ length: 20 }, (_value, index) => `person-${index}`);
const MESSAGES_EACH = 6;

/** What every person says, in order; shuffled by a stride that meets every one once. */
const said = PEOPLE.flatMap((userId) =>
	Array.from({ length: MESSAGES_EACH }, (_value, index) =>
		message(`${userId}:${index}`, index, { userId }),
	),
);
const shuffled = said.map((_event, index) => said[(index * 77) % said.length]!);

/** Takes and records until everything is done; every fourth event of a careless holder is dropped. */
async function work(
	leaseToken: string,
	answered: Map<string, string[]>,
	{ dies = false } = {},
): Promise<void> {
	let events = 0;
	for (;;) {
		const rows = await inbox().take({ leaseToken, limit: 3 });
		for (const row of rows) {
			if (dies && events++ % 4 === 3) {
				await inbox().endLeases(leaseToken);
				continue;
			}
			const { recorded } = await inbox().record(row);
			if (recorded) {
				const list = answered.get(row.conversation) ?? [];
				answered.set(row.conversation, [...list, row.event.mid!]);
			}
		}
		const left = await database.pool.query(
			"SELECT FROM property_platform.channel_events WHERE state = 'waiting' LIMIT 1",
		);
		if (left.rowCount === 0) return;
	}
}

describe('many executions of one inbox', () => {
	it('never share a conversation', async () => {
		await inbox().keep(shuffled);
		const taken = await Promise.all(
			Array.from({ length: 12 }, (_value, index) =>
				inbox().take({ leaseToken: `token-${index}`, limit: 4 }),
			),
		);
		const conversations = taken.flat().map(({ conversation }) => conversation);
		expect(new Set(conversations).size).toBe(conversations.length);
		expect(taken.flat().every(({ event }) => event.mid!.endsWith(':0'))).toBe(true);
		const rest = await inbox().take();
		expect(conversations.length + rest.length).toBe(PEOPLE.length);
	});

	it.each([
		['that all live', false],
		['of which some die', true],
	])('%s answer each message once and each person in order', async (_name, dies) => {
		await inbox().keep(shuffled);
		const answered = new Map<string, string[]>();
		await Promise.all(
			Array.from({ length: 8 }, (_value, index) => work(`token-${index}`, answered, { dies })),
		);
		expect(answered.size).toBe(PEOPLE.length);
		for (const [conversation, mids] of answered) {
			const userId = conversation.split(':')[2]!;
			expect(mids).toEqual(
				Array.from({ length: MESSAGES_EACH }, (_value, index) => `${userId}:${index}`),
			);
		}
		const sessions = await inbox().rows('conversations', 'previous_messages, lease_token');
		expect(sessions).toEqual(
			PEOPLE.map(() => ({ previous_messages: MESSAGES_EACH, lease_token: null })),
		);
	});

	it('keep an event once, however many of them bring it, in whichever order', async () => {
		const rows = await Promise.all(
			Array.from({ length: 12 }, (_value, index) =>
				inbox().keep(index % 2 === 0 ? shuffled : shuffled.toReversed()),
			),
		);
		const sum = (of: (row: KeepRow) => number) => rows.reduce((total, row) => total + of(row), 0);
		expect(sum(({ messages }) => messages)).toBe(said.length);
		expect(sum(({ repeated }) => repeated)).toBe(11 * said.length);
	});

	it('keep, take, record, unsend and forget side by side and do not block each other', async () => {
		const news = (index: number) =>
			PEOPLE.flatMap((userId) => [
				unsend(`${userId}:${index % MESSAGES_EACH}`, userId),
				edit(`${userId}:1`, index + 1, 'edited', userId),
				echo(`echo-${userId}-${index}`, index, replyKey(userId, 1), userId),
				echo(`human-${userId}-${index}`, index, undefined, userId),
				handover('ours', index, userId),
				// What another one tells at the same moment may name another conversation.
				unsend(`${userId}:5`),
			]);
		const batches = [
			...Array.from({ length: 12 }, (_value, index) => shuffled.slice(index * 10, index * 10 + 10)),
			...Array.from({ length: 4 }, (_value, index) => news(index)),
		];
		const answered = new Map<string, string[]>();
		const [someone, another] = said;
		await Promise.all([
			...batches.map((batch) => inbox().keep(batch)),
			...batches.map((batch) => inbox().keep(batch.toReversed())),
			...Array.from({ length: 6 }, (_value, index) => work(`token-${index}`, answered)),
			...[someone!, another!, someone!].map(({ conversation }) => inbox().forget(conversation)),
			inbox().forget(ANA),
		]);
		await work('last', answered);
		const mids = [...answered.values()].flat();
		expect(new Set(mids).size).toBe(mids.length);
		const states = await inbox().rows('channel_events', 'DISTINCT state');
		expect(states.map(({ state }) => state)).toEqual(['done', 'withdrawn']);
	});
});

/**
 * What only real sessions can show: a statement that began before another transaction ended.
 * Run with TEST_DATABASE_URL naming a PostgreSQL server.
 */
(ON_A_SERVER ? describe : describe.skip)('a statement that waits for another transaction', () => {
	/** Runs `second` while the transaction of `first` is open. */
	async function beside(first: Statement, second: Statement): Promise<TakenRow[]> {
		const session = await database.pool.connect();
		await session.query('BEGIN');
		await session.query(first.query, first.values);
		const { rows } = await database.pool.query<TakenRow>(second.query, second.values);
		await session.query('COMMIT');
		session.release();
		return rows;
	}

	const learned = { learned: { mid: 'm-1', contact: { email: 'secret@example.com' } } };

	it('passes by a conversation that the other is taking', async () => {
		await inbox().keep([message('m-1'), message('b-1', 0, { userId: 'ben' })]);
		const rows = await beside(take({ limit: 1 }), take({ leaseToken: 'other' }));
		expect(rows).toHaveLength(1);
		expect(await inbox().take()).toEqual([]);
	});

	it('keeps a message once that the other keeps', async () => {
		expect(
			await overlap<KeepRow>(database, keep([message('m-1')]), keep([message('m-1')])),
		).toMatchObject({
			kept: 0,
			repeated: 1,
			messages: 0,
		});
		expect(await inbox().drain()).toEqual(['m-1']);
	});

	it('keeps the message that the other could not', async () => {
		const row = await overlap<KeepRow>(
			database,
			keep([message('m-1')]),
			keep([message('m-1')]),
			'ROLLBACK',
		);
		expect(row).toMatchObject({ kept: 1, messages: 1 });
	});

	it.each([
		['the message', keep([message('m-1')]), keep([unsend('m-1')])],
		['the unsending', keep([unsend('m-1')]), keep([message('m-1')])],
	])(
		'withdraws a message that is unsent at the same moment: %s first',
		async (_name, first, second) => {
			await overlap(database, first, second);
			expect(await inbox().take()).toEqual([]);
		},
	);

	it.each([
		['the message', keep([message('m-1')]), keep([edit('m-1', 1, 'edited')])],
		['the edit', keep([edit('m-1', 1, 'edited')]), keep([message('m-1')])],
	])('has the text of an edit of the same moment: %s first', async (_name, first, second) => {
		await overlap(database, first, second);
		expect((await inbox().takeOne()).event.text).toBe('edited');
	});

	it('learns nothing of a message that the other unsends', async () => {
		await inbox().keep([message('m-1')]);
		const row = await inbox().takeOne();
		expect(
			await overlap<RecordMessageRow>(
				database,
				keep([unsend('m-1')]),
				record(row, { change: learned }),
			),
		).toEqual({ recorded: true });
		expect((await inbox().session()).learned).toEqual([]);
	});

	it('takes out of the session what the other has learned of an unsent message', async () => {
		await inbox().keep([message('m-1')]);
		const row = await inbox().takeOne();
		await overlap<KeepRow>(database, record(row, { change: learned }), keep([unsend('m-1')]));
		expect((await inbox().session()).learned).toEqual([]);
	});

	it('does not postpone a message that the other unsends', async () => {
		await inbox().keep([message('m-1')]);
		const row = await inbox().takeOne();
		expect(
			await overlap<PostponeRow>(database, keep([unsend('m-1')]), postpone(row)),
		).toMatchObject({
			postponed: false,
			failed: false,
		});
	});

	it('does not record what the other forgets', async () => {
		await inbox().keep([message('m-1')]);
		const row = await inbox().takeOne();
		expect(
			await overlap<RecordMessageRow>(
				database,
				forgetPerson(ANA),
				record(row, { change: learned }),
			),
		).toEqual({ recorded: false });
		expect(await inbox().rows('conversations')).toEqual([]);
	});

	it('forgets what the other records', async () => {
		await inbox().keep([message('m-1')]);
		const row = await inbox().takeOne();
		const work = record(row, { change: learned, sentParts: [sentPart(row)] });
		await overlap<ForgetRow>(database, work, forgetPerson(ANA));
		expect(await inbox().rows('conversations')).toEqual([]);
		expect(JSON.stringify(await inbox().rows('channel_events'))).not.toContain('"ana"');
	});

	it('counts an echo and an answer of one moment once', async () => {
		await inbox().keep([message('m-1')]);
		const row = await inbox().takeOne();
		const { key, messageId } = sentPart(row);
		const told = await overlap<RecordMessageRow>(
			database,
			keep([echo(messageId, 1, key)]),
			record(row, { sentParts: [{ key, messageId }] }),
		);
		expect(told).toEqual({ recorded: true });
		expect(await inbox().rows('sent_replies', 'seen_by')).toEqual([{ seen_by: 'echo' }]);
	});
});
