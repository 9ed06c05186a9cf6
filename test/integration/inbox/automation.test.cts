import type { ChannelEvent } from '../../../nodes/MetaBroker/events/channelEvent';
import type { SessionChange } from '../../../nodes/MetaBroker/inbox/session';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { at, echo, handover, inboxOn, message, replyKey, sentPart } from './inbox.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => inboxOn(database).clear());

/** So long after the story that a pause of a day, counted from it, has not ended. */
const LONG = 1_000_000;

describe.each(PROTOCOLS)('echoes of our own messages, values %s', (protocol) => {
	const inbox = () => inboxOn(database, protocol);
	const asked = message('m-1');
	const mark = replyKey(asked.id, 1);

	it('show that a part has gone out of which no answer came', async () => {
		await inbox().keep([asked]);
		await inbox().postpone(await inbox().takeOne(), { retry: { kind: 'ambiguous' } });
		expect(
			await inbox().keep([echo('reply', 2, mark), echo('reply-2', 3, replyKey(asked.id, 2))]),
		).toMatchObject({
			kept: 2,
			echoes: 2,
			handedOver: 0,
		});
		await inbox().wait(20);
		expect((await inbox().takeOne()).sentParts).toEqual([
			{ key: mark, messageId: 'reply' },
			{ key: replyKey(asked.id, 2), messageId: 'reply-2' },
		]);
	});

	it('count once, whether they come before the answer is recorded or after it', async () => {
		await inbox().keep([asked]);
		const row = await inbox().takeOne();
		await inbox().keep([echo('reply', 2, mark)]);
		await inbox().record(row, { sentParts: [{ key: mark, messageId: 'reply' }] });
		expect(await inbox().keep([echo('reply', 2, mark), echo('other', 2, mark)])).toMatchObject({
			kept: 0,
			echoes: 0,
			repeated: 2,
		});
		expect(await inbox().rows('sent_replies', 'reply_key, message_id, seen_by')).toEqual([
			{ reply_key: mark, message_id: 'reply', seen_by: 'echo' },
		]);
		expect(await inbox().session()).toMatchObject({ automation: 'on' });
	});

	it('are ours without a mark where the answer was recorded before', async () => {
		await inbox().keep([asked]);
		const row = await inbox().takeOne();
		await inbox().record(row, { sentParts: [sentPart(row)] });
		expect(await inbox().keep([echo(sentPart(row).messageId, LONG)])).toMatchObject({
			handedOver: 0,
		});
		expect(await inbox().session()).toMatchObject({ automation: 'on' });
	});

	it.each(['record', 'postpone'] as const)(
		'are ours without a mark where the answer comes after them: %s',
		async (work) => {
			await inbox().keep([asked]);
			const row = await inbox().takeOne();
			await inbox().keep([echo(sentPart(row).messageId, LONG)]);
			await inbox()[work](row, { sentParts: [sentPart(row)] });
			await inbox().wait(60);
			await inbox().drain();
			expect(await inbox().session()).toMatchObject({ automation: 'on' });
		},
	);
});

