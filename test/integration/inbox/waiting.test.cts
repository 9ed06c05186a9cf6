import { RETRY_WAITS } from '../../../nodes/MetaBroker/inbox/postponeMessage';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { logRow } from '../stateStore/work.cts';
import { echo, inboxOn, leadForm, message, sentPart } from './inbox.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => inboxOn(database).clear());

describe('whether there is anything to take', () => {
	const inbox = () => inboxOn(database);

	it('is told with what comes, also where it only comes to what waits', async () => {
		expect(await inbox().keep([message('m-1'), leadForm('f')])).toMatchObject({ waiting: 1 });
		expect(await inbox().keep([message('m-2')])).toMatchObject({ messages: 1, waiting: 2 });
		expect(await inbox().keep([echo('reply', 3, 'pp1:0:0')])).toMatchObject({ waiting: 2 });
		const elsewhere = echo('reply', 3, 'pp1:0:1', 'ben');
		expect(await inbox().keep([elsewhere])).toMatchObject({ waiting: 0 });
	});
});

describe('a person who is still writing', () => {
	const inbox = () => inboxOn(database);
	const taken = async () => (await inbox().take({ quietSeconds: 4 })).map(({ event }) => event.mid);

	it('is answered after a quiet moment', async () => {
		await inbox().keep([message('m-1', 1)]);
		await inbox().wait(3);
		expect(await taken()).toEqual([]);
		await inbox().keep([message('m-2', 2)]);
		await inbox().wait(3);
		// The first waits for six seconds by now, the second for three.
		expect(await taken()).toEqual([]);
		await inbox().wait(1);
		expect(await taken()).toEqual(['m-1']);
	});

	it('is answered after ten such moments at the latest', async () => {
		await inbox().keep([message('m-0', 0)]);
		await inbox().wait(37);
		await inbox().keep([message('m-1', 1)]);
		await inbox().wait(2);
		expect(await taken()).toEqual([]);
		await inbox().wait(1);
		expect(await taken()).toEqual(['m-0']);
	});

	it('does not keep others waiting, nor a lead form', async () => {
		await inbox().keep([message('b', 0, { userId: 'ben' })]);
		await inbox().wait(4);
		await inbox().keep([message('m-1', 1), leadForm('form-1')]);
		expect((await inbox().take({ quietSeconds: 4 })).map(({ event }) => event.kind).sort()).toEqual(
			['lead_form', 'message'],
		);
	});
});

