import { arrivedDeliveries } from '../../../nodes/shared/delivery/arrived';
import type { ParkedWork } from '../../../nodes/shared/delivery/delivery';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { claim, complete, logRow, record } from '../stateStore/work.cts';
import { delivered, deliveriesOn, event, failed, WAITS, work } from './deliveries.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => deliveriesOn(database).clear());

const HELD = { deliveryKey: 'd-1', leaseToken: 'holder' };
const STRANGER = { deliveryKey: 'd-1', leaseToken: 'stranger' };

const on = () => deliveriesOn(database);

/** How the delivery `d-1` came to stand before what is tested. */
const SITUATIONS = {
	unknown: async () => {},
	'waiting, not due': async () => {
		await on().park();
	},
	waiting: async () => {
		await on().park();
		await on().wait(60);
	},
	taken: async () => {
		await SITUATIONS.waiting();
		await on().take();
	},
	'left behind': async () => {
		await SITUATIONS.taken();
		await on().wait(60);
	},
	delivered: async () => {
		await SITUATIONS.taken();
		await on().settle([delivered(HELD)]);
	},
	dead: async () => {
		await SITUATIONS.taken();
		await on().settle([failed({ ...HELD, isLastTry: true })]);
	},
	dismissed: async () => {
		await SITUATIONS.dead();
		await on().dismiss();
	},
};

const park = async (changed: Partial<ParkedWork> = {}) => (await on().park([work(changed)]))[0];
const one = { which: 'one', deliveryKey: 'd-1' } as const;

/** Each answers the row it gives of the delivery, or undefined. */
const STATEMENTS = {
	parking: () => park(),
	'parking what cannot heal': () => park({ isPassing: false }),
	taking: async () => (await on().take({ leaseToken: 'next' }))[0],
	'its holder delivering': async () => (await on().settle([delivered(HELD)]))[0],
	'its holder failing': async () => (await on().settle([failed(HELD)]))[0],
	'its holder failing for the last time': async () =>
		(await on().settle([failed({ ...HELD, isLastTry: true })]))[0],
	'its holder failing for good': async () =>
		(await on().settle([failed(HELD, { isPassing: false })]))[0],
	'a stranger delivering': async () => (await on().settle([delivered(STRANGER)]))[0],
	'a stranger failing': async () =>
		(await on().settle([failed(STRANGER, { isPassing: false })]))[0],
	replaying: async () => (await on().replay(one))[0],
	dismissing: async () => (await on().dismiss(one))[0],
} satisfies Record<string, () => Promise<object | undefined>>;

/** Situation, statement, then the state after it, or null where it leaves the row alone. */
type Case = [keyof typeof SITUATIONS, keyof typeof STATEMENTS, string | null];

const KEPT: Array<keyof typeof SITUATIONS> = ['waiting, not due', 'waiting', 'left behind', 'dead'];
const NOBODYS: Array<keyof typeof SITUATIONS> = [
	'unknown',
	'waiting',
	'delivered',
	'dead',
	'dismissed',
];
const STRANGERS: Array<keyof typeof SITUATIONS> = [...NOBODYS, 'taken', 'left behind'];
const NOT_DEAD: Array<keyof typeof SITUATIONS> = [
	'unknown',
	'waiting',
	'taken',
	'delivered',
	'dismissed',
];