describe.each(PROTOCOLS)('whether we answer, values %s', (protocol) => {
	const inbox = () => inboxOn(database, protocol);
	const now = () => Math.floor((Date.now() - Date.parse(at(0))) / 1000);
	const automation = async () => (await inbox().session()).automation;

	/** The person writes, and working on it changes the session. */
	async function answer(change: SessionChange): Promise<void> {
		const mid = `asked-${asked++}`;
		await inbox().keep([message(mid, asked)]);
		const row = (await inbox().take()).find(({ event }) => event.mid === mid)!;
		expect(await inbox().record(row, { change })).toEqual({ recorded: true });
	}
	let asked = 0;

	it('is yes at the beginning, and where nothing is said about it', async () => {
		expect(await automation()).toBe('on');
		await answer({ held: true });
		expect(await automation()).toBe('on');
	});

	it('is no for a while after somebody else has answered', async () => {
		const hours = 3600;
		expect(await inbox().keep([echo('human', now() - 23 * hours)])).toMatchObject({
			handedOver: 1,
		});
		expect(await automation()).toBe('handed_over');
		await inbox().clear();
		await inbox().keep([echo('human', now() - 25 * hours)]);
		expect(await automation()).toBe('on');
		await inbox().keep([echo('human-2', now(), 'mark of another app')]);
		expect(await automation()).toBe('handed_over');
	});

	it('is yes where somebody else may answer beside us', async () => {
		expect(await inbox().keep([echo('human', now())], 0)).toMatchObject({ handedOver: 0 });
		expect(await automation()).toBe('on');
	});

	it.each<[string, ChannelEvent[], string]>([
		['taken', [handover('theirs', 1)], 'handed_over'],
		['taken and given back', [handover('theirs', 1), handover('ours', 2)], 'on'],
		['given back and taken', [handover('ours', 1), handover('theirs', 2)], 'handed_over'],
		[
			'taken again',
			[handover('theirs', 1), handover('ours', 2), handover('theirs', 3)],
			'handed_over',
		],
		['answered and given back', [echo('human', LONG), handover('ours', LONG + 1)], 'on'],
		['given back and answered', [handover('ours', LONG), echo('human', LONG + 1)], 'handed_over'],
		[
			'answered, given back and answered again',
			[echo('one', LONG), handover('ours', LONG + 1), echo('two', LONG + 2)],
			'handed_over',
		],
	])('goes by the latest news, however they come: %s', async (_name, news, expected) => {
		const pauseHours = 24 * 365 * 10;
		for (const batches of [
			[news],
			[news.toReversed()],
			news.map((event) => [event]),
			news.toReversed().map((event) => [event]),
		]) {
			await inbox().clear();
			for (const batch of batches) await inbox().keep(batch, pauseHours);
			expect(await automation()).toBe(expected);
			for (const event of news) await inbox().keep([event], pauseHours);
			expect(await automation()).toBe(expected);
		}
	});

	it('is no after a person has asked for somebody, for the time that is given', async () => {
		await answer({ automation: 'handed_over', automationHours: 1 });
		expect(await automation()).toBe('handed_over');
		await database.pool.query(
			"UPDATE property_platform.conversations SET paused_until = paused_until - interval '1 hour'",
		);
		expect(await automation()).toBe('on');
		await answer({ automation: 'handed_over' });
		expect(await automation()).toBe('handed_over');
	});

	it('is not yes because the person asks for it while somebody else has the conversation', async () => {
		await inbox().keep([handover('theirs', 1)]);
		await answer({ automation: 'on' });
		expect(await automation()).toBe('handed_over');
	});

	it('is no from an opt-out on until an opt-in, whoever has the conversation', async () => {
		await answer({ automation: 'opted_out' });
		expect(await automation()).toBe('opted_out');
		await inbox().keep([handover('theirs', 1)]);
		await inbox().keep([handover('ours', 2), echo('human', now())]);
		expect(await automation()).toBe('opted_out');
		await answer({ automation: 'handed_over' });
		expect(await automation()).toBe('opted_out');
		await inbox().keep([handover('ours', now() + 60)]);
		await answer({ automation: 'on' });
		expect(await automation()).toBe('on');
	});

	it('can be no for some time only', async () => {
		await answer({ automation: 'opted_out', automationHours: 2 });
		expect(await automation()).toBe('opted_out');
		await database.pool.query(
			"UPDATE property_platform.conversations SET opted_out_until = opted_out_until - interval '2 hours'",
		);
		expect(await automation()).toBe('on');
	});

	it('is seen by the event that is taken next, and people can still be heard', async () => {
		await inbox().keep([message('m-1'), echo('human', now())]);
		expect((await inbox().takeOne()).session.automation).toBe('handed_over');
	});
});
