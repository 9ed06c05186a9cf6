import { DatabaseSync } from 'node:sqlite';

import {
	type AudiencePage,
	audienceStatement,
} from '../../../../nodes/CampaignDispatch/audience/audienceStatement';
import { parse } from './samples.cts';

const PAGE: AudiencePage = {
	dialect: 'postgres',
	table: 'crm.leads',
	keyColumn: 'id',
	company: { column: 'company_id', id: 'c-1' },
	predicate: parse("city = 'Makati'"),
	columns: [
		{ column: 'id', name: 'id' },
		{ column: 'leads.e_mail', name: 'email' },
	],
	pageSize: 1000,
	withTotals: false,
};

describe('a page of an audience', () => {
	it('is one statement for PostgreSQL', () => {
		expect(audienceStatement({ ...PAGE, after: 'k-9' })).toEqual({
			query: [
				'SELECT "id" AS "id", "leads"."e_mail" AS "email"',
				'FROM "crm"."leads"',
				'WHERE "company_id"::text COLLATE "C" = $1::text AND ("city"::text COLLATE "C" = $2::text)' +
					' AND "id"::text COLLATE "C" > $3::text',
				'ORDER BY "id"::text COLLATE "C"',
				'LIMIT 1000',
			].join('\n '),
			values: ['c-1', 'Makati', 'k-9'],
		});
	});

	it('has the totals beside each row of the first page', () => {
		expect(audienceStatement({ ...PAGE, withTotals: true })).toEqual({
			query: [
				'SELECT "id" AS "id", "leads"."e_mail" AS "email", (count(*) OVER ())::int AS "matching",' +
					' (SELECT count(*) FROM "crm"."leads" WHERE "company_id"::text COLLATE "C" = $1::text)::int AS "everybody"',
				'FROM "crm"."leads"',
				'WHERE "company_id"::text COLLATE "C" = $2::text AND ("city"::text COLLATE "C" = $3::text)',
				'ORDER BY "id"::text COLLATE "C"',
				'LIMIT 1000',
			].join('\n '),
			values: ['c-1', 'c-1', 'Makati'],
		});
	});

	it('is one statement for MySQL, in which only rising placeholders stand', () => {
		const hex = (text: string) => `x${Buffer.from(text).toString('hex')}`;
		const asBytes = (column: string) => `CAST(CONVERT(\`${column}\` USING utf8mb4) AS BINARY)`;
		expect(audienceStatement({ ...PAGE, dialect: 'mysql', withTotals: true })).toEqual({
			query: [
				'SELECT `id` AS `id`, `leads`.`e_mail` AS `email`, (count(*) OVER ()) AS `matching`,' +
					` (SELECT count(*) FROM \`crm\`.\`leads\` WHERE ${asBytes('company_id')} = UNHEX(SUBSTRING($1, 2))) AS \`everybody\``,
				'FROM `crm`.`leads`',
				`WHERE ${asBytes('company_id')} = UNHEX(SUBSTRING($2, 2)) AND (${asBytes('city')} = UNHEX(SUBSTRING($3, 2)))`,
				`ORDER BY ${asBytes('id')}`,
				'LIMIT 1000',
			].join('\n '),
			values: [hex('c-1'), hex('c-1'), hex('Makati')],
		});
	});

	it.each<[string, Partial<AudiencePage>]>([
		['"leads; --" is no name of a table', { table: 'leads; --' }],
		['"id`" is no name of a column', { keyColumn: 'id`' }],
		['"a b" is no name of a column', { company: { column: 'a b', id: 1 } }],
		['"a"b" is no name of a column', { columns: [{ column: 'a"b', name: 'a' }] }],
		['"a.b" is no name for a column', { columns: [{ column: 'a', name: 'a.b' }] }],
		['A page needs at least one column', { columns: [] }],
		[
			'Two columns are called "a"',
			{
				columns: [
					{ column: 'a', name: 'a' },
					{ column: 'b', name: 'a' },
				],
			},
		],
		[
			'Two columns are called "matching"',
			{ withTotals: true, columns: [{ column: 'a', name: 'matching' }] },
		],
		['A page has 1 to 10000 rows, not 0', { pageSize: 0 }],
		['A page has 1 to 10000 rows, not 2.5', { pageSize: 2.5 }],
		['A page has 1 to 10000 rows, not 10001', { pageSize: 10_001 }],
		['Only the first page has totals', { withTotals: true, after: 'k' }],
	])('is refused: %s', (problem, changed) => {
		expect(() => audienceStatement({ ...PAGE, ...changed })).toThrow(RangeError);
		expect(() => audienceStatement({ ...PAGE, ...changed })).toThrow(problem);
	});
});

describe('the pages of an audience in SQLite', () => {
	const database = new DatabaseSync(':memory:');
	afterAll(() => database.close());

	const run = (page: Partial<AudiencePage>) => {
		const { query, values } = audienceStatement({
			...PAGE,
			dialect: 'sqlite',
			table: 'leads',
			columns: [{ column: 'id', name: 'id' }],
			...page,
		});
		return database
			.prepare(query)
			.all(...(values as string[]))
			.map((row) => ({ ...row }));
	};

	it.each([
		['INTEGER', Array.from({ length: 25 }, (_, index) => index * 7)],
		['TEXT COLLATE NOCASE', ['B', 'a', 'b', 'ñ', '😀', '\ue000', '', "'", '10', '9', 'A ', 'A']],
	])('bring every matching row once, with keys of %s', (type, keys) => {
		database.exec(`DROP TABLE IF EXISTS leads;
			CREATE TABLE leads (id ${type}, company_id TEXT, city TEXT)`);
		const insert = database.prepare('INSERT INTO leads VALUES (?, ?, ?)');
		for (const key of keys) insert.run(key, 'c-1', 'Makati');
		insert.run(1001, 'c-1', 'Cebu');
		insert.run(1002, 'c-2', 'Makati');

		const seen: unknown[] = [];
		let after: string | undefined;
		for (let page = 0; page < 10; page++) {
			const rows = run({ pageSize: 4, ...(after !== undefined && { after }) });
			if (rows.length === 0) break;
			seen.push(...rows.map(({ id }) => id));
			after = String(seen.at(-1));
		}
		const inBytes = [...keys].sort((left, right) =>
			Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right))),
		);
		expect(seen).toEqual(inBytes);
	});

	it('say on the first how many there are in all, and of how many', () => {
		const rows = run({ pageSize: 2, withTotals: true });
		expect(rows).toEqual([
			{ id: '', matching: 12, everybody: 13 },
			{ id: "'", matching: 12, everybody: 13 },
		]);
		expect(run({ pageSize: 1, withTotals: true, company: undefined })).toMatchObject([
			{ matching: 13, everybody: 14 },
		]);
	});

	it('are none where nobody matches', () => {
		expect(run({ predicate: parse("city = 'Davao'"), withTotals: true })).toEqual([]);
	});

	it('fail where a column is misnamed, instead of comparing its name', () => {
		const misnamed = parse("zip <> 'x'");
		expect(() => run({ predicate: misnamed })).toThrow('no such column');
	});
});
