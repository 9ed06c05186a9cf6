import fc from 'fast-check';

import type { DeliveryKind } from '../../../nodes/shared/delivery/delivery';
import { type Database, ON_A_SERVER, openDatabase } from '../stateStore/database.cts';
import { delivered, deliveriesOn, failed, work } from './deliveries.cts';

/**
 * Deliveries as a page of plain code, without a database. Times are minutes, and next to nothing
 * goes by with each step: how long the tests themselves take does not matter.
 */
class Model {
	#now = 0;
	readonly #rows = new Map<string, Row>();
	deaths = 0;

	park(key: string, kind: DeliveryKind, isPassing: boolean) {
		const held = this.#rows.get(key);
		const isNew =
			!held || (held.kind !== 'event' && ['delivered', 'dismissed'].includes(held.state));
		if (isNew) {
			const state = isPassing ? 'waiting' : 'dead';
			if (!isPassing) this.deaths++;
			const fresh = { attempts: 1, replays: 0, tried: this.#now, token: null, until: 0 };
			this.#rows.set(key, { key, kind, state, ...fresh });
		}
		return [{ key, state: this.#rows.get(key)!.state, isNew }];
	}

	take(kind: DeliveryKind, limit: number, token: string) {
		const dueAt = (row: Row) =>
			row.tried +
			(row.attempts === 0 ? 0 : (WAIT_MINUTES[row.attempts - 1] ?? WAIT_MINUTES.at(-1)!));
		const due = [...this.#rows.values()]
			.filter((row) => row.kind === kind && row.state === 'waiting')
			.filter((row) => (row.token === null || row.until <= this.#now) && dueAt(row) <= this.#now)
			.sort((a, b) => dueAt(a) - dueAt(b) || (a.key < b.key ? -1 : 1))
			.slice(0, limit);
		for (const row of due) Object.assign(row, { token, until: this.#now + LEASE_MINUTES });
		return due.map(({ key, attempts }) => ({ key, isLastTry: attempts >= WAIT_MINUTES.length }));
	}

	settle(key: string, token: string, outcome: Outcome) {
		const row = this.#rows.get(key);
		if (row?.state !== 'waiting' || row.token !== token) return [];
		Object.assign(row, { token: null, tried: this.#now });
		if (outcome !== 'delivered') row.attempts++;
		if (outcome === 'delivered') row.state = 'delivered';
		else if (outcome !== 'failed') {
			row.state = 'dead';
			this.deaths++;
		}
		return [{ key, state: row.state }];
	}

	replay(key: string) {
		const row = this.#rows.get(key);
		if (row?.state !== 'dead') return [];
		Object.assign(row, { state: 'waiting', attempts: 0, tried: this.#now });
		row.replays++;
		return [{ key, state: row.state }];
	}

	dismiss(key: string) {
		const row = this.#rows.get(key);
		if (row?.state !== 'dead') return [];
		row.state = 'dismissed';
		return [{ key, state: row.state }];
	}

	wait(minutes: number) {
		this.#now += minutes;
	}

	tick() {
		this.#now += 1e-6;
	}

	rows() {
		return [...this.#rows.values()]
			.map(({ key, kind, state, attempts, replays, token }) => ({
				...{ key, kind, state, attempts, replays, token },
				hasPayload: state === 'waiting' || state === 'dead',
			}))
			.sort((a, b) => (a.key < b.key ? -1 : 1));
	}
}

type Outcome = 'delivered' | 'failed' | 'failed the last time' | 'failed for good';

interface Row {
	key: string;
	kind: DeliveryKind;
	state: 'waiting' | 'delivered' | 'dead' | 'dismissed';
	attempts: number;
	replays: number;
	tried: number;
	token: string | null;
	until: number;
}

const WAIT_MINUTES = [1, 5, 15];
const LEASE_MINUTES = 2;

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());

const on = () => deliveriesOn(database);

const key = fc.constantFrom('a', 'b', 'e');
/** The delivery `e` is an event, which is handed back once. */
const kindOf = (name: string): DeliveryKind => (name === 'e' ? 'event' : 'callback');
const outcome = fc.constantFrom<Outcome>(
	'delivered',
	'failed',
	'failed the last time',
	'failed for good',
);
const kind = fc.constantFrom<DeliveryKind>('callback', 'event');
const token = fc.constantFrom('one', 'two');

/** Does the same to the model and to the database, and gives what both answered. */
type Step = (model: Model) => Promise<[unknown, unknown]>;

const stepWith = <T,>(
	weight: number,
	given: fc.Arbitrary<T>,
	run: (given: T, model: Model) => Promise<[unknown, unknown]>,
) => ({
	weight,
	arbitrary: given.map(
		(value): Step =>
			(model) =>
				run(value, model),
	),
});

const answer = (rows: Array<{ deliveryKey: string; state: string }>) =>
	rows.map(({ deliveryKey, state }) => ({ key: deliveryKey, state }));
const one = (deliveryKey: string) => ({ which: 'one', deliveryKey }) as const;

const step = fc.oneof(
	stepWith(3, fc.tuple(key, fc.boolean()), async ([name, isPassing], model) => {
		const rows = await on().park([work({ deliveryKey: name, kind: kindOf(name), isPassing })]);
		const asked = answer(rows).map((row, index) => ({ ...row, isNew: rows[index]!.isNew }));
		return [asked, model.park(name, kindOf(name), isPassing)];
	}),
	stepWith(4, fc.tuple(kind, fc.constantFrom(1, 9), token), async (given, model) => {
		const [wanted, limit, leaseToken] = given;
		const leaseSeconds = LEASE_MINUTES * 60;
		const rows = await on().take({ kind: wanted, limit, leaseSeconds, leaseToken });
		const asked = rows.map(({ deliveryKey, isLastTry }) => ({ key: deliveryKey, isLastTry }));
		return [asked, model.take(wanted, limit, leaseToken)];
	}),
	stepWith(6, fc.tuple(key, token, outcome), async ([deliveryKey, leaseToken, ended], model) => {
		const held = { deliveryKey, leaseToken, isLastTry: ended === 'failed the last time' };
		const settled =
			ended === 'delivered'
				? delivered(held)
				: failed(held, { isPassing: ended !== 'failed for good' });
		const rows = await on().settle([settled]);
		return [answer(rows), model.settle(deliveryKey, leaseToken, ended)];
	}),
	stepWith(1, key, async (name, model) => [
		answer(await on().replay(one(name))),
		model.replay(name),
	]),
	stepWith(1, key, async (name, model) => [
		answer(await on().dismiss(one(name))),
		model.dismiss(name),
	]),
	stepWith(4, fc.constantFrom(1, 2, 5, 15), async (minutes, model) => {
		await on().wait(minutes * 60);
		return [undefined, model.wait(minutes)];
	}),
);

const COLUMNS = `delivery_key AS key, kind, state, attempts, replays, lease_token AS token,
	payload IS NOT NULL AS "hasPayload"`;

it('deliveries do what a model of them does, whatever happens in whichever order', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
			await on().clear();
			const model = new Model();
			for (const run of steps) {
				model.tick();
				const [asked, expected] = await run(model);
				expect(asked).toEqual(expected);
				expect(await on().rows('deliveries', COLUMNS)).toEqual(model.rows());
			}
			const alerts = await on().rows('alerts', 'times');
			expect(alerts).toEqual(model.deaths === 0 ? [] : [{ times: model.deaths }]);
		}),
		{ numRuns: ON_A_SERVER ? 200 : 40 },
	);
}, 120_000);
