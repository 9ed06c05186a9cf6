/**
 * A small part of SOQL, read strictly: what is not known here is refused as malformed.
 * @see https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-select.html
 */
import { malformedQuery } from './salesforceFault.cts';
import type { Value } from './salesforceOrg.cts';

export type Operator = '=' | '!=' | '<' | '>' | '<=' | '>=' | 'LIKE';

export type Condition =
	| { kind: 'and' | 'or'; parts: Condition[] }
	| { kind: 'not'; part: Condition }
	| { kind: 'compare'; path: string; operator: Operator; value: Value }
	| { kind: 'in'; path: string; negated: boolean; values: Value[] | Query };

export type Selected =
	| { kind: 'path'; path: string }
	| { kind: 'children'; query: Query }
	| { kind: 'aggregate'; name: Aggregate; path?: string; alias?: string };

export type Aggregate = 'COUNT' | 'MAX' | 'MIN';

export interface Query {
	select: Selected[];
	/** An object, or in a subquery a relationship. */
	from: string;
	where?: Condition;
	groupBy: string[];
	having?: { name: Aggregate; path?: string; operator: Operator; value: Value };
	orderBy: Array<{ path: string; isDescending: boolean }>;
	limit?: number;
	offset: number;
}

const TOKEN =
	/\s*(?:('(?:[^'\\\n\r]|\\.)*')|(\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-][\d:]+))?)|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(<=|>=|!=|<>|[=<>(),]))/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const OPERATORS = ['=', '!=', '<', '>', '<=', '>=', 'LIKE'];
const AGGREGATES = ['COUNT', 'MAX', 'MIN'];

/** Reads one query. Throws a Fault with `MALFORMED_QUERY`. */
export function parseSoql(soql: string): Query {
	const reader = new Reader(tokensOf(soql));
	const query = readQuery(reader);
	if (reader.peek() !== undefined) throw unexpected(reader.peek());
	return query;
}

function tokensOf(soql: string): string[] {
	const tokens: string[] = [];
	TOKEN.lastIndex = 0;
	while (soql.slice(TOKEN.lastIndex).trim() !== '') {
		const start = TOKEN.lastIndex;
		const token = TOKEN.exec(soql)?.[0].trim();
		if (token === undefined) throw malformedQuery(`line 1:${start} no viable alternative`);
		tokens.push(token);
	}
	return tokens;
}

class Reader {
	private position = 0;
	private readonly tokens: string[];

	constructor(tokens: string[]) {
		this.tokens = tokens;
	}

	peek(ahead = 0): string | undefined {
		return this.tokens[this.position + ahead];
	}

	next(): string {
		const token = this.tokens[this.position++];
		if (token === undefined) throw malformedQuery("unexpected token: '<EOF>'");
		return token;
	}

	/** Whether the next token is this word or sign, which is then read. */
	takes(word: string): boolean {
		const isNext = this.peek()?.toUpperCase() === word;
		if (isNext) this.position++;
		return isNext;
	}

	expect(word: string): void {
		if (!this.takes(word)) throw unexpected(this.peek());
	}

	name(): string {
		const token = this.next();
		if (!/^[A-Za-z_]/.test(token)) throw unexpected(token);
		return token;
	}

	number(): number {
		const token = this.next();
		if (!/^\d+$/.test(token)) throw unexpected(token);
		return Number(token);
	}
}

function readQuery(reader: Reader): Query {
	reader.expect('SELECT');
	const select = readList(reader, readSelected);
	reader.expect('FROM');
	const query: Query = { select, from: reader.name(), groupBy: [], orderBy: [], offset: 0 };
	if (reader.takes('WHERE')) query.where = readCondition(reader);
	if (reader.takes('GROUP')) {
		reader.expect('BY');
		query.groupBy = readList(reader, () => reader.name());
		if (reader.takes('HAVING')) query.having = readHaving(reader);
	}
	if (reader.takes('ORDER')) {
		reader.expect('BY');
		query.orderBy = readList(reader, () => {
			const path = reader.name();
			return { path, isDescending: reader.takes('DESC') || (reader.takes('ASC'), false) };
		});
	}
	if (reader.takes('LIMIT')) query.limit = reader.number();
	if (reader.takes('OFFSET')) query.offset = reader.number();
	return query;
}

