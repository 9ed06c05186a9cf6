import type { ClaimRow } from '../../../nodes/shared/stateStore/claim';
import type { RecordRow } from '../../../nodes/shared/stateStore/record';
import { type Database, ON_A_SERVER, openDatabase } from './database.cts';
import { overlap } from './overlap.cts';
import { answer, claim, complete, HOUR, record } from './work.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() =>
	database.pool.query(
		'TRUNCATE property_platform.processed_events, property_platform.vendor_answers',
	),
);

const age = () =>
	database.pool.query(`UPDATE property_platform.processed_events SET
		lease_until = lease_until - interval '1 day', recorded_at = recorded_at - interval '1 day'`);

/** Claims the keys at the same time, each with a token of its own. */
const claimAll = (eventKeys: string[]) =>
	Promise.all(
		eventKeys.map((eventKey, index) =>
			database.run<ClaimRow>(claim({ eventKey, leaseToken: `token-${index}` })),
		),
	);

const outcomes = (rows: ClaimRow[]) => rows.map((row) => row.outcome).sort();
const oneOf = (number: number) => ['claimed', ...Array(number - 1).fill('in_progress')];
const many = (eventKey: string, number: number) => Array<string>(number).fill(eventKey);

describe('many claims of one piece of work', () => {
	it.each<[string, () => Promise<unknown>]>([
		['nobody has seen', async () => {}],
		[
			'whose lease has run out',
			async () => {
				await database.run(claim());
				await age();
			},
		],
		[
			'whose result has run out',
			async () => {
				await database.run(claim());
				await database.run(record());
				await age();
			},
		],
	])('that %s: exactly one wins', async (_name, prepare) => {
		await prepare();
		const rows = await claimAll(many('key-1', 20));
		expect(outcomes(rows)).toEqual(oneOf(20));

		const winner = rows.find((row) => row.outcome === 'claimed')!;
		const recorded = await Promise.all(
			rows.map(({ leaseToken }) =>
				database.run<RecordRow>(record({ leaseToken, result: { by: leaseToken } })),
			),
		);
		expect(recorded.filter((row) => row.recorded)).toEqual([
			expect.objectContaining({ result: { by: winner.leaseToken } }),
		]);
	});

	it('do not disturb the claims of another', async () => {
		const keys = [...many('key-1', 10), ...many('key-2', 10)];
		const rows = await claimAll(keys.map((_key, index) => keys[(index * 7) % 20]!));
		for (const eventKey of ['key-1', 'key-2']) {
			expect(outcomes(rows.filter((row) => row.eventKey === eventKey))).toEqual(oneOf(10));
		}
	});
});

/**
 * What only real sessions can show: a statement that began before another transaction ended.
 * Run with TEST_DATABASE_URL naming a PostgreSQL server.
 */
(ON_A_SERVER ? describe : describe.skip)('a statement that waits for another transaction', () => {
	const other = claim({ leaseToken: 'other', correlationId: 'other' });

	it('is told in_progress where the other inserted the row', async () => {
		expect(await overlap<ClaimRow>(database, other, claim())).toMatchObject({
			outcome: 'in_progress',
			attempt: 1,
			result: null,
		});
	});

	it('wins where the other gave up', async () => {
		expect(await overlap<ClaimRow>(database, other, claim(), 'ROLLBACK')).toMatchObject({
			outcome: 'claimed',
		});
	});

	it('is told in_progress where the other took over the lease that ran out', async () => {
		await database.run(claim());
		await age();
		expect(await overlap<ClaimRow>(database, other, claim())).toMatchObject({
			outcome: 'in_progress',
		});
	});

	it('is told in_progress, not the old result, where the other claimed afresh', async () => {
		await database.run(claim());
		await database.run(record());
		await age();
		expect(await overlap<ClaimRow>(database, other, claim())).toMatchObject({
			outcome: 'in_progress',
			result: null,
		});
	});

	it('records nothing where the other took over', async () => {
		await database.run(claim());
		await age();
		expect(await overlap<RecordRow>(database, other, record())).toMatchObject({
			recorded: false,
			result: null,
		});
	});

	it('completes where the other completed', async () => {
		await database.run(claim());
		await database.run(record());
		expect(await overlap(database, complete(), complete())).toMatchObject({ completed: true });
	});

	it('does not deadlock over the same answers in another order', async () => {
		const answers = Array.from({ length: 50 }, (_value, index) =>
			answer({ questionKey: `question-${index}`, lifetimeSeconds: HOUR }),
		);
		const rows = await Promise.all(
			Array.from({ length: 40 }, (_value, index) =>
				database.run<RecordRow>(
					record({ answers: index % 2 === 0 ? answers : [...answers].reverse() }),
				),
			),
		);
		expect(rows).toHaveLength(40);
	});
});
