import { forgetPerson } from '../../../nodes/MetaBroker/inbox/forgetPerson';
import { dismissDeadLetters } from '../../../nodes/SignedWebhook/deadLetters/dismissDeadLetters';
import { replayDeadLetters } from '../../../nodes/SignedWebhook/deadLetters/replayDeadLetters';
import type { DeliveryRow } from '../../../nodes/shared/delivery/delivery';
import { parkWork } from '../../../nodes/shared/delivery/parkWork';
import { settleDeliveries } from '../../../nodes/shared/delivery/settleDeliveries';
import type { Statement } from '../../../nodes/shared/stateStore/statement';
import { ANA, inboxOn, message } from '../inbox/inbox.cts';
import { type Database, ON_A_SERVER, openDatabase } from '../stateStore/database.cts';
import { overlap } from '../stateStore/overlap.cts';
import { claim, complete, record } from '../stateStore/work.cts';
import { delivered, deliveriesOn, failed, take, work } from './deliveries.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => deliveriesOn(database).clear());

const on = () => deliveriesOn(database);
const all = { which: 'all' } as const;
const HELD = { deliveryKey: 'd-1', leaseToken: 'holder' };

const numbered = (count: number) =>
	Array.from({ length: count }, (_value, index) => `d-${String(index).padStart(2, '0')}`);
const times = <Row,>(count: number, run: (index: number) => Promise<Row[]>) =>
	Promise.all(Array.from({ length: count }, (_value, index) => run(index)));

describe('many at once', () => {
	it('park one piece of work: it is new to exactly one', async () => {
		for (const isPassing of [true, false]) {
			await on().clear();
			const rows = (await times(20, () => on().park([work({ isPassing })]))).flat();
			expect(rows.filter(({ isNew }) => isNew)).toHaveLength(1);
			expect(new Set(rows.map(({ state }) => state)).size).toBe(1);
			expect(await on().rows('alerts', 'times')).toEqual(isPassing ? [] : [{ times: 1 }]);
		}
	});

	it('take what is due: each delivery goes to exactly one', async () => {
		const keys = numbered(40);
		await on().park(keys.map((deliveryKey) => work({ deliveryKey, isUntried: true })));
		const taken = [];
		for (let round = 0; taken.length < keys.length; round++) {
			const rows = await times(8, (index) =>
				on().take({ limit: 3, leaseToken: `token-${round}-${index}` }),
			);
			taken.push(...rows.flat().map(({ deliveryKey }) => deliveryKey));
		}
		expect(taken.sort()).toEqual(keys);
	});

	it('replay and dismiss dead letters: each is in exactly one answer', async () => {
		const keys = numbered(40);
		await on().park(keys.map((deliveryKey) => work({ deliveryKey, isPassing: false })));
		const rows = await times<{ deliveryKey: string; state: string }>(10, (index) =>
			index % 2 === 0 ? on().replay() : on().dismiss(),
		);
		const answered = rows.flat();
		expect(answered.map(({ deliveryKey }) => deliveryKey).sort()).toEqual(keys);
		const states = await on().rows('deliveries', 'delivery_key AS key, state');
		expect(states).toEqual(
			keys.map((key) => ({
				key,
				state: answered.find(({ deliveryKey }) => deliveryKey === key)?.state,
			})),
		);
	});

	it('do not block each other over the same deliveries in another order', async () => {
		const keys = numbered(30);
		// `Z` and `a` stand in another order in a dictionary than by their bytes.
		const parked = [...keys, 'Z', 'a'].map((deliveryKey, index) =>
			work({ deliveryKey, eventKey: 'key-1', isPassing: index % 3 > 0, flow: `flow-${index % 5}` }),
		);
		await database.run(claim());
		await database.run(record());
		await times(60, async (index) => {
			const leaseToken = `token-${index}`;
			const given = index % 2 === 0 ? parked : [...parked].reverse();
			if (index % 6 === 0) return await on().park(given);
			if (index % 6 === 1) return await on().replay();
			if (index % 6 === 2) return [await database.run(complete())];
			const taken = await on().take({ limit: 10, leaseToken });
			return await on().settle(
				taken
					.reverse()
					.map((row) => (index % 6 === 3 ? delivered(row) : failed(row, { isPassing: false }))),
			);
		});
		expect(await on().rows('deliveries')).toHaveLength(parked.length);
	});
});

/**
 * What only real sessions can show: a statement that began before another transaction ended.
 * Run with TEST_DATABASE_URL naming a PostgreSQL server.
 */
