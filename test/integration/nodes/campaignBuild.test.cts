/** Build Audience: a query becomes a statement for a database node, or a filter of items. */
import type { IDataObject } from 'n8n-workflow';

import type { Statement } from '../../../nodes/shared/stateStore/statement';
import {
	campaignDispatch,
	type CampaignSurroundings,
	opened,
	personRow,
	startCampaignSurroundings,
} from './campaignSurroundings.cts';

let around: CampaignSurroundings;
beforeAll(async () => {
	around = await startCampaignSurroundings();
});
afterAll(async () => await around.close());

const fieldsOf = (...fields: Array<[name: string, type: string, column?: string]>) => ({
	fields: { field: fields.map(([name, type, column = '']) => ({ name, type, column })) },
});

const FIELDS = fieldsOf(
	['email', 'text'],
	['budget_max', 'number'],
	['beds', 'number', 'p.bedrooms'],
);
const CAMPAIGN = opened();
const COMPANY = CAMPAIGN.companyId;

const build = async (parameters: object = {}, item: IDataObject = CAMPAIGN): Promise<Statement> => {
	const json = await around.runOne(
		'build',
		{ ...FIELDS, ...(parameters as IDataObject) } as never,
		[item],
	);
	return json.audience as unknown as Statement;
};

const fail = async (parameters: object, item: IDataObject = CAMPAIGN) =>
	await around.failOne('build', { ...FIELDS, ...(parameters as IDataObject) } as never, [item]);

describe("the statement of the guide's query", () => {
	it('is, for Postgres, one of the company alone, in the order of its keys', async () => {
		expect(await build()).toEqual({
			query: [
				'SELECT "id" AS "id", "email" AS "email", "budget_max" AS "budget_max", "p"."bedrooms" AS "beds", ' +
					'(count(*) OVER ())::int AS "matching", ' +
					'(SELECT count(*) FROM "contact" WHERE "company_id"::text COLLATE "C" = $1::text)::int AS "everybody"',
				' FROM "contact"',
				' WHERE "company_id"::text COLLATE "C" = $2::text ' +
					`AND ((NULLIF("budget_max"::double precision, 'NaN'::double precision) > $3::double precision) ` +
					`AND (NULLIF("p"."bedrooms"::double precision, 'NaN'::double precision) >= $4::double precision))`,
				' ORDER BY "id"::text COLLATE "C"',
				' LIMIT 5000',
			].join('\n'),
			values: [COMPANY, COMPANY, 5_000_000, 2],
		});
	});

	it.each([
		[
			'mysql',
			/UNHEX\(SUBSTRING\(\$2, 2\)\) AND .*`budget_max`.* > \$3.*`p`\.`bedrooms`.* >= \$4/,
			hex,
		],
		['sqlite', /COLLATE BINARY = \? AND .*`budget_max`.* > \?.*`p`\.`bedrooms`.* >= \?/, String],
	] as const)('carries, for %s, its values beside the text', async (target, condition, id) => {
		const { query, values } = await build({ target, table: 'crm.contact' });
		expect(query.split('\n')[1]).toBe(' FROM `crm`.`contact`');
		expect(query.split('\n')[2]).toMatch(condition);
		expect(query).not.toContain('5000000');
		expect(values).toEqual([id(COMPANY), id(COMPANY), 5_000_000, 2]);
	});

	it('hands the rest of the item on', async () => {
		const json = await around.runOne('build', FIELDS as never, [{ ...CAMPAIGN, kept: 'along' }]);
		expect(json).toMatchObject({ ...CAMPAIGN, kept: 'along' });
	});

	it('knows no company where the table has none', async () => {
		const { query, values } = await build({ companyColumn: '' });
		expect(query).not.toContain('company_id');
		expect(values).toEqual([5_000_000, 2]);
	});

	it('reads other tables, columns and sizes of page', async () => {
		const { query, values } = await build({
			table: 'crm.people',
			keyColumn: 'people.person_id',
			companyColumn: 'agency',
			companyId: 'agency-7',
			query: "email LIKE '%@example.com'",
			audienceOptions: { pageSize: 100 },
		});
		expect(query).toContain('FROM "crm"."people"');
		expect(query).toContain('"people"."person_id" AS "person_id"');
		expect(query).toContain('LIMIT 100');
		expect(values).toEqual(['agency-7', 'agency-7', '%@example.com']);
	});

	it.each([
		['in front, where no field is the key', FIELDS, /^SELECT "id" AS "id", "email"/],
		[
			'once, under the name of its field',
			fieldsOf(['key', 'text', 'id'], ['budget_max', 'number'], ['beds', 'number']),
			/^SELECT "id" AS "key", "budget_max"/,
		],
	])('always selects the key: %s', async (_where, fields, select) => {
		const { query } = await build(fields);
		expect(query).toMatch(select);
		expect(query.match(/"id" AS/g)).toHaveLength(1);
	});
});

