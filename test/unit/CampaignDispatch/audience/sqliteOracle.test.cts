import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

import fc from 'fast-check';

import { compileAudience } from '../../../../nodes/CampaignDispatch/audience/evaluate';
import { parseAudience } from '../../../../nodes/CampaignDispatch/audience/parser';
import { toSqlite } from '../../../../nodes/CampaignDispatch/audience/sqlite';
import {
	DATES,
	model,
	MODEL_FIELDS,
	NUMBERS,
	plainSql,
	query,
	TEXTS,
	type Type,
} from './model.cts';

/** `npm run test:long` asks for more than 100,000 predicates. */
const IS_LONG = process.env.LONG === '1';
const TABLES = IS_LONG ? 30 : 3;
const PREDICATES = IS_LONG ? 3500 : 1000;
const ROWS = 40;

/** What a row holds, and what that means: null where it is no value of the field's type. */
interface Cell {
	held: SQLInputValue;
	meant: SQLInputValue;
}

const same = (values: readonly SQLInputValue[]): Cell[] =>
	values.map((held) => ({ held, meant: held }));
const junk = (values: readonly SQLInputValue[]): Cell[] =>
	values.map((held) => ({ held, meant: null }));

const CELLS: Record<Type, Cell[]> = {
	number: [...same([null, ...NUMBERS]), ...junk(['', 'abc', '5M', ' '])],
	text: [...same([null, ...TEXTS]), ...junk([0, 7, 2.5])],
	boolean: [
		...same([null, 1, 0]),
		...['t', 'true'].map((held) => ({ held, meant: 1 })),
		...['f', 'false'].map((held) => ({ held, meant: 0 })),
		...junk([2, -1, 0.5, 'yes', '']),
	],
	date: [
		...same([null]),
		...DATES.map(([held, meant]) => ({ held, meant })),
		{ held: '2026-01-31 08:00:00', meant: Date.UTC(2026, 0, 31, 8) },
		{ held: '2026-01-31 08:00', meant: Date.UTC(2026, 0, 31, 8) },
		...junk([
			'',
			'now',
			'soon',
			'08:00:00',
			'2026-02-30',
			'2026-13-01',
			'2026-1-31',
			2461072,
			20260131,
		]),
	],
};
const NULL_CELL: Cell = { held: null, meant: null };
const rowOfCells = fc.tuple(
	...MODEL_FIELDS.map(({ type }) =>
		fc.oneof(
			{ weight: 1, arbitrary: fc.constant(NULL_CELL) },
			{ weight: 5, arbitrary: fc.constantFrom(...CELLS[type]) },
		),
	),
);

/** Columns without a type keep what they are given; one has a collation that takes no heed of case. */
const HELD_COLUMNS = MODEL_FIELDS.map(({ name }) =>
	name === 'city' ? `${name} COLLATE NOCASE` : name,
).join(', ');
const MEANT_COLUMNS = MODEL_FIELDS.map(({ name }) => name).join(', ');
const FIELDS = MODEL_FIELDS.map((field) => ({ ...field, column: field.name }));

function fillTables(cells: Cell[][]): DatabaseSync {
	const database = new DatabaseSync(':memory:');
	database.exec('PRAGMA case_sensitive_like = ON');
	for (const [table, columns] of Object.entries({ held: HELD_COLUMNS, meant: MEANT_COLUMNS })) {
		database.exec(`CREATE TABLE ${table} (id INTEGER PRIMARY KEY, ${columns})`);
		const places = MODEL_FIELDS.map(() => '?').join(', ');
		const insert = database.prepare(`INSERT INTO ${table} VALUES (?, ${places})`);
		cells.forEach((row, id) => {
			insert.run(id, ...row.map((cell) => cell[table as keyof Cell]));
		});
	}
	return database;
}

function idsOf(database: DatabaseSync, table: string, condition: string, values: unknown[] = []) {
	const statement = database.prepare(`SELECT id FROM ${table} WHERE ${condition} ORDER BY id`);
	return statement.all(...(values as SQLInputValue[])).map(({ id }) => id);
}

describe('an audience query', () => {
	it.each(Array.from({ length: TABLES }, (_, seed) => seed))(
		`chooses the rows that plain SQL chooses, in SQLite and in memory, ${PREDICATES} times (%i)`,
		(seed) => {
			const cells = fc.sample(rowOfCells, { numRuns: ROWS, seed });
			const rows = cells.map((row) =>
				Object.fromEntries(row.map(({ held }, index) => [MODEL_FIELDS[index]!.name, held])),
			);
			const database = fillTables(cells);
			let chosen = 0;
			fc.assert(
				fc.property(model, (part) => {
					const expected = idsOf(database, 'meant', plainSql(part));
					const predicate = parseAudience(query(part), FIELDS);
					const { text, values } = toSqlite(predicate);
					const belongs = compileAudience(predicate);
					const inMemory = rows.flatMap((row, id) => (belongs(row) ? [id] : []));
					chosen += expected.length;
					expect({ inSqlite: idsOf(database, 'held', text, values), inMemory }).toEqual({
						inSqlite: expected,
						inMemory: expected,
					});
				}),
				{ numRuns: PREDICATES, seed },
			);
			database.close();
			// Predicates that choose nobody, or everybody, would prove little.
			const share = chosen / (PREDICATES * ROWS);
			expect(share).toBeGreaterThan(0.2);
			expect(share).toBeLessThan(0.8);
		},
	);
});