(ON_A_SERVER ? describe : describe.skip)('a statement that waits for another transaction', () => {
	/** As many rows of the second statement as there are. */
	async function overlapping<Row>(first: Statement, second: Statement): Promise<Row[]> {
		const onRows = {
			...database,
			run: async <R,>({ query, values }: Statement) =>
				({ rows: (await database.pool.query(query, values)).rows }) as R,
		};
		return (await overlap<{ rows: Row[] }>(onRows, first, second)).rows;
	}

	it('parks nothing anew where the other has parked it, and says how it stands', async () => {
		const [row] = await overlapping<DeliveryRow>(
			parkWork([work({ isPassing: false })], []),
			parkWork([work()], []),
		);
		expect(row).toMatchObject({ state: 'dead', isNew: false });
	});

	it('parks nothing anew where the other parked anew what was delivered', async () => {
		await on().park([work({ isUntried: true })]);
		await on().settle((await on().take()).map(delivered));
		const [row] = await overlapping<DeliveryRow>(parkWork([work()], []), parkWork([work()], []));
		expect(row).toMatchObject({ state: 'waiting', isNew: false });
	});

	it('settles nothing where the other took the delivery over', async () => {
		await on().park([work({ isUntried: true })]);
		await on().take();
		await on().wait(61);
		expect(
			await overlapping(
				take({ leaseToken: 'next' }),
				settleDeliveries([failed(HELD, { isPassing: false })], []),
			),
		).toEqual([]);
		expect(await on().rows('deliveries', 'state, lease_token, attempts')).toEqual([
			{ state: 'waiting', lease_token: 'next', attempts: 0 },
		]);
	});

	it('settles nothing where the other settled it', async () => {
		await on().park([work({ isUntried: true })]);
		await on().take();
		expect(
			await overlapping(
				settleDeliveries([delivered(HELD)], []),
				settleDeliveries([failed(HELD, { isPassing: false })], []),
			),
		).toEqual([]);
		expect(await on().rows('deliveries', 'state')).toEqual([{ state: 'delivered' }]);
		expect(await on().rows('alerts')).toEqual([]);
	});

	it('settles nothing where the other says that the work is completed', async () => {
		await database.run(claim());
		await database.run(record());
		await on().park([work({ eventKey: 'key-1', isUntried: true })]);
		await on().take();
		expect(await overlapping(complete(), settleDeliveries([delivered(HELD)], []))).toEqual([]);
	});

	it('takes nothing that another is taking, without waiting', async () => {
		await on().park([work({ isUntried: true })]);
		const session = await database.pool.connect();
		await session.query('BEGIN');
		const { query, values } = take();
		expect((await session.query(query, values)).rows).toHaveLength(1);
		expect(await on().take({ leaseToken: 'next' })).toEqual([]);
		await session.query('COMMIT');
		session.release();
	});

	it.each([
		['replays', replayDeadLetters(all)],
		['dismisses', dismissDeadLetters(all)],
	])('%s no letter that the other replayed', async (_name, second) => {
		await on().park([work({ isPassing: false })]);
		expect(await overlapping(replayDeadLetters(all), second)).toEqual([]);
		expect(await on().rows('deliveries', 'state, replays')).toEqual([
			{ state: 'waiting', replays: 1 },
		]);
	});

	describe('about a message', () => {
		const inbox = () => inboxOn(database);

		beforeEach(async () => {
			await inbox().keep([message('m-1')]);
			await inbox().postpone(await inbox().takeOne(), {
				retry: { kind: 'platform', waits: { failures: [], ambiguous: 20 } },
			});
		});

		it('gives it back to the inbox once', async () => {
			expect(await overlapping(replayDeadLetters(all), replayDeadLetters(all))).toEqual([]);
			expect(await inbox().take()).toHaveLength(1);
		});

		it('does not bring back whom the other forgets', async () => {
			expect(await overlapping(forgetPerson(ANA), replayDeadLetters(all))).toEqual([]);
			expect(await inbox().rows('conversations')).toEqual([]);
			expect(await inbox().rows('channel_events', 'state, event')).toEqual([
				{ state: 'withdrawn', event: null },
			]);
		});

		it('forgets whom the other gives back', async () => {
			await overlapping(replayDeadLetters(all), forgetPerson(ANA));
			expect(await inbox().rows('conversations')).toEqual([]);
			expect(await inbox().take()).toEqual([]);
		});
	});
});
