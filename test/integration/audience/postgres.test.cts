import fc from 'fast-check';

import { audienceStatement } from '../../../nodes/CampaignDispatch/audience/audienceStatement';
import { compileAudience, type Row } from '../../../nodes/CampaignDispatch/audience/evaluate';
import { parseAudience } from '../../../nodes/CampaignDispatch/audience/parser';
import { toPostgres } from '../../../nodes/CampaignDispatch/audience/postgres';
import type { Statement } from '../../../nodes/shared/stateStore/statement';
import {
	DATES,
	model,
	MODEL_FIELDS,
	NUMBERS,
	query,
	TEXTS,
} from '../../unit/CampaignDispatch/audience/model.cts';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';

const BATCHES = process.env.LONG === '1' ? 40 : 6;
const PREDICATES_IN_A_BATCH = 100;
const ROWS = 60;

const FIELDS = MODEL_FIELDS.map((field) => ({ ...field, column: field.name }));

/** PostgreSQL has types enough for each field to have another, and texts without NUL. */
const COLUMNS: Record<string, { type: string; values: readonly unknown[] }> = {
	id: { type: 'integer PRIMARY KEY', values: [] },
	budget: {
		type: 'numeric',
		values: [...NUMBERS.map((number) => number.toFixed(8)), '5000000.00', 'NaN', null],
	},
	beds: { type: 'double precision', values: [...NUMBERS, null] },
	city: { type: 'text', values: [...TEXTS, null] },
	note: { type: 'varchar(80)', values: [...TEXTS, null] },
	consent: { type: 'boolean', values: [true, false, null] },
	agent: { type: 'boolean', values: [true, false, null] },
	created: { type: 'timestamptz', values: [...DATES.map(([, ms]) => isoOf(ms)), null] },
	seen: {
		type: 'timestamp',
		values: [...DATES.map(([, ms]) => isoOf(ms).slice(0, 23).replace('T', ' ')), null],
	},
};

function isoOf(ms: number): string {
	return new Date(ms).toISOString();
}

const anyRow: fc.Arbitrary<Row> = fc.record(
	Object.fromEntries(
		MODEL_FIELDS.map(({ name }) => [name, fc.constantFrom(...COLUMNS[name]!.values)]),
	),
);
const rows = fc.sample(anyRow, { numRuns: ROWS, seed: 1 });

jest.setTimeout(60_000);

let database: Database;

beforeAll(async () => {
	// One connection, whose time zone is none of UTC's.
	database = await openDatabase(1);
	const { pool } = database;
	await pool.query("SET TIME ZONE 'Asia/Manila'");
	const columns = Object.entries(COLUMNS).map(([name, { type }]) => `${name} ${type}`);
	await pool.query('DROP TABLE IF EXISTS property_platform.people');
	await pool.query(`CREATE TABLE property_platform.people (${columns.join(', ')})`);
	const names = Object.keys(COLUMNS);
	const places = names.map((_, index) => `$${index + 1}`).join(', ');
	for (const [id, row] of rows.entries()) {
		const values = [id, ...names.slice(1).map((name) => row[name])];
		await pool.query(`INSERT INTO property_platform.people VALUES (${places})`, values);
	}
});
afterAll(() => database.close());

/** One statement that asks all the predicates of all rows; a row of answers for each predicate. */
function askAll(conditions: ReadonlyArray<(firstPlaceholder: number) => Statement>): Statement {
	const values: Statement['values'] = [];
	const answers = conditions.map((condition) => {
		const { query: text, values: own } = condition(values.length + 1);
		values.push(...own);
		return `jsonb_agg(${text} IS TRUE ORDER BY id)`;
	});
	return {
		query: `SELECT jsonb_build_array(${answers.join(', ')}) AS answers FROM property_platform.people`,
		values,
	};
}