describe('pages', () => {
	it.each([null, undefined, ''])('are counted in all on the first, after %p', async (cursor) => {
		const { query } = await build({}, { ...CAMPAIGN, cursor } as IDataObject);
		expect(query).toContain('"matching"');
		expect(query).toContain('"everybody"');
	});

	it.each([
		['a UUID', '3c1f6c5e-7a54-4b0a-9a11-4e1b52c0aa01'],
		['a number', 4711],
	])('begin, further on, after the cursor: %s', async (_what, cursor) => {
		const { query, values } = await build({ audienceOptions: { after: '={{ $json.cursor }}' } }, {
			...CAMPAIGN,
			cursor,
		} as IDataObject);
		expect(query).not.toContain('"matching"');
		expect(query).toContain('"id"::text COLLATE "C" > $4::text');
		expect(values).toEqual([COMPANY, 5_000_000, 2, String(cursor)]);
	});
});

describe('a query that is not understood', () => {
	it.each([
		['names no field', 'bed >= 2', /^.*`?bed.*, at column 1\./i, /beds/],
		['compares nothing', 'budget_max > ', /, at column 14/, /./],
		[
			'says something after its end',
			'beds >= 2; DROP TABLE contact',
			/, at column 10\./,
			/semicolon/,
		],
		['calls a function', 'lower(email) = 1', /, at column 1/, /./],
		['is empty', '   ', /^The audience query is empty/, /./],
	])('%s: the place is named, with what to do', async (_what, query, says, advises) => {
		const { error, details } = await fail({ query });
		expect(error).toMatch(says);
		expect(`${error} ${String(details.advice)}`).toMatch(advises);
		expect(details.itemIndex).toBe(0);
	});

	it('fails its own item and no other', async () => {
		const step = campaignDispatch('build', { ...FIELDS, query: '={{ $json.query }}' } as never);
		const items = ['beds = 1', 'beds = ', 'beds = 3'].map((query) => ({ ...CAMPAIGN, query }));
		const { outputs } = await around.run([{ ...step, onError: 'continueErrorOutput' }], items);
		expect(outputs[0]?.map(({ json }) => (json.audience as IDataObject).values)).toEqual([
			[COMPANY, COMPANY, 1],
			[COMPANY, COMPANY, 3],
		]);
		expect(outputs[1]).toMatchObject([{ json: { details: { itemIndex: 1 } } }]);
	});

	it('is missing altogether where the item has none', async () => {
		expect((await fail({}, { companyId: 'c-1' })).error).toMatch(/^The audience query is empty/);
	});
});

describe('settings that make no sense', () => {
	it.each<[string, object, RegExp]>([
		['no field', { fields: {} }, /at least one field/],
		['two fields of a name', fieldsOf(['beds', 'number'], ['Beds', 'text']), /two fields called/],
		[
			'a field called as a word of the language',
			fieldsOf(['and', 'text']),
			/cannot be called "and"/,
		],
		['a table that is none', { table: 'contact; DROP TABLE contact' }, /is no name of a table/],
		['a column that is none', { keyColumn: 'id"' }, /is no name of a column/],
		['no company to read', { companyId: '' }, /^Company ID is empty$/],
		['too large a page', { audienceOptions: { pageSize: 10_001 } }, /1 to 10000 rows/],
	])('are refused: %s', async (_what, parameters, says) => {
		expect((await fail(parameters)).error).toMatch(says);
	});

	it('are refused where the item has no company, and never read as all of them', async () => {
		const { companyId: _, ...item } = CAMPAIGN;
		expect(await fail({ query: 'beds = 2' }, item as IDataObject)).toMatchObject({
			error: 'Company ID is empty',
			details: { advice: expect.stringContaining('Company Column') },
		});
	});
});

describe('incoming items', () => {
	const filter = async (query: string, items: IDataObject[]) =>
		await around.runAll('build', { ...FIELDS, target: 'items', query } as never, items);

	it('go through untouched where they match, and the others are dropped', async () => {
		const rows = [
			personRow(1, { budget_max: 8_000_000, beds: 2, nested: { kept: ['along'] } }),
			personRow(2, { budget_max: 8_000_000, beds: 1 }),
			personRow(3, { budget_max: null, beds: 3 }),
			personRow(4, { budget_max: '9000000.50', beds: 3 }),
			personRow(5),
		];
		expect(await filter('budget_max > 5000000 AND beds >= 2', rows)).toEqual([rows[0], rows[3]]);
	});

	it('know which item they came from', async () => {
		const step = campaignDispatch('build', {
			...FIELDS,
			target: 'items',
			query: 'beds = 2',
		} as never);
		const { outputs } = await around.run(
			[step],
			[1, 2, 3, 2].map((beds) => personRow(beds, { beds })),
		);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 3 }]);
	});

	it('may all be dropped', async () => {
		expect(await filter('beds = 9', [personRow(1, { beds: 2 })])).toEqual([]);
	});

	it('fail with the place of what is not understood', async () => {
		const { error } = await around.failOne(
			'build',
			{ ...FIELDS, target: 'items', query: 'beds => 2' } as never,
			[personRow(1)],
		);
		expect(error).toMatch(/There is no =>, at column 6\. Write >=/);
	});

	it.each([
		['typed in', 'beds = 2'],
		['from an expression', '={{ "beds = 2" }}'],
	])('may be 10,000, by a query %s', async (_how, query) => {
		const rows = Array.from({ length: 10_000 }, (_row, index) =>
			personRow(index, { beds: index % 3 }),
		);
		const kept = await filter(query, rows);
		expect(kept).toHaveLength(3333);
	});
});

function hex(text: string): string {
	return `x${Buffer.from(text).toString('hex')}`;
}
