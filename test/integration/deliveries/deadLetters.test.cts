import type { DeadLetterSelection } from '../../../nodes/SignedWebhook/deadLetters/selection';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { delivered, deliveriesOn, event, failed, work } from './deliveries.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());

const keys = (rows: Array<{ deliveryKey: string }>) =>
	rows.map(({ deliveryKey }) => deliveryKey).sort();

describe.each(PROTOCOLS)('dead letters, values %s', (protocol) => {
	const on = () => deliveriesOn(database, protocol);

	/** Three dead letters, the oldest first, with a day between, and one delivery that waits. */
	beforeEach(async () => {
		const isPassing = false;
		await on().clear();
		await on().park([work({ deliveryKey: 'callback', isPassing, reason: 'refused' })]);
		await on().wait(86_400);
		await on().park([event({ deliveryKey: 'event', flow: 'meta-broker', isPassing })]);
		await on().wait(86_400);
		await on().park([
			work({
				deliveryKey: 'rollup',
				kind: 'rollup',
				flow: 'metrics-rollup',
				payload: { companyId: 'c-1' },
				isPassing,
			}),
			work({ deliveryKey: 'waiting' }),
		]);
	});

	const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

	it.each<[string, () => DeadLetterSelection, string[]]>([
		['all', () => ({ which: 'all' }), ['callback', 'event', 'rollup']],
		['one', () => ({ which: 'one', deliveryKey: 'event' }), ['event']],
		['one that is none', () => ({ which: 'one', deliveryKey: 'waiting' }), []],
		['a kind', () => ({ which: 'kind', kind: 'rollup' }), ['rollup']],
		['a kind of which there is none', () => ({ which: 'kind', kind: 'message' }), []],
		['a flow', () => ({ which: 'flow', flow: 'lead-score' }), ['callback']],
		['since an hour', () => ({ which: 'since', since: hoursAgo(1) }), ['rollup']],
		['since 25 hours', () => ({ which: 'since', since: hoursAgo(25) }), ['event', 'rollup']],
	])('are listed, replayed and dismissed: %s', async (_name, selection, expected) => {
		expect(keys(await on().list(selection()))).toEqual(expected);
		expect(keys(await on().replay(selection()))).toEqual(expected);
		expect(await on().list(selection())).toEqual([]);

		await database.pool.query(
			"UPDATE property_platform.deliveries SET state = 'dead', settled_at = parked_at WHERE delivery_key <> 'waiting'",
		);
		expect(keys(await on().dismiss(selection()))).toEqual(expected);
		expect(await on().list(selection())).toEqual([]);
		expect(await on().replay(selection())).toEqual([]);
	});

	it('are listed with what a person needs to know, the latest first, and not what is in them', async () => {
		const letters = await on().list();
		expect(letters.map(({ deliveryKey, about }) => [deliveryKey, about])).toEqual([
			['rollup', 'c-1'],
			['event', 'w'],
			['callback', '/internal/n8n/lead-sync-status'],
		]);
		expect(letters[2]).toEqual({
			deliveryKey: 'callback',
			kind: 'callback',
			flow: 'lead-score',
			correlationId: 'correlation-1',
			reason: 'refused',
			attempts: 1,
			replays: 0,
			parkedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
			diedAt: letters[2]!.parkedAt,
			about: '/internal/n8n/lead-sync-status',
		});
		expect(Date.now() - Date.parse(letters[2]!.diedAt)).toBeGreaterThan(2 * 86_400_000);
		expect(JSON.stringify(letters)).not.toContain('l-1');
		expect(keys(await on().list({ which: 'all' }, 2))).toEqual(['event', 'rollup']);
	});

	it('are tried again at once, with all their retries before them', async () => {
		expect(await on().replay({ which: 'kind', kind: 'callback' })).toEqual([
			{ deliveryKey: 'callback', kind: 'callback', flow: 'lead-score', state: 'waiting' },
		]);
		const [taken, ...more] = await on().take();
		expect(more).toEqual([]);
		expect(taken).toMatchObject({
			deliveryKey: 'callback',
			attempts: 0,
			isLastTry: false,
			payload: work().payload,
		});
		await on().settle([failed(taken!)]);
		expect(await on().take()).toEqual([]);
		await on().wait(60);
		await on().settle((await on().take()).map((row) => failed(row, { isPassing: false })));
		await on().replay();
		await on().settle((await on().take()).map(delivered));
		expect(await on().rows('deliveries', 'delivery_key AS key, state, replays', '1')).toEqual([
			{ key: 'callback', state: 'delivered', replays: 2 },
			{ key: 'event', state: 'waiting', replays: 1 },
			{ key: 'rollup', state: 'waiting', replays: 1 },
			{ key: 'waiting', state: 'delivered', replays: 1 },
		]);
	});

	it('keep nothing of what was in them, but why they were given up, once dismissed', async () => {
		expect(await on().dismiss({ which: 'kind', kind: 'callback' })).toEqual([
			{ deliveryKey: 'callback', kind: 'callback', flow: 'lead-score', state: 'dismissed' },
		]);
		const [row] = await on().rows('deliveries', '*', 'delivery_key');
		expect(row).toMatchObject({ state: 'dismissed', payload: null, last_error: 'refused' });
	});

	it('leave a trace of each replay and dismissal, and of nothing else', async () => {
		await database.pool.query('DELETE FROM property_platform.event_log');
		await on().replay({ which: 'one', deliveryKey: 'event' });
		await on().replay({ which: 'one', deliveryKey: 'event' });
		await on().dismiss({ which: 'one', deliveryKey: 'rollup' });
		const log = { correlation_id: 'correlation-1', vendor: null, outcome: 'ok' };
		expect(await on().rows('event_log', '*', 'id')).toMatchObject([
			{ ...log, flow: 'meta-broker', step: 'replay', attempt: 1, detail: 'event' },
			{ ...log, flow: 'metrics-rollup', step: 'dismiss', detail: 'rollup' },
		]);
	});
});