const CASES: Case[] = [
	['unknown', 'parking', 'waiting'],
	['delivered', 'parking', 'waiting'],
	['dismissed', 'parking', 'waiting'],
	['unknown', 'parking what cannot heal', 'dead'],
	['delivered', 'parking what cannot heal', 'dead'],
	['dismissed', 'parking what cannot heal', 'dead'],
	...KEPT.map((situation): Case => [situation, 'parking', null]),
	...KEPT.map((situation): Case => [situation, 'parking what cannot heal', null]),
	['taken', 'parking', null],

	['waiting', 'taking', 'waiting'],
	['left behind', 'taking', 'waiting'],
	...(['unknown', 'waiting, not due', 'taken', 'delivered', 'dead', 'dismissed'] as const).map(
		(situation): Case => [situation, 'taking', null],
	),

	['taken', 'its holder delivering', 'delivered'],
	['left behind', 'its holder delivering', 'delivered'],
	['taken', 'its holder failing', 'waiting'],
	['left behind', 'its holder failing', 'waiting'],
	['taken', 'its holder failing for the last time', 'dead'],
	['taken', 'its holder failing for good', 'dead'],
	...NOBODYS.map((situation): Case => [situation, 'its holder delivering', null]),
	...NOBODYS.map((situation): Case => [situation, 'its holder failing', null]),
	...STRANGERS.map((situation): Case => [situation, 'a stranger delivering', null]),
	...STRANGERS.map((situation): Case => [situation, 'a stranger failing', null]),

	['dead', 'replaying', 'waiting'],
	['dead', 'dismissing', 'dismissed'],
	...NOT_DEAD.map((situation): Case => [situation, 'replaying', null]),
	...NOT_DEAD.map((situation): Case => [situation, 'dismissing', null]),
];

describe('a delivery', () => {
	it.each(CASES)('being %s: %s makes it %s', async (situation, statement, state) => {
		await SITUATIONS[situation]();
		await database.pool.query('DELETE FROM property_platform.alerts');
		const [before] = await on().rows('deliveries');

		const answer = (await STATEMENTS[statement]()) as
			{ state: string; isNew?: boolean } | undefined;

		const [after] = await on().rows('deliveries');
		if (state === null) {
			expect(after).toEqual(before);
			if (statement.startsWith('parking')) {
				expect(answer).toMatchObject({ state: before.state, isNew: false });
			} else {
				expect(answer).toBeUndefined();
			}
		} else {
			expect(after.state).toBe(state);
			expect(answer?.state).toBe(state);
			if (statement.startsWith('parking')) expect(answer?.isNew).toBe(true);
		}
		// An alert is raised by whatever makes it a dead letter, and by nothing else.
		expect(await on().rows('alerts', 'alert_key AS key, severity, times')).toEqual(
			state === 'dead' ? [{ key: 'dead-letters:lead-score', severity: 'critical', times: 1 }] : [],
		);
	});
});

