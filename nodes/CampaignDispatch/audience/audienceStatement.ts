import { isTableName } from '../../shared/stateStore/lookUp';
import type { Statement } from '../../shared/stateStore/statement';
import { storableText } from '../../shared/stateStore/storable';
import type { AudiencePredicate } from './ast';
import { isColumnName, isFieldName } from './fields';
import { mysql } from './mysql';
import { postgres } from './postgres';
import { createBinder, type Dialect, printPredicate, quotedName } from './sql';
import { sqlite } from './sqlite';

const DIALECTS = { postgres, mysql, sqlite } satisfies Record<string, Dialect>;
const MAX_PAGE_SIZE = 10_000;
/** The columns that `withTotals` adds. */
const TOTALS = ['matching', 'everybody'];

export interface AudiencePage {
	dialect: keyof typeof DIALECTS;
	/** A table or view, or schema and table with a dot between. */
	table: string;
	/** Tells the rows apart and is never NULL; text, UUID or number. */
	keyColumn: string;
	/** Only rows of this company are looked at. */
	company?: { column: string; id: string | number };
	predicate: AudiencePredicate;
	/** What each row brings along, under which name. */
	columns: ReadonlyArray<{ column: string; name: string }>;
	pageSize: number;
	/** The key of the last row of the page before. */
	after?: string | number;
	/**
	 * Whether each row also says how many rows match in all, as `matching`, and how many the table
	 * has of the company, as `everybody`. On the first page only. No row says so if none matches.
	 */
	withTotals: boolean;
}

/**
 * One page of an audience, in the order of its keys as text by code points, so that paging is the
 * same for every type of key. For n8n's own database nodes, which take a statement that begins with
 * SELECT and finds nothing as no items; the MySQL node deletes line ends, so that every line begins
 * with a space. Throws a RangeError where a name, the page size or a combination makes no sense.
 */
export function audienceStatement(page: AudiencePage): Statement {
	const problem = problemOf(page);
	if (problem) throw new RangeError(problem);

	const dialect = DIALECTS[page.dialect];
	const { values, bind } = createBinder(dialect, 1);
	const name = (column: string) => quotedName(dialect, column);
	const equals = ({ column, id }: { column: string; id: string | number }, operator = '=') =>
		`${dialect.asText(name(column))} ${operator} ${bind({ type: 'text', value: storableText(String(id)) })}`;

	const { company, after } = page;
	const table = name(page.table);
	const select = page.columns.map((each) => `${name(each.column)} AS ${dialect.quoted(each.name)}`);
	if (page.withTotals) {
		const ofCompany = company ? ` WHERE ${equals(company)}` : '';
		select.push(
			`${dialect.count('count(*) OVER ()')} AS ${dialect.quoted('matching')}`,
			`${dialect.count(`SELECT count(*) FROM ${table}${ofCompany}`)} AS ${dialect.quoted('everybody')}`,
		);
	}
	const conditions = [
		...(company ? [equals(company)] : []),
		printPredicate(dialect, page.predicate, bind),
		...(after === undefined ? [] : [equals({ column: page.keyColumn, id: after }, '>')]),
	];
	const query = [
		`SELECT ${select.join(', ')}`,
		`FROM ${table}`,
		`WHERE ${conditions.join(' AND ')}`,
		`ORDER BY ${dialect.asText(name(page.keyColumn))}`,
		`LIMIT ${page.pageSize}`,
	];
	return { query: query.join('\n '), values };
}

function problemOf(page: AudiencePage): string | undefined {
	const { table, keyColumn, company, columns, pageSize } = page;
	if (!isTableName(table)) return `"${table}" is no name of a table`;
	const used = [keyColumn, ...(company ? [company.column] : []), ...columns.map((c) => c.column)];
	const wrong = used.find((column) => !isColumnName(column));
	if (wrong !== undefined) return `"${wrong}" is no name of a column`;
	if (columns.length === 0) return 'A page needs at least one column';
	const names = new Set(page.withTotals ? TOTALS : []);
	for (const { name } of columns) {
		if (!isFieldName(name)) return `"${name}" is no name for a column`;
		if (names.has(name)) return `Two columns are called "${name}"`;
		names.add(name);
	}
	if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
		return `A page has 1 to ${MAX_PAGE_SIZE} rows, not ${pageSize}`;
	}
	if (page.withTotals && page.after !== undefined) return 'Only the first page has totals';
	return undefined;
}
