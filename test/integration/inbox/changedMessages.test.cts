import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { edit, inboxOn, message, unsend } from './inbox.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => inboxOn(database).clear());

/** Everything that is stored anywhere, as text. */
async function everything(): Promise<string> {
	const tables = ['conversations', 'channel_events', 'sent_replies', 'event_log'];
	return JSON.stringify(await Promise.all(tables.map((table) => inboxOn(database).rows(table))));
}

describe.each(PROTOCOLS)('a message that is unsent, values %s', (protocol) => {
	const inbox = () => inboxOn(database, protocol);
	const secret = message('m-1', 0, { text: 'my secret' });

	it('is not worked on any more, and its text is gone', async () => {
		await inbox().keep([secret]);
		expect(await inbox().keep([unsend('m-1')])).toMatchObject({ kept: 1, withdrawn: 1 });
		expect(await inbox().take()).toEqual([]);
		expect(await everything()).not.toContain('secret');
	});

	it('is not worked on when its unsending comes before it', async () => {
		expect(await inbox().keep([unsend('m-1')])).toMatchObject({ withdrawn: 1 });
		expect(await inbox().keep([secret])).toMatchObject({ kept: 0, messages: 0, repeated: 1 });
		expect(await inbox().take()).toEqual([]);
		expect(await everything()).not.toContain('secret');
	});

	it.each([
		['after it', [secret, edit('m-1', 1, 'more secret'), unsend('m-1')]],
		['before it', [unsend('m-1'), secret, edit('m-1', 1, 'more secret')]],
	])('is not worked on when its unsending is in the batch %s', async (_name, batch) => {
		expect(await inbox().keep(batch)).toMatchObject({ kept: 1, messages: 0, withdrawn: 1 });
		expect(await inbox().take()).toEqual([]);
		expect(await everything()).not.toContain('secret');
	});

	it('stays unsent, whatever else is delivered of it, again and again', async () => {
		const batch = [secret, edit('m-1', 3, 'secret edit')];
		await inbox().keep([...batch, unsend('m-1')]);
		for (const event of [unsend('m-1'), ...batch]) {
			expect(await inbox().keep([event])).toMatchObject({ kept: 0, repeated: 1, withdrawn: 0 });
		}
		expect(await inbox().take()).toEqual([]);
		expect(await everything()).not.toContain('secret');
	});

	it('takes along what it said, when it was answered before', async () => {
		await inbox().keep([message('m-0', -1), secret]);
		for (const mid of ['m-0', 'm-1']) {
			await inbox().record(await inbox().takeOne(), { change: { learned: { mid } } });
		}
		expect(await inbox().keep([unsend('m-1')])).toMatchObject({ kept: 0, withdrawn: 0 });
		const session = await inbox().session();
		expect(session.learned).toEqual([{ mid: 'm-0' }]);
		expect(session.previousMessages).toBe(2);
	});

	it('leaves nothing learned when that happens while it is worked on', async () => {
		await inbox().keep([secret]);
		const row = await inbox().takeOne();
		await inbox().keep([unsend('m-1')]);
		const change = {
			learned: { mid: 'm-1', contact: { email: 'secret@example.com' } },
			held: true,
		};
		expect(await inbox().record(row, { change })).toEqual({ recorded: true });
		expect(await everything()).not.toContain('secret');
		expect(await inbox().session()).toMatchObject({
			learned: [],
			previousMessages: 0,
			heldSince: expect.any(String),
		});
	});

	it('is not postponed when that happens while it is worked on, and holds nobody back', async () => {
		await inbox().keep([secret, message('m-2', 9)]);
		const row = await inbox().takeOne();
		await inbox().keep([unsend('m-1')]);
		expect(await inbox().postpone(row)).toEqual({ postponed: false, failed: false, againAt: null });
		expect(await inbox().drain()).toEqual(['m-2']);
	});

	it('is taken out of those that failed', async () => {
		await inbox().keep([secret]);
		const retry = { kind: 'platform' as const, waits: { failures: [], ambiguous: 0 } };
		await inbox().postpone(await inbox().takeOne(), { retry });
		await inbox().keep([unsend('m-1')]);
		expect(await everything()).not.toContain('secret');
	});

	it('is only the one of its account', async () => {
		await inbox().keep([message('m-1', 0, { accountId: '2', id: 'other', conversation: 'c' })]);
		await inbox().keep([unsend('m-1')]);
		expect(await inbox().drain()).toEqual(['m-1']);
	});
});

describe.each(PROTOCOLS)('a message that is edited, values %s', (protocol) => {
	const inbox = () => inboxOn(database, protocol);
	const text = async () => (await inbox().takeOne()).event.text;
	const first = edit('m-1', 1, 'first edit');
	const second = edit('m-1', 2, 'second edit');

	it.each([
		['after it, in order', [[message('m-1')], [first], [second]]],
		['after it, the other way round', [[message('m-1')], [second], [first]]],
		['before it, in order', [[first], [second], [message('m-1')]]],
		['before it, the other way round', [[second], [first], [message('m-1')]]],
		['around it', [[second], [message('m-1')], [first]]],
		['around it, the last edit last', [[first], [message('m-1')], [second]]],
		['in one batch', [[message('m-1'), first, second]]],
		['in one batch, backwards', [[second, first, message('m-1')]]],
		[
			'in two batches that share it',
			[
				[message('m-1'), first],
				[message('m-1'), second],
			],
		],
		['in two batches, backwards', [[second], [first, message('m-1')]]],
		['ten and two', [[message('m-1')], [edit('m-1', 10, 'second edit')], [second]]],
	])('is worked on with its last text: %s', async (_name, batches) => {
		let waiting = 0;
		for (const batch of batches) waiting += (await inbox().keep(batch)).messages;
		expect(waiting).toBe(1);
		const row = await inbox().takeOne();
		expect(row).toMatchObject({ attempt: 1, correlationId: 'c-1' });
		expect(row.event).toEqual(message('m-1', 0, { text: 'second edit' }));
	});

	it('counts as edited, once', async () => {
		await inbox().keep([message('m-1')]);
		expect(await inbox().keep([first])).toMatchObject({ kept: 1, edited: 1, messages: 0 });
		expect(await inbox().keep([first])).toMatchObject({ kept: 0, edited: 0, repeated: 1 });
		expect(await text()).toBe('first edit');
	});

	it('and never delivered is not worked on', async () => {
		await inbox().keep([first]);
		expect(await inbox().take()).toEqual([]);
	});

	it('that was answered stays answered, and keeps no text', async () => {
		await inbox().keep([message('m-1')]);
		await inbox().drain();
		await inbox().keep([first]);
		expect(await inbox().take()).toEqual([]);
		expect(await everything()).not.toContain('first edit');
	});

	it('keeps its place in the order', async () => {
		await inbox().keep([edit('m-1', 1, 'late'), message('m-2', 2), message('m-1', 1)]);
		expect(await inbox().drain()).toEqual(['m-1', 'm-2']);
	});

	it('is done where another app holds the conversation', async () => {
		await inbox().keep([first]);
		await inbox().keep([message('m-1', 0, { isStandby: true })]);
		expect(await inbox().take()).toEqual([]);
		expect(await everything()).not.toContain('first edit');
	});
});