describe.each(PROTOCOLS)('parking, values %s', (protocol) => {
	const on = () => deliveriesOn(database, protocol);

	it('answers a row a key in the order given, the first of two of one key', async () => {
		const parked = await on().park([
			work({ deliveryKey: 'z', flow: 'meta-broker' }),
			work({ deliveryKey: 'a', kind: 'rollup', payload: { companyId: 'c' }, isUntried: true }),
			work({ deliveryKey: 'z', isPassing: false }),
			work({ deliveryKey: 'm', isPassing: false, reason: 'refused' }),
		]);
		const common = { correlationId: 'correlation-1', isNew: true };
		expect(parked).toEqual([
			{
				...common,
				deliveryKey: 'z',
				kind: 'callback',
				flow: 'meta-broker',
				state: 'waiting',
				attempts: 1,
			},
			{
				...common,
				deliveryKey: 'a',
				kind: 'rollup',
				flow: 'lead-score',
				state: 'waiting',
				attempts: 0,
			},
			{
				...common,
				deliveryKey: 'm',
				kind: 'callback',
				flow: 'lead-score',
				state: 'dead',
				attempts: 1,
			},
		]);
		expect(await on().park([])).toEqual([]);
	});

	it('hands a crashed execution back once, also after somebody dismissed it', async () => {
		await on().park([event()]);
		const [taken] = await on().take({ kind: 'event' });
		await on().settle([delivered(taken!)]);
		expect(await on().park([event()])).toMatchObject([{ state: 'delivered', isNew: false }]);

		await on().park([event({ deliveryKey: 'execution:w:2', isPassing: false })]);
		await on().dismiss();
		expect(await on().park([event({ deliveryKey: 'execution:w:2' })])).toMatchObject([
			{ state: 'dismissed', isNew: false },
		]);
		expect(await on().take({ kind: 'event' })).toEqual([]);
	});

	it('begins anew with what was delivered before', async () => {
		await on().park([work({ isPassing: false })]);
		await on().replay();
		const [taken] = await on().take();
		await on().settle([delivered(taken!)]);
		await on().wait(1000);
		const again = { correlationId: 'c-2', flow: 'x', eventKey: 'e-2', reason: 'second' };
		const payload = { path: '/p', body: '2' };
		await on().park([work({ ...again, payload })]);
		expect(await on().rows('deliveries')).toMatchObject([
			{
				correlation_id: 'c-2',
				flow: 'x',
				event_key: 'e-2',
				last_error: 'second',
				payload,
				attempts: 1,
				replays: 0,
				settled_at: null,
			},
		]);
		// It waits for a minute from now on.
		expect(await on().take()).toEqual([]);
	});

	it('keeps the log, also where all is parked already', async () => {
		await on().park([work()], [logRow({ step: 'one' })]);
		await on().park([work()], [logRow({ step: 'two' })]);
		await on().park([], [logRow({ step: 'three' })]);
		expect(await on().rows('event_log', 'step', 'id')).toEqual([
			{ step: 'one' },
			{ step: 'two' },
			{ step: 'three' },
		]);
	});

	it('tells the on-call engineer why, once for each flow', async () => {
		await on().park([
			work({ deliveryKey: '1', isPassing: false, reason: 'refused' }),
			work({ deliveryKey: '2', isPassing: false, reason: 'not found' }),
			work({ deliveryKey: '3', isPassing: false, reason: 'refused' }),
			work({ deliveryKey: '4', isPassing: false, flow: 'campaign-dispatch' }),
			work({ deliveryKey: '5', flow: 'meta-broker' }),
		]);
		await on().park([work({ deliveryKey: '6', isPassing: false, reason: 'later' })]);
		expect(await on().rows('alerts', 'title, detail, times', 'alert_key')).toEqual([
			{
				title: 'Dead letters: campaign-dispatch',
				detail: expect.stringMatching(/^Given up for: The platform: unavailable\. .*Replay dead/),
				times: 1,
			},
			{
				title: 'Dead letters: lead-score',
				detail: expect.stringMatching(/^Given up for: later\. /),
				times: 2,
			},
		]);
	});

	it('reopens no alert that is over, but raises another', async () => {
		await on().park([work({ isPassing: false })]);
		await database.pool.query('UPDATE property_platform.alerts SET resolved_at = now()');
		await on().park([work({ deliveryKey: 'd-2', isPassing: false })]);
		expect(await on().rows('alerts', 'times, resolved_at IS NULL AS open', 'id')).toEqual([
			{ times: 1, open: false },
			{ times: 1, open: true },
		]);
	});
});

describe.each(PROTOCOLS)('taking, values %s', (protocol) => {
	const on = () => deliveriesOn(database, protocol);

	it.each([
		[0, 0],
		[1, 60],
		[2, 300],
		[3, 900],
		// The waits have become fewer since: the last one counts.
		[4, 900],
	])('after %i failures waits for %i s', async (attempts, seconds) => {
		await on().park();
		await database.pool.query('UPDATE property_platform.deliveries SET attempts = $1', [attempts]);
		if (seconds > 0) {
			await on().wait(seconds - 5);
			expect(await on().take()).toEqual([]);
			await on().wait(5);
		}
		expect(await on().take()).toMatchObject([{ attempts, isLastTry: attempts >= WAITS.length }]);
	});

	it('gives all that is needed to try again, the earliest due first', async () => {
		const payload = { path: '/p', body: '[1,{"a":null}]' };
		await on().park([work({ deliveryKey: 'second', eventKey: 'e-1', payload })]);
		await on().wait(10);
		await on().park([work({ deliveryKey: 'first', isUntried: true })]);
		await on().wait(100);
		await on().park([work({ deliveryKey: 'other', kind: 'rollup', isUntried: true })]);
		const [first, second, ...more] = await on().take();
		expect(more).toEqual([]);
		// One was due at once, 100 s ago, the other after 60 of its 110 s.
		expect(first?.deliveryKey).toBe('first');
		expect(second).toEqual({
			deliveryKey: 'second',
			kind: 'callback',
			flow: 'lead-score',
			correlationId: 'correlation-1',
			state: 'waiting',
			attempts: 1,
			eventKey: 'e-1',
			payload,
			leaseToken: 'holder',
			isLastTry: false,
		});
	});

	it('leaves a sweep what others wait for', async () => {
		await on().park();
		await on().wait(60 + 29);
		expect(await on().take({ graceSeconds: 30 })).toEqual([]);
		await on().wait(1);
		expect(await on().take({ graceSeconds: 30 })).toHaveLength(1);
	});

	it('goes in portions', async () => {
		await on().park(
			Array.from({ length: 7 }, (_value, index) =>
				work({ deliveryKey: `d-${index}`, isUntried: true }),
			),
		);
		const portions = [];
		for (let portion = 0; portion < 3; portion++) {
			portions.push((await on().take({ limit: 3 })).map(({ deliveryKey }) => deliveryKey));
		}
		expect(portions).toEqual([['d-0', 'd-1', 'd-2'], ['d-3', 'd-4', 'd-5'], ['d-6']]);
	});
});