describe.each(PROTOCOLS)('an event that is postponed, values %s', (protocol) => {
	const inbox = () => inboxOn(database, protocol);
	const untilAgain = (againAt: string | null) => (Date.parse(againAt!) - Date.now()) / 1000;

	it.each(['platform', 'account'] as const)(
		'for the %s comes again after 1, 5 and 15 minutes and then has failed, with its text',
		async (kind) => {
			const event = message('m-1');
			await inbox().keep([event]);
			for (const [index, wait] of [60, 300, 900].entries()) {
				const row = await inbox().takeOne();
				expect(row.attempt).toBe(index + 1);
				const told = await inbox().postpone(row, { retry: { kind } });
				expect(told).toEqual({ postponed: true, failed: false, againAt: expect.any(String) });
				expect(Math.abs(untilAgain(told.againAt) - wait)).toBeLessThan(20);
				await inbox().wait(wait - 20);
				expect(await inbox().take()).toEqual([]);
				await inbox().wait(21);
			}
			expect(await inbox().postpone(await inbox().takeOne(), { retry: { kind } })).toEqual({
				postponed: false,
				failed: true,
				againAt: null,
			});
			await inbox().wait(10_000);
			expect(await inbox().take()).toEqual([]);
			expect(await inbox().rows('channel_events', 'state, event, last_error')).toEqual([
				{ state: 'failed', event, last_error: 'unavailable' },
			]);
		},
	);

	it('because a send is unclear comes again after 20 seconds, and that is no failure', async () => {
		await inbox().keep([message('m-1')]);
		for (let time = 1; time <= 5; time++) {
			const told = await inbox().postpone(await inbox().takeOne(), {
				retry: { kind: 'ambiguous' },
			});
			expect(Math.abs(untilAgain(told.againAt) - 20)).toBeLessThan(15);
			await inbox().wait(20);
		}
		const row = await inbox().takeOne();
		expect(row.attempt).toBe(6);
		const told = await inbox().postpone(row);
		expect(Math.abs(untilAgain(told.againAt) - 60)).toBeLessThan(15);
	});

	it('waits as long as is asked for', async () => {
		const waits = { failures: [0], ambiguous: 0 };
		await inbox().keep([message('m-1')]);
		await inbox().postpone(await inbox().takeOne(), { retry: { kind: 'ambiguous', waits } });
		await inbox().postpone(await inbox().takeOne(), { retry: { kind: 'platform', waits } });
		expect(
			await inbox().postpone(await inbox().takeOne(), { retry: { kind: 'account', waits } }),
		).toMatchObject({ failed: true });
		expect(RETRY_WAITS).toEqual({ failures: [60, 300, 900], ambiguous: 20 });
	});

	it('holds back the later ones of its person, and of nobody else', async () => {
		await inbox().keep([message('a-1', 1), message('a-2', 2)]);
		await inbox().postpone(await inbox().takeOne());
		await inbox().keep([message('a-3', 3), message('b-1', 4, { userId: 'ben' })]);
		expect(await inbox().drain()).toEqual(['b-1']);
		await inbox().wait(60);
		expect(await inbox().drain()).toEqual(['a-1', 'a-2', 'a-3']);
	});

	it('does not count among those that are wanted', async () => {
		await inbox().keep([message('a-1')]);
		await inbox().postpone(await inbox().takeOne());
		await inbox().keep([message('b-1', 0, { userId: 'ben' })]);
		expect((await inbox().takeOne({ limit: 1 })).event.mid).toBe('b-1');
	});

	it('lets an earlier one through that came late', async () => {
		await inbox().keep([message('m-2', 2)]);
		await inbox().postpone(await inbox().takeOne());
		await inbox().keep([message('m-1', 1)]);
		expect(await inbox().drain()).toEqual(['m-1']);
	});

	it('lets the later ones through once it has failed', async () => {
		await inbox().keep([message('m-1', 1), message('m-2', 2)]);
		const waits = { failures: [], ambiguous: 20 };
		await inbox().postpone(await inbox().takeOne(), { retry: { kind: 'account', waits } });
		expect(await inbox().drain()).toEqual(['m-2']);
	});

	it('brings along what was sent and what changed, and is no previous message', async () => {
		await inbox().keep([message('m-1')]);
		const row = await inbox().takeOne();
		await inbox().postpone(row, {
			sentParts: [sentPart(row, 1)],
			change: { held: true },
			log: [logRow({ step: 'platform' })],
		});
		await inbox().wait(60);
		const again = await inbox().takeOne();
		expect(again.sentParts).toEqual([sentPart(row, 1)]);
		expect(again.session).toMatchObject({ previousMessages: 0, heldSince: expect.any(String) });
		expect(await inbox().rows('event_log', 'step', 'id')).toEqual([
			{ step: 'receive' },
			{ step: 'platform' },
		]);
	});

	it('stays with the execution that took it over', async () => {
		await inbox().keep([message('m-1')]);
		const slow = await inbox().takeOne({ leaseToken: 'slow' });
		await inbox().endLeases();
		const next = await inbox().takeOne({ leaseToken: 'next' });
		expect(await inbox().postpone(slow)).toEqual({
			postponed: false,
			failed: false,
			againAt: null,
		});
		expect(await inbox().take()).toEqual([]);
		expect(await inbox().record(next)).toEqual({ recorded: true });
	});
});
