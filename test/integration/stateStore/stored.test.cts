import type { ClaimRow } from '../../../nodes/shared/stateStore/claim';
import { appendEventLog } from '../../../nodes/shared/stateStore/eventLog';
import { type Database, openDatabase, PROTOCOLS, SCHEMA } from './database.cts';
import { answer, claim, complete, HOUR, logRow, record, release } from './work.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() =>
	database.pool.query(
		'TRUNCATE property_platform.processed_events, property_platform.vendor_answers, property_platform.event_log',
	),
);

describe('the schema', () => {
	it('can be created again without harm', async () => {
		await database.run(claim());
		await database.pool.query(SCHEMA);
		expect(await database.run<ClaimRow>(claim())).toMatchObject({ outcome: 'in_progress' });
		const { rows } = await database.pool.query(
			'SELECT version FROM property_platform.schema_version',
		);
		expect(rows).toEqual([{ version: 4 }]);
	});

	it.each([
		['a state it does not know', "state = 'lost'"],
		['a claim that never runs out', 'lease_until = NULL'],
		['a lease without a claim', "state = 'released'"],
		['a result that was never recorded', "result = '{}'"],
	])('refuses %s', async (_name, change) => {
		await database.run(claim());
		await expect(
			database.pool.query(`UPDATE property_platform.processed_events SET ${change}`),
		).rejects.toThrow('violates check constraint');
	});
});

describe.each(PROTOCOLS)('the answers of vendors, values %s', (protocol) => {
	const cached = async (...answerScopes: string[]) =>
		(await database.run<ClaimRow>(claim({ answerScopes }), protocol)).cachedAnswers;

	it('come with a claim of their scope, with the moment they were fetched', async () => {
		await database.run(claim());
		await database.run(record({ answers: [answer()] }), protocol);
		await database.pool.query(
			"UPDATE property_platform.vendor_answers SET fetched_at = '2026-01-15 18:30:00.250+08'",
		);
		expect(await cached('p-0', 'p-1')).toEqual([
			{
				questionKey: 'rentcast:value:12-main-st',
				answer: { price: 250_000 },
				fetchedAt: '2026-01-15T10:30:00.250Z',
			},
		]);
	});

	it('do not come with other scopes, nor with none', async () => {
		await database.run(record({ answers: [answer()] }), protocol);
		expect(await cached('p-2', 'P-1', '')).toEqual([]);
		expect(await cached()).toEqual([]);
	});

	it('come only while they live', async () => {
		const answers = [
			answer({ questionKey: 'over', lifetimeSeconds: 0 }),
			answer({ questionKey: 'long over', lifetimeSeconds: -HOUR }),
			answer({ questionKey: 'alive', lifetimeSeconds: HOUR }),
		];
		await database.run(record({ answers }), protocol);
		expect(await cached('p-1')).toEqual([expect.objectContaining({ questionKey: 'alive' })]);
	});

	it('are replaced by later ones to the same question, also within one list', async () => {
		const priced = (price: number) => answer({ answer: { price } });
		await database.run(record({ answers: [priced(1)] }), protocol);
		await database.run(record({ answers: [priced(2), priced(3)] }), protocol);
		expect(await cached('p-1')).toEqual([expect.objectContaining({ answer: { price: 3 } })]);
	});

	it.each([
		['recorded by one that lost the lease', record],
		['released', release],
	])('are kept when %s', async (_name, statement) => {
		await database.run(statement({ leaseToken: 'stranger', answers: [answer()] }), protocol);
		expect(await cached('p-1')).toHaveLength(1);
	});
});

describe.each(PROTOCOLS)('the event log, values %s', (protocol) => {
	const logged = async () =>
		(await database.pool.query('SELECT * FROM property_platform.event_log ORDER BY id')).rows;

	it('keeps every field, in order, with the time of the database', async () => {
		const rows = [
			logRow({
				vendor: 'rentcast',
				status: 429,
				durationMs: 120.6,
				attempt: 2,
				detail: 'slow down',
			}),
			logRow({ step: 'callback', outcome: 'failed', status: 0 }),
		];
		expect(await database.run(appendEventLog(rows), protocol)).toEqual({ logged: 2 });
		const common = { correlation_id: 'correlation-1', flow: 'property-enrichment' };
		expect(await logged()).toEqual([
			{
				...common,
				id: expect.any(String),
				at: expect.any(Date),
				step: 'market-data',
				vendor: 'rentcast',
				outcome: 'ok',
				status: 429,
				duration_ms: 121,
				attempt: 2,
				detail: 'slow down',
			},
			{
				...common,
				id: expect.any(String),
				at: expect.any(Date),
				step: 'callback',
				vendor: null,
				outcome: 'failed',
				status: 0,
				duration_ms: null,
				attempt: null,
				detail: null,
			},
		]);
	});

	it('takes no rows for an answer', async () => {
		expect(await database.run(appendEventLog([]), protocol)).toEqual({ logged: 0 });
	});

	it.each([
		['recording', record],
		['completing', complete],
		['releasing', release],
	])('is written while %s, whether that succeeds or not', async (_name, statement) => {
		await database.run(statement({ log: [logRow({ detail: 'one' }), logRow({ detail: 'two' })] }));
		expect((await logged()).map((row) => row.detail)).toEqual(['one', 'two']);
	});
});