describe.each(PROTOCOLS)('settling, values %s', (protocol) => {
	const on = () => deliveriesOn(database, protocol);

	it('tries three times after 1, 5 and 15 minutes, then gives up', async () => {
		await on().park();
		const story = [];
		for (const seconds of WAITS) {
			await on().wait(seconds - 1);
			expect(await on().take()).toEqual([]);
			await on().wait(1);
			const [taken] = await on().take();
			const [row] = await on().settle([failed(taken!)]);
			story.push([taken!.isLastTry, row!.state, row!.attempts]);
		}
		expect(story).toEqual([
			[false, 'waiting', 2],
			[false, 'waiting', 3],
			[true, 'dead', 4],
		]);
	});

	it('keeps what is in a dead letter, and forgets what was delivered', async () => {
		await on().park([work(), work({ deliveryKey: 'd-2' }), work({ deliveryKey: 'd-3' })]);
		await on().wait(60);
		await on().take();
		const rows = await on().settle(
			[
				failed({ ...HELD, deliveryKey: 'd-2', isLastTry: true }, { reason: 'refused' }),
				delivered(HELD),
				delivered({ ...HELD, deliveryKey: 'nobody' }),
				delivered({ ...HELD, deliveryKey: 'd-3', leaseToken: 'stranger' }),
			],
			[logRow({ step: 'callback' })],
		);
		expect(rows.map(({ deliveryKey, state }) => [deliveryKey, state])).toEqual([
			['d-1', 'delivered'],
			['d-2', 'dead'],
		]);
		const columns = 'state, last_error, payload, lease_token, settled_at IS NOT NULL AS is_settled';
		expect(await on().rows('deliveries', columns, 'delivery_key')).toEqual([
			{
				state: 'delivered',
				last_error: 'The platform: unavailable',
				payload: null,
				lease_token: null,
				is_settled: true,
			},
			{
				state: 'dead',
				last_error: 'refused',
				payload: work().payload,
				lease_token: null,
				is_settled: true,
			},
			{
				state: 'waiting',
				last_error: 'The platform: unavailable',
				payload: work().payload,
				lease_token: 'holder',
				is_settled: false,
			},
		]);
		expect(await on().rows('event_log', 'step')).toEqual([{ step: 'callback' }]);
	});

	it('completes the claimed work whose callback it was, once, and says how long it took', async () => {
		await database.run(claim({ leaseToken: 'worker' }));
		await database.run(record({ leaseToken: 'worker' }));
		await database.pool.query(
			"UPDATE property_platform.processed_events SET first_seen_at = now() - interval '90 seconds'",
		);
		await on().park([work({ eventKey: 'key-1' }), work({ deliveryKey: 'd-2', eventKey: 'key-1' })]);
		await on().wait(60);
		await on().take();
		await database.pool.query('DELETE FROM property_platform.event_log');
		await on().settle([delivered(HELD)], [logRow({ step: 'callback' })]);
		expect(await on().rows('processed_events', 'state')).toEqual([{ state: 'completed' }]);
		await on().settle([delivered({ ...HELD, deliveryKey: 'd-2' })]);

		const log = await on().rows('event_log', 'step, flow, correlation_id, duration_ms', 'id');
		expect(log).toEqual([
			expect.objectContaining({ step: 'callback' }),
			{
				step: 'complete',
				flow: 'property-enrichment',
				correlation_id: 'correlation-1',
				duration_ms: expect.any(Number),
			},
		]);
		expect(log[1].duration_ms).toBeGreaterThanOrEqual(90_000);
		expect(log[1].duration_ms).toBeLessThan(120_000);
	});

	it('completes nothing for what failed, or for what is no callback', async () => {
		await database.run(claim());
		await database.run(record());
		await on().park([event({ eventKey: 'key-1' }), work({ eventKey: 'key-1' })]);
		await on().wait(60);
		const taken = [...(await on().take()), ...(await on().take({ kind: 'event' }))];
		await on().settle([failed(taken[0]!), delivered(taken[1]!)]);
		expect(await on().rows('processed_events', 'state')).toEqual([{ state: 'recorded' }]);
	});
});