describe.each(PROTOCOLS)('an audience query in PostgreSQL, values %s', (protocol) => {
	it.each(Array.from({ length: BATCHES }, (_, seed) => seed))(
		`chooses the rows that it chooses in memory, ${PREDICATES_IN_A_BATCH} times (%i)`,
		async (seed) => {
			const queries = fc
				.sample(model, { numRuns: PREDICATES_IN_A_BATCH, seed })
				.map((part) => query(part));
			const predicates = queries.map((text) => parseAudience(text, FIELDS));
			const { answers } = await database.run<{ answers: boolean[][] }>(
				askAll(
					predicates.map((predicate) => (first) => {
						const { text, values } = toPostgres(predicate, first);
						return { query: text, values };
					}),
				),
				protocol,
			);
			const inMemory = predicates.map((predicate) => rows.map(compileAudience(predicate)));
			const differing = queries.filter((_, index) => {
				return JSON.stringify(answers[index]) !== JSON.stringify(inMemory[index]);
			});
			expect(differing).toEqual([]);
			const share = answers.flat().filter(Boolean).length / answers.flat().length;
			expect(share).toBeGreaterThan(0.2);
			expect(share).toBeLessThan(0.8);
		},
	);

	it.each([
		['date', '2026-01-31', "'2026-01-31'"],
		['timestamp', '2026-01-31 10:30', "'2026-01-31 10:30'"],
		['timestamptz', '2026-01-31 18:30+08', "'2026-01-31T10:30:00Z'"],
		['timestamptz', '2026-01-31 10:30:00.000999Z', "'2026-01-31 10:30'"],
	])('takes the %s %s as %s, whatever the time zone', async (type, held, meant) => {
		const fields = [{ name: 'moment', type: 'date' as const, column: 'moment' }];
		const { text, values } = toPostgres(parseAudience(`moment = ${meant}`, fields));
		const { is } = await database.run<{ is: boolean }>(
			{ query: `SELECT ${text} AS is FROM (SELECT '${held}'::${type} AS moment) AS held`, values },
			protocol,
		);
		expect(is).toBe(true);
	});

	it.each(['integer', 'bigint', 'text', 'uuid'])(
		'comes page by page, whatever the keys: %s',
		async (type) => {
			const key = type === 'uuid' ? 'md5(number::text)::uuid' : `number::${type}`;
			await database.pool.query('DROP TABLE IF EXISTS property_platform.members');
			await database.pool.query(
				`CREATE TABLE property_platform.members AS
					SELECT ${key} AS id, 'c-1' AS company_id, number % 6 AS beds
					FROM generate_series(1, 50) AS number`,
			);
			const page = {
				dialect: 'postgres' as const,
				table: 'property_platform.members',
				keyColumn: 'id',
				company: { column: 'company_id', id: 'c-1' },
				predicate: parseAudience('beds >= 2', FIELDS),
				columns: [{ column: 'id', name: 'id' }],
				pageSize: 7,
			};
			const read = async (after?: string) => {
				const withTotals = after === undefined;
				const { query: text, values } = audienceStatement({
					...page,
					withTotals,
					...(!withTotals && { after }),
				});
				return (await database.pool.query({ text, values })).rows;
			};
			const first = await read();
			expect(first[0]).toEqual({ id: expect.anything(), matching: 33, everybody: 50 });
			const seen = first.map(({ id }) => String(id));
			for (let pages = 1; pages < 10; pages++) {
				const next = await read(seen.at(-1));
				if (next.length === 0) break;
				seen.push(...next.map(({ id }) => String(id)));
			}
			expect(seen).toHaveLength(33);
			expect(seen).toEqual([...new Set(seen)].sort());
		},
	);

	it.each([
		['beds > 1', 'text', "'5M'"],
		['beds > 1', 'boolean', 'TRUE'],
		["seen > '2026-01-31'", 'text', "'soon'"],
	])('fails for %s where the column is %s, and chooses nobody', async (asked, type, held) => {
		const { text, values } = toPostgres(parseAudience(asked, FIELDS));
		const name = asked.split(' ')[0];
		const statement = {
			query: `SELECT ${text} AS is FROM (SELECT ${held}::${type} AS ${name}) AS held`,
			values,
		};
		await expect(database.run(statement, protocol)).rejects.toThrow();
	});
});
