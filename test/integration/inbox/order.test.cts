import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { logRow } from '../stateStore/work.cts';
import {
	ANA,
	at,
	BEN,
	inboxOn,
	leadForm,
	message,
	postback,
	referral,
	sentPart,
} from './inbox.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => inboxOn(database).clear());

describe.each(PROTOCOLS)('what waits in the inbox, values %s', (protocol) => {
	const inbox = () => inboxOn(database, protocol);

	it('is handed over with all that working on it needs', async () => {
		const event = message('m-1', 0, { text: 'Piñon 🏡' });
		expect(await inbox().keep([event])).toEqual({
			kept: 1,
			repeated: 0,
			messages: 1,
			waiting: 1,
			leadForms: 0,
			edited: 0,
			withdrawn: 0,
			echoes: 0,
			handedOver: 0,
		});
		await inbox().wait(5);
		const row = await inbox().takeOne({ leaseToken: 'token' });
		expect(row).toEqual({
			eventId: event.id,
			event,
			conversation: ANA,
			correlationId: 'c-1',
			leaseToken: 'token',
			attempt: 1,
			failures: 0,
			session: {
				previousMessages: 0,
				lastPropertyViewed: null,
				learned: [],
				automation: 'on',
				pausedBy: null,
				heldSince: null,
			},
			sentParts: [],
			waitedSeconds: expect.any(Number),
		});
		expect(row.waitedSeconds).toBeGreaterThanOrEqual(5);
	});

	it("comes in the order of Meta's clock, then of the ids, however it was delivered", async () => {
		await inbox().keep([message('m-4', 9), message('m-2', 3)]);
		await inbox().keep([message('m-3', 3), message('m-1', 1), postback('p-0', 0), referral(8)]);
		expect(await inbox().drain()).toEqual(['p-0', 'm-1', 'm-2', 'm-3', 'referral', 'm-4']);
	});

	it('is one event of a conversation at a time', async () => {
		const ben = { userId: 'ben' };
		await inbox().keep([message('a-1', 1), message('a-2', 2), message('b-1', 3, ben)]);
		const rows = await inbox().take();
		expect(rows.map(({ event }) => event.mid).sort()).toEqual(['a-1', 'b-1']);
		expect(await inbox().take({ leaseToken: 'other' })).toEqual([]);
		await inbox().record(rows.find(({ conversation }) => conversation === ANA)!);
		expect((await inbox().takeOne({ leaseToken: 'other' })).event.mid).toBe('a-2');
		expect(rows.find(({ conversation }) => conversation === BEN)).toMatchObject({ attempt: 1 });
	});

	it('is given to as many as are wanted, and first to those who wait longest', async () => {
		await inbox().keep([message('b', 1, { userId: 'ben' })]);
		await inbox().wait(10);
		await inbox().keep([message('a', 0), message('c', 0, { userId: 'cid' })]);
		const row = await inbox().takeOne({ limit: 1 });
		expect(row.event.mid).toBe('b');
		expect(await inbox().take({ limit: 1 })).toHaveLength(1);
		expect(await inbox().take({ limit: 5 })).toHaveLength(1);
	});

	it('is of the kinds that are asked for', async () => {
		await inbox().keep([message('m-1'), leadForm('900719925474099312')]);
		const form = await inbox().takeOne({ kinds: ['lead_form'] });
		expect(form.event.leadForm!.leadgenId).toBe('900719925474099312');
		expect((await inbox().takeOne({ kinds: ['message', 'postback'] })).event.mid).toBe('m-1');
	});

	it('comes once, however often it is delivered, also after the answer', async () => {
		expect(await inbox().keep([message('m-1'), message('m-1')])).toMatchObject({
			kept: 1,
			repeated: 1,
			messages: 1,
		});
		expect(await inbox().keep([message('m-1')])).toMatchObject({
			kept: 0,
			repeated: 1,
			messages: 0,
		});
		expect(await inbox().drain()).toEqual(['m-1']);
		expect(await inbox().keep([message('m-1')])).toMatchObject({ kept: 0, repeated: 1 });
		expect(await inbox().drain()).toEqual([]);
	});

	it('goes to the next execution when the holder died, who then cannot record it', async () => {
		await inbox().keep([message('m-1')]);
		const dead = await inbox().takeOne({ leaseToken: 'dead' });
		expect(await inbox().take({ leaseToken: 'next' })).toEqual([]);
		await inbox().endLeases();
		const next = await inbox().takeOne({ leaseToken: 'next' });
		expect(next).toMatchObject({ eventId: dead.eventId, attempt: 2 });
		expect(await inbox().record(dead)).toEqual({ recorded: false });
		expect(await inbox().record(next)).toEqual({ recorded: true });
		expect(await inbox().record(next)).toEqual({ recorded: false });
	});

	it('that is late is recorded all the same while nobody took it over', async () => {
		await inbox().keep([message('m-1')]);
		const slow = await inbox().takeOne();
		await inbox().endLeases();
		expect(await inbox().record(slow)).toEqual({ recorded: true });
		expect(await inbox().take()).toEqual([]);
	});

	it('is given up when it has ended fifty executions, and lets the next one through', async () => {
		await inbox().keep([message('poison', 1), message('next', 2)]);
		await database.pool.query(
			"UPDATE property_platform.channel_events SET attempts = 49 WHERE event ->> 'mid' = 'poison'",
		);
		expect(await inbox().takeOne()).toMatchObject({ attempt: 50 });
		await inbox().endLeases();
		expect(await inbox().take()).toEqual([]);
		expect((await inbox().takeOne()).event.mid).toBe('next');
		expect(await inbox().rows('channel_events', 'state, last_error', 'at')).toEqual([
			{ state: 'failed', last_error: 'attempts' },
			{ state: 'waiting', last_error: null },
		]);
	});
});