describe.each(PROTOCOLS)('work that is completed in another way, values %s', (protocol) => {
	const on = () => deliveriesOn(database, protocol);

	it('has no callback left that waits or is a dead letter', async () => {
		await database.run(claim());
		await database.run(record());
		const eventKey = 'key-1';
		await on().park([
			work({ deliveryKey: 'dead', eventKey, isPassing: false }),
			work({ deliveryKey: 'dismissed', flow: 'x', eventKey, isPassing: false }),
			work({ deliveryKey: 'taken', eventKey, isUntried: true }),
			work({ deliveryKey: 'waiting', eventKey }),
			work({ deliveryKey: 'of others', eventKey: 'key-2' }),
			event({ deliveryKey: 'event', eventKey }),
		]);
		await on().dismiss({ which: 'flow', flow: 'x' });
		const [taken] = await on().take();
		expect(await database.run(complete({ log: [logRow()] }), protocol)).toMatchObject({
			completed: true,
		});
		expect(await on().rows('deliveries', 'delivery_key AS key, state', '1')).toEqual([
			{ key: 'dead', state: 'delivered' },
			{ key: 'dismissed', state: 'dismissed' },
			{ key: 'event', state: 'waiting' },
			{ key: 'of others', state: 'waiting' },
			{ key: 'taken', state: 'delivered' },
			{ key: 'waiting', state: 'delivered' },
		]);
		// Whoever was about to send it once more changes nothing.
		expect(await on().settle([failed(taken!, { isPassing: false })])).toEqual([]);
		expect(await on().list()).toEqual([]);
	});

	it('is said to be done in the log once, with the time since it was first seen', async () => {
		await database.run(claim());
		await database.run(record());
		await database.pool.query(
			"UPDATE property_platform.processed_events SET first_seen_at = now() - interval '1 hour'",
		);
		await database.pool.query('DELETE FROM property_platform.event_log');
		await database.run(complete({ log: [logRow({ step: 'callback' })] }), protocol);
		await database.run(complete(), protocol);
		const log = await on().rows('event_log', 'step, outcome, duration_ms / 60000 AS minutes', 'id');
		expect(log).toEqual([
			{ step: 'callback', outcome: 'ok', minutes: null },
			{ step: 'complete', outcome: 'ok', minutes: 60 },
		]);
	});

	it('has no delivery left whose key is told, whatever its kind', async () => {
		const payload = { companyId: 'c' };
		await on().park([
			work({ deliveryKey: 'rollup:c', kind: 'rollup', payload }),
			work({ deliveryKey: 'rollup:d', kind: 'rollup', payload, isPassing: false }),
			work({ deliveryKey: 'rollup:e', kind: 'rollup', payload }),
		]);
		const row = await database.run(
			{
				query: `WITH arrived AS (${arrivedDeliveries('$1')})
				SELECT count(*)::int AS "arrived" FROM arrived`,
				values: [JSON.stringify(['rollup:d', 'rollup:c', 'rollup:x'])],
			},
			protocol,
		);
		expect(row).toEqual({ arrived: 2 });
		expect(await on().rows('deliveries', 'state, payload', 'delivery_key')).toEqual([
			{ state: 'delivered', payload: null },
			{ state: 'delivered', payload: null },
			{ state: 'waiting', payload },
		]);
	});
});
