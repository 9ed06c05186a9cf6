import { deliveriesOn } from '../deliveries/deliveries.cts';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { ANA, inboxOn, message, unsend } from './inbox.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());

describe.each(PROTOCOLS)('a message that failed for good, values %s', (protocol) => {
	const inbox = () => inboxOn(database, protocol);
	const deliveries = () => deliveriesOn(database, protocol);
	const letters = () => deliveries().rows('deliveries');
	const key = message('m-1').id.replace(':message:', ':mid:');

	beforeEach(async () => {
		await inbox().clear();
		await deliveries().clear();
	});

	/** Keeps a message and takes it until it has failed too often. */
	async function fail(mid = 'm-1') {
		await inbox().keep([message(mid)]);
		await failAgain();
	}
	async function failAgain() {
		for (let failures = 0; failures < 4; failures++) {
			await inbox().wait(900);
			const { failed } = await inbox().postpone(await inbox().takeOne());
			expect(failed).toBe(failures === 3);
		}
	}

	it('is a dead letter without its text, and raises the alert', async () => {
		await fail();
		expect(await letters()).toMatchObject([
			{
				delivery_key: `message:${key}`,
				kind: 'message',
				flow: 'meta-broker',
				correlation_id: 'c-1',
				event_key: key,
				payload: {},
				state: 'dead',
				attempts: 4,
				replays: 0,
				last_error: 'unavailable',
			},
		]);
		expect(await deliveries().rows('alerts', 'alert_key, times')).toEqual([
			{ alert_key: 'dead-letters:meta-broker', times: 1 },
		]);
		expect(await deliveries().list()).toMatchObject([{ kind: 'message', about: null }]);
	});

	it('is none while it is tried again', async () => {
		await inbox().keep([message('m-1')]);
		await inbox().postpone(await inbox().takeOne());
		await inbox().wait(60);
		await inbox().record(await inbox().takeOne());
		expect(await letters()).toEqual([]);
		expect(await deliveries().rows('alerts')).toEqual([]);
	});

	it('is one, too, where every execution that took it came to an end', async () => {
		await inbox().keep([message('m-1')]);
		await database.pool.query('UPDATE property_platform.channel_events SET attempts = 50');
		expect(await inbox().take()).toEqual([]);
		expect(await letters()).toMatchObject([
			{ delivery_key: `message:${key}`, state: 'dead', last_error: 'attempts' },
		]);
	});

	it('is worked on again once it is replayed, with all its attempts', async () => {
		await fail();
		expect(await deliveries().replay()).toEqual([
			{
				deliveryKey: `message:${key}`,
				kind: 'message',
				flow: 'meta-broker',
				state: 'delivered',
			},
		]);
		const row = await inbox().takeOne();
		// All four attempts ended in a known way, so that nothing can have been sent.
		expect(row).toMatchObject({ event: { text: 'm-1' }, attempt: 1, failures: 0 });
		await inbox().record(row);
		expect(await letters()).toMatchObject([{ state: 'delivered', payload: null, replays: 1 }]);
		expect(await deliveries().replay()).toEqual([]);
	});

	it('is looked after before it is answered where an attempt ended in an unknown way', async () => {
		await fail();
		// As many again as those of which nobody knows the end.
		await database.pool.query('UPDATE property_platform.channel_events SET attempts = 54');
		await deliveries().replay();
		expect(await inbox().takeOne()).toMatchObject({ attempt: 2, failures: 0 });
	});

	it('is a dead letter again when it fails again', async () => {
		await fail();
		await deliveries().replay();
		await failAgain();
		expect(await letters()).toMatchObject([
			{ state: 'dead', payload: {}, attempts: 4, replays: 1, lease_token: null },
		]);
		expect(await deliveries().rows('alerts', 'times')).toEqual([{ times: 2 }]);
		expect(await deliveries().replay()).toHaveLength(1);
	});

	it.each<[string, () => Promise<unknown>]>([
		['was unsent', () => inbox().keep([unsend('m-1')])],
		[
			'is older than the retention',
			() =>
				inbox()
					.age(31)
					.then(() => inbox().take()),
		],
		[
			'belongs to nobody who is remembered',
			() => database.pool.query('DELETE FROM property_platform.conversations'),
		],
	])('is dismissed by a replay where it %s', async (_name, lose) => {
		await fail();
		await lose();
		expect(await deliveries().replay()).toMatchObject([{ state: 'dismissed' }]);
		expect(await letters()).toMatchObject([
			{ state: 'dismissed', payload: null, last_error: expect.stringContaining('gone') },
		]);
		expect(await inbox().take()).toEqual([]);
		const log = await deliveries().rows('event_log', 'step, outcome', 'id DESC');
		expect(log[0]).toEqual({ step: 'replay', outcome: 'dismissed' });
	});

	it('is no dead letter any more once its person is forgotten, and those of others are', async () => {
		await fail('m-1');
		await inbox().keep([message('b-1', 0, { userId: 'ben' })]);
		await failAgain();
		await inbox().forget(ANA);
		expect(await deliveries().rows('deliveries', 'state, last_error, payload')).toEqual(
			expect.arrayContaining([
				{ state: 'dismissed', last_error: 'forgotten', payload: null },
				{ state: 'dead', last_error: 'unavailable', payload: {} },
			]),
		);
		expect(await deliveries().replay()).toMatchObject([{ state: 'delivered' }]);
	});
});
