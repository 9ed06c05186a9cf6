import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { ANA, echo, edit, inboxOn, message, replyKey, sentPart, unsend } from './inbox.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => inboxOn(database).clear());

describe.each(PROTOCOLS)('a person who is forgotten, values %s', (protocol) => {
	const inbox = () => inboxOn(database, protocol);

	it('is nowhere any more, and others stay', async () => {
		await inbox().keep([message('m-1', 1), message('b-1', 1, { userId: 'ben' })]);
		const rows = await inbox().take();
		for (const row of rows) {
			await inbox().record(row, {
				sentParts: [sentPart(row)],
				change: { learned: { mid: row.event.mid! }, lastPropertyViewed: 'home' },
			});
		}
		await inbox().keep([
			message('m-2', 2),
			edit('m-3', 1, 'text'),
			message('o', 0, { kind: 'other', id: 'o', raw: 1 }),
		]);
		// The session, four events, and one part of a reply.
		expect(await inbox().forget(ANA)).toEqual({ forgotten: 6 });

		const events = await inbox().rows('channel_events', 'conversation, event, state', 'event_key');
		expect(events.filter(({ event }) => event !== null)).toEqual([]);
		const all = JSON.stringify([
			events,
			await inbox().rows('conversations'),
			await inbox().rows('sent_replies'),
		]);
		expect(all).not.toContain('ana');
		expect(all).toContain('ben');
		expect((await inbox().session('ben')).learned).toEqual([{ mid: 'b-1' }]);
		expect(await inbox().forget(ANA)).toEqual({ forgotten: 0 });
	});

	it('is not answered to what Meta repeats, and is new when they write again', async () => {
		await inbox().keep([message('m-1', 1), message('m-2', 2)]);
		await inbox().record(await inbox().takeOne());
		await inbox().forget(ANA);
		expect(await inbox().keep([message('m-1', 1), message('m-2', 2)])).toMatchObject({ kept: 0 });
		await inbox().keep([unsend('m-2'), echo('reply', 1, replyKey('m-1', 1))]);
		expect(await inbox().take()).toEqual([]);
		expect(await inbox().rows('conversations')).toEqual([]);
		expect(await inbox().rows('sent_replies')).toEqual([]);
		await inbox().keep([message('m-3', 3)]);
		expect((await inbox().takeOne()).session).toMatchObject({ previousMessages: 0, learned: [] });
	});

	it('is not remembered by work that was under way', async () => {
		await inbox().keep([message('m-1')]);
		const row = await inbox().takeOne();
		await inbox().forget(ANA);
		const work = { change: { learned: { mid: 'm-1' } }, sentParts: [sentPart(row)] };
		expect(await inbox().record(row, work)).toEqual({ recorded: false });
		expect(await inbox().rows('conversations')).toEqual([]);
		expect(await inbox().rows('sent_replies')).toEqual([]);
	});
});

describe.each(PROTOCOLS)('what is older than the retention, values %s', (protocol) => {
	const inbox = () => inboxOn(database, protocol);
	const counts = async () =>
		Promise.all(
			['conversations', 'channel_events', 'sent_replies'].map(
				async (table) => (await inbox().rows(table)).length,
			),
		);

	async function talk(mid = 'm-1') {
		await inbox().keep([message(mid)]);
		const row = await inbox().takeOne();
		await inbox().record(row, { sentParts: [sentPart(row)], change: { learned: { mid } } });
	}

	it('is cleared away, and nothing before', async () => {
		await talk();
		await inbox().keep([edit('never-sent', 1, 'text'), echo('r', 0, replyKey('x', 1))]);
		await inbox().age(29);
		await inbox().take();
		expect(await counts()).toEqual([1, 2, 2]);
		await inbox().age(2);
		await inbox().take();
		expect(await counts()).toEqual([0, 0, 0]);
	});

	it('is not cleared away while it waits or is worked on', async () => {
		await inbox().keep([message('m-1'), message('m-2', 1)]);
		await inbox().age(100);
		const row = await inbox().takeOne();
		await inbox().take();
		expect(await counts()).toEqual([1, 2, 0]);
		await inbox().record(row);
		await inbox().age(100);
		expect((await inbox().takeOne()).session.previousMessages).toBe(1);
	});

	it('is a person, but not that they want no answers', async () => {
		await talk();
		await inbox().keep([message('m-2')]);
		await inbox().record(await inbox().takeOne(), {
			change: { automation: 'opted_out', lastPropertyViewed: 'home', held: true },
		});
		await inbox().age(31);
		await inbox().take();
		expect(await counts()).toEqual([1, 0, 0]);
		expect(await inbox().session()).toEqual({
			previousMessages: 0,
			lastPropertyViewed: null,
			learned: [],
			automation: 'opted_out',
			pausedBy: null,
			heldSince: null,
		});
	});

	it('is an event after three days at the earliest, because Meta repeats itself', async () => {
		await talk();
		await inbox().age(2);
		await inbox().take({ retentionDays: 1 });
		expect(await counts()).toEqual([0, 1, 1]);
		expect(await inbox().keep([message('m-1')])).toMatchObject({ kept: 0, repeated: 1 });
		await inbox().age(2);
		await inbox().take({ retentionDays: 1 });
		expect(await counts()).toEqual([0, 0, 0]);
	});

	it('goes in portions, so that nobody waits for it', async () => {
		await inbox().keep(
			Array.from({ length: 250 }, (_value, index) =>
				message(`m-${index}`, 0, { isStandby: true, userId: `p-${index}` }),
			),
		);
		await inbox().age(31);
		await inbox().take();
		expect(await counts()).toEqual([50, 50, 0]);
		await inbox().take();
		expect(await counts()).toEqual([0, 0, 0]);
	});
});

describe('a person who asks to be forgotten', () => {
	const inbox = () => inboxOn(database);

	it('begins anew with the next message', async () => {
		await inbox().keep([message('m-1', 1), message('m-2', 2), message('m-3', 3)]);
		const learned = { mid: 'm-1', contact: { email: 'ana@example.com' } };
		await inbox().record(await inbox().takeOne(), {
			change: { learned, lastPropertyViewed: 'home' },
		});
		await inbox().record(await inbox().takeOne(), { change: { forget: true } });
		expect((await inbox().takeOne()).session).toMatchObject({
			previousMessages: 1,
			lastPropertyViewed: null,
			learned: [],
		});
	});
});