function readList<T>(reader: Reader, readOne: (reader: Reader) => T): T[] {
	const list = [readOne(reader)];
	while (reader.takes(',')) list.push(readOne(reader));
	return list;
}

function readSelected(reader: Reader): Selected {
	if (reader.takes('(')) {
		const query = readQuery(reader);
		reader.expect(')');
		return { kind: 'children', query };
	}
	if (reader.peek(1) !== '(') return { kind: 'path', path: reader.name() };
	const aggregate = readAggregate(reader);
	const isAliased = !['FROM', ','].includes(reader.peek()?.toUpperCase() ?? '');
	return { kind: 'aggregate', ...aggregate, ...(isAliased && { alias: reader.name() }) };
}

function readAggregate(reader: Reader): { name: Aggregate; path?: string } {
	const name = reader.name().toUpperCase();
	if (!AGGREGATES.includes(name)) throw malformedQuery(`Invalid function: ${name}`);
	reader.expect('(');
	const path = reader.peek() === ')' ? undefined : reader.name();
	reader.expect(')');
	return { name: name as Aggregate, ...(path !== undefined && { path }) };
}

function readHaving(reader: Reader): NonNullable<Query['having']> {
	return { ...readAggregate(reader), operator: readOperator(reader), value: readValue(reader) };
}

/** Salesforce does not take AND beside OR without parentheses. */
function readCondition(reader: Reader): Condition {
	const first = readTerm(reader);
	const kind = ['and', 'or'].find((word) => reader.peek()?.toUpperCase() === word.toUpperCase());
	if (kind === undefined) return first;
	const parts = [first];
	while (reader.takes(kind.toUpperCase())) parts.push(readTerm(reader));
	if (['AND', 'OR'].includes(reader.peek()?.toUpperCase() ?? '')) throw unexpected(reader.peek());
	return { kind: kind as 'and' | 'or', parts };
}

function readTerm(reader: Reader): Condition {
	if (reader.takes('NOT')) return { kind: 'not', part: readTerm(reader) };
	if (reader.takes('(')) {
		const inner = readCondition(reader);
		reader.expect(')');
		return inner;
	}
	const path = reader.name();
	const negated = reader.takes('NOT');
	if (negated || reader.peek()?.toUpperCase() === 'IN') {
		reader.expect('IN');
		reader.expect('(');
		const isQuery = reader.peek()?.toUpperCase() === 'SELECT';
		const values = isQuery ? readQuery(reader) : readList(reader, readValue);
		reader.expect(')');
		return { kind: 'in', path, negated, values };
	}
	return { kind: 'compare', path, operator: readOperator(reader), value: readValue(reader) };
}

function readOperator(reader: Reader): Operator {
	const sign = reader.next().toUpperCase();
	const operator = sign === '<>' ? '!=' : sign;
	if (!OPERATORS.includes(operator)) throw unexpected(sign);
	return operator as Operator;
}

function readValue(reader: Reader): Value {
	const token = reader.next();
	if (token.startsWith("'")) {
		return token.slice(1, -1).replace(/\\(.)/g, (_, sign: string) => ESCAPES[sign] ?? sign);
	}
	if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
	if (/^\d/.test(token)) return token;
	const word = token.toLowerCase();
	if (word === 'null') return null;
	if (word === 'true' || word === 'false') return word === 'true';
	throw unexpected(token);
}

function unexpected(token: string | undefined) {
	return malformedQuery(`unexpected token: '${token ?? '<EOF>'}'`);
}
