import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { readOnce } from '../../../shared/n8n/readOnce';
import { requiredText } from '../../../shared/n8n/requiredText';
import { compileAudience } from '../../audience/evaluate';
import type { AudienceField } from '../../audience/fields';
import { type AudiencePage, audienceStatement } from '../../audience/audienceStatement';
import { parseAudience } from '../../audience/parser';
import { fieldsProperty, readFields } from '../audience.description';

const show = { resource: ['audience'], operation: ['build'] };
const showStatement = { show: { ...show, target: ['postgres', 'mysql', 'sqlite'] } };

const FILTER = 'items';
const DEFAULT_PAGE_SIZE = 5000;

const description: INodeProperties[] = [
	{
		displayName: 'Query',
		name: 'query',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '={{ $json.definition.audienceQuery }}',
		required: true,
		placeholder: "e.g. budget_max > 5000000 AND beds >= 2 AND city IN ('Makati', 'Taguig')",
		description:
			'Comparisons, IN, LIKE, ILIKE, BETWEEN, IS NULL, NOT, AND, OR and parentheses. Whatever is not understood is an error, never a wider audience.',
		displayOptions: { show },
	},
	{
		displayName: 'For',
		name: 'target',
		type: 'options',
		default: 'postgres',
		options: [
			{ name: 'Incoming Items', value: FILTER, description: 'Lets through the items that match' },
			{ name: 'MySQL', value: 'mysql', description: 'Makes the statement for a MySQL node' },
			{
				name: 'Postgres',
				value: 'postgres',
				description: 'Makes the statement for a Postgres node',
			},
			{ name: 'SQLite', value: 'sqlite', description: 'Makes the statement for a SQLite database' },
		],
		displayOptions: { show },
	},
	fieldsProperty(show),
	{
		displayName: 'Table',
		name: 'table',
		type: 'string',
		default: 'contact',
		required: true,
		description: 'A table or view with a row per person, or schema and table with a dot between',
		displayOptions: showStatement,
	},
	{
		displayName: 'Key Column',
		name: 'keyColumn',
		type: 'string',
		default: 'id',
		required: true,
		description:
			'A column with a value of its own for each row. The audience is read in its order.',
		displayOptions: showStatement,
	},
	{
		displayName: 'Company Column',
		name: 'companyColumn',
		type: 'string',
		default: 'company_id',
		description:
			'Only rows of the company of the campaign are read. Empty if the table holds one company alone.',
		displayOptions: showStatement,
	},
	{
		displayName: 'Company ID',
		name: 'companyId',
		type: 'string',
		default: '={{ $json.companyId }}',
		displayOptions: { ...showStatement, hide: { companyColumn: [''] } },
	},
	{
		displayName: 'Options',
		name: 'audienceOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: showStatement,
		options: [
			{
				displayName: 'After',
				name: 'after',
				type: 'string',
				default: '={{ $json.cursor }}',
				description: 'The key of the last row of the page before. Empty for the first page.',
			},
			{
				displayName: 'Page Size',
				name: 'pageSize',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 10_000 },
				default: DEFAULT_PAGE_SIZE,
				description: 'How many rows one statement reads at most',
			},
		],
	},
];

/** The query, understood; throws an AudienceError that says where it is not. */
const readPredicate = readOnce((context, itemIndex) =>
	parseAudience(
		String(context.getNodeParameter('query', itemIndex) ?? ''),
		readFields(context, itemIndex),
	),
);

const readFilter = readOnce((context, itemIndex) =>
	compileAudience(readPredicate(context, itemIndex)),
);

/** Makes the statement that reads the audience from a database, or filters the items that come in. */
const execute: Execute = async (context, itemIndex) => {
	const { json } = context.getInputData()[itemIndex]!;
	const target = context.getNodeParameter('target', itemIndex) as
		AudiencePage['dialect'] | typeof FILTER;
	if (target === FILTER) return readFilter(context, itemIndex)(json) ? json : undefined;
	return { ...json, audience: { ...pageStatement(context, itemIndex, target) } };
};

function pageStatement(
	context: IExecuteFunctions,
	itemIndex: number,
	dialect: AudiencePage['dialect'],
) {
	const text = (name: string) => String(context.getNodeParameter(name, itemIndex) ?? '').trim();
	const { after, pageSize = DEFAULT_PAGE_SIZE } = context.getNodeParameter(
		'audienceOptions',
		itemIndex,
	) as { after?: string | number | null; pageSize?: number };
	const companyColumn = text('companyColumn');
	const keyColumn = text('keyColumn');
	const isFirstPage = after === undefined || after === null || after === '';
	return audienceStatement({
		dialect,
		table: text('table'),
		keyColumn,
		...(companyColumn !== '' && {
			company: { column: companyColumn, id: readCompanyId(context, itemIndex) },
		}),
		predicate: readPredicate(context, itemIndex),
		columns: withKey(readFields(context, itemIndex), keyColumn),
		pageSize,
		...(!isFirstPage && { after }),
		withTotals: isFirstPage,
	});
}

function readCompanyId(context: IExecuteFunctions, itemIndex: number): string {
	return requiredText(context, itemIndex, {
		name: 'companyId',
		displayName: 'Company ID',
		advice:
			'Name the company of the campaign, or empty Company Column if the table holds only one.',
	});
}

/** The next page begins after the key of the last row, so that every row has to bring it. */
function withKey(fields: AudienceField[], keyColumn: string): AudiencePage['columns'] {
	const columns = fields.map(({ name, column }) => ({ name, column }));
	if (columns.some(({ column }) => column === keyColumn)) return columns;
	return [{ name: keyColumn.split('.').at(-1) ?? keyColumn, column: keyColumn }, ...columns];
}

export const build: Operation = { resource: 'audience', operation: 'build', description, execute };