describe('an event that was worked on', () => {
	const inbox = () => inboxOn(database);

	it('leaves its id, its outcome and no text', async () => {
		await inbox().keep([message('m-1', 0, { text: 'my secret' })]);
		await inbox().record(await inbox().takeOne(), {
			outcome: 'silence',
			log: [logRow({ step: 'reply' })],
		});
		const [row] = await inbox().rows('channel_events');
		expect(row).toMatchObject({ state: 'done', event: null, outcome: 'silence', attempts: 1 });
		expect(JSON.stringify(row)).not.toContain('secret');
		expect(await inbox().rows('event_log', 'step', 'id')).toEqual([
			{ step: 'receive' },
			{ step: 'reply' },
			{ step: 'complete' },
		]);
		expect(JSON.stringify(await inbox().rows('event_log'))).not.toContain('secret');
	});

	it('counts as a previous message where the person said or tapped something', async () => {
		await inbox().keep([message('m-1', 1), referral(2), postback('p-1', 3), message('m-2', 4)]);
		const previous: number[] = [];
		for (let index = 0; index < 4; index++) {
			const row = await inbox().takeOne();
			previous.push(row.session.previousMessages);
			await inbox().record(row);
		}
		expect(previous).toEqual([0, 1, 1, 2]);
	});

	it('changes in the session what it says, and nothing else', async () => {
		await inbox().keep([message('m-1')]);
		await inbox().record(await inbox().takeOne(), {
			change: { lastPropertyViewed: 'luxury-bgc-condo', held: true },
		});
		const after = await inbox().session();
		expect(after).toMatchObject({ lastPropertyViewed: 'luxury-bgc-condo', automation: 'on' });
		expect(after.heldSince).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

		await inbox().keep([message('m-2')]);
		await inbox().record(await inbox().takeOne(), { change: { held: true } });
		expect(await inbox().session()).toEqual({ ...after, previousMessages: 2 });
		await inbox().keep([message('m-3')]);
		await inbox().record(await inbox().takeOne(), { change: { held: false } });
		expect(await inbox().session()).toMatchObject({ heldSince: null, previousMessages: 3 });
	});

	it('adds what it said to the latest ten, once for each message', async () => {
		for (let index = 1; index <= 12; index++) {
			await inbox().keep([message(`m-${index}`)]);
			const learned = { mid: `m-${index}`, slots: { places: [`place ${index}`] } };
			await inbox().postpone(await inbox().takeOne(), {
				change: { learned: { mid: `m-${index}` } },
			});
			await inbox().wait(100);
			await inbox().record(await inbox().takeOne(), { change: { learned } });
		}
		const { learned } = await inbox().session();
		expect(learned).toEqual(
			Array.from({ length: 10 }, (_value, index) => ({
				mid: `m-${index + 3}`,
				slots: { places: [`place ${index + 3}`] },
			})),
		);
	});

	it('keeps what was sent also where the lease is lost', async () => {
		await inbox().keep([message('m-1')]);
		const slow = await inbox().takeOne({ leaseToken: 'slow' });
		await inbox().endLeases();
		await inbox().takeOne({ leaseToken: 'next' });
		const sentParts = [sentPart(slow, 1), sentPart(slow, 12)];
		expect(await inbox().record(slow, { sentParts, change: { held: true } })).toEqual({
			recorded: false,
		});
		await inbox().endLeases();
		const again = await inbox().takeOne();
		expect(again.sentParts).toEqual(sentParts);
		expect(again.session.heldSince).toBeNull();
	});

	it('leaves its parts to the next ones of the conversation, which must not take them for theirs', async () => {
		const elsewhere = message('m-9', 9, { conversation: 'facebook:1:elsewhere' });
		await inbox().keep([message('m-1', 1), message('m-2', 2), elsewhere]);
		const [first, other] = await inbox().take();
		await inbox().record(first!, { sentParts: [sentPart(first!)] });
		await inbox().record(other!, { sentParts: [sentPart(other!)] });
		expect((await inbox().takeOne()).sentParts).toEqual([sentPart(first!)]);
	});
});

describe('events that nobody waits for', () => {
	const inbox = () => inboxOn(database);

	it('leave no trace where nothing depends on them', async () => {
		const passing = (['read', 'delivery', 'reaction', 'optin'] as const).map((kind) =>
			message('m-1', 0, { kind, id: kind }),
		);
		expect(await inbox().keep(passing)).toMatchObject({ kept: 0, repeated: 0 });
		expect(await inbox().rows('channel_events')).toEqual([]);
		expect(await inbox().rows('conversations')).toEqual([]);
	});

	it('are kept as Meta sent them where they are not known here', async () => {
		const raw = { feed: { item: 'post' } };
		expect(
			await inbox().keep([message('x', 0, { kind: 'other', id: 'other', raw })]),
		).toMatchObject({
			kept: 1,
			messages: 0,
		});
		const [row] = await inbox().rows('channel_events');
		expect(row).toMatchObject({ kind: 'other', state: 'done', event: { raw } });
		expect(await inbox().take()).toEqual([]);
	});

	it('are done at once where another app holds the conversation', async () => {
		expect(await inbox().keep([message('m-1', 0, { isStandby: true })])).toMatchObject({
			kept: 1,
			messages: 0,
		});
		expect(await inbox().take()).toEqual([]);
		const [row] = await inbox().rows('channel_events');
		expect(row).toMatchObject({ state: 'done', outcome: 'standby', event: null });
		expect(row.at).toEqual(new Date(at(0)));
	});
});
