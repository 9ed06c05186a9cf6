/** Answers a query from what the org holds. */
import { fault, malformedQuery } from './salesforceFault.cts';
import type { SalesforceOrg, SalesforceRecord, Value } from './salesforceOrg.cts';
import { fieldNamed, isObjectName, OBJECTS, type ObjectName } from './salesforceSchema.cts';
import {
	type Condition,
	type Operator,
	parseSoql,
	type Query,
	type Selected,
} from './salesforceSoql.cts';

const UNFILTERABLE = ['textarea', 'base64'];

export interface QueryAnswer {
	totalSize: number;
	done: true;
	records: object[];
}

/** Throws a Fault for a query that Salesforce would refuse. */
export function answerQuery(org: SalesforceOrg, version: string, soql: string): QueryAnswer {
	const query = parseSoql(soql);
	if (!isObjectName(query.from) || (query.from === 'ContentNote' && !org.rules.contentNotes)) {
		const message = `sObject type '${query.from}' is not supported.`;
		throw fault(400, 'INVALID_TYPE', message);
	}
	if (query.from === 'ContentDocumentLink' && !isNarrow(query.where)) {
		throw malformedQuery(
			'Implementation restriction: ContentDocumentLink requires a filter by a single Id on ' +
				"ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using the IN operator.",
		);
	}
	return answered(new Asked(org, version, soql, query.from), query, org.all(query.from));
}

/** One query on its way: what its parts need to be looked up in. */
class Asked {
	readonly org: SalesforceOrg;
	readonly version: string;
	readonly soql: string;
	readonly type: ObjectName;

	constructor(org: SalesforceOrg, version: string, soql: string, type: ObjectName) {
		this.org = org;
		this.version = version;
		this.soql = soql;
		this.type = type;
	}

	of(type: ObjectName): Asked {
		return new Asked(this.org, this.version, this.soql, type);
	}

	/** The value at a path such as `Title` or `ContentDocument.Title`. */
	valueAt(record: SalesforceRecord, path: string): Value {
		const [first = '', ...rest] = path.split('.');
		if (rest.length === 0) return record[this.field(first).name] ?? null;
		const parent = OBJECTS[this.type].parents[first];
		if (parent === undefined) {
			const message = `Didn't understand relationship '${first}' in field path.`;
			throw fault(400, 'INVALID_FIELD', this.pointing(path, message));
		}
		const upper = this.org.get(parent.type, String(record[parent.by]));
		const asked = this.of(parent.type);
		asked.field(rest[0]!);
		return upper === undefined ? null : asked.valueAt(upper, rest.join('.'));
	}

	field(name: string): { name: string; type: string } {
		const [known, field] = fieldNamed(this.type, name) ?? [];
		if (known !== undefined && field !== undefined) return { name: known, type: field.type };
		const message =
			`No such column '${name}' on entity '${this.type}'. If you are attempting to use a custom ` +
			"field, be sure to append the '__c' after the custom field name. Please reference your " +
			'WSDL or the describe call for the appropriate names.';
		throw fault(400, 'INVALID_FIELD', this.pointing(name, message));
	}

	filterable(path: string): void {
		if (path.includes('.') || !UNFILTERABLE.includes(this.field(path).type)) return;
		const message = `field '${path}' can not be filtered in a query call`;
		throw fault(400, 'INVALID_FIELD', this.pointing(path, message));
	}

	/** Salesforce repeats the query, values and all, and points at the place. */
	private pointing(text: string, message: string): string {
		const column = this.soql.indexOf(text) + 1;
		return `\n${this.soql}\n${' '.repeat(column)}^\nERROR at Row:1:Column:${column}\n${message}`;
	}
}

function answered(asked: Asked, query: Query, rows: SalesforceRecord[]): QueryAnswer {
	// Once without a record, so that an unknown field is refused where nothing is found, too.
	const nothing: SalesforceRecord = { Id: '', CreatedDate: '' };
	if (query.where) holds(asked, query.where, nothing);
	for (const selected of query.select) valueOf(asked, selected, nothing);
	for (const { path } of query.orderBy) asked.valueAt(nothing, path);

	const matching = rows.filter(
		(row) => query.where === undefined || holds(asked, query.where, row),
	);
	const isAggregate = query.select.some(({ kind }) => kind === 'aggregate');
	if (isAggregate) return aggregated(asked, query, matching);
	const sorted = matching.sort((one, other) => {
		for (const { path, isDescending } of query.orderBy) {
			const order = compared(asked.valueAt(one, path), asked.valueAt(other, path));
			if (order !== 0) return isDescending ? -order : order;
		}
		return 0;
	});
	const page = sorted.slice(query.offset, query.offset + (query.limit ?? Infinity));
	const records = page.map((row) => ({
		attributes: {
			type: asked.type,
			url: `/services/data/${asked.version}/sobjects/${asked.type}/${row.Id}`,
		},
		...query.select.reduce((all, one) => merged(all, valueOf(asked, one, row)), {}),
	}));
	return { totalSize: records.length, done: true, records };
}

function aggregated(asked: Asked, query: Query, rows: SalesforceRecord[]): QueryAnswer {
	const [only] = query.select;
	if (only?.kind === 'aggregate' && only.path === undefined && query.select.length === 1) {
		return { totalSize: rows.length, done: true, records: [] };
	}
	const groups = new Map<string, SalesforceRecord[]>(
		query.groupBy.length === 0 ? [['', rows]] : [],
	);
	for (const row of query.groupBy.length === 0 ? [] : rows) {
		const key = JSON.stringify(query.groupBy.map((path) => asked.valueAt(row, path)));
		groups.set(key, [...(groups.get(key) ?? []), row]);
	}
	const records = [...groups.values()]
		.filter((group) => {
			const { having } = query;
			return !having || matches(aggregateOf(asked, having, group), having.operator, having.value);
		})
		.map((group) => ({
			attributes: { type: 'AggregateResult' },
			...Object.fromEntries(
				query.select.map((selected, position) => {
					if (selected.kind === 'aggregate') {
						const name = selected.alias ?? `expr${position}`;
						return [name, aggregateOf(asked, selected, group)];
					}
					if (selected.kind === 'path' && query.groupBy.includes(selected.path)) {
						return [selected.path, asked.valueAt(group[0]!, selected.path)];
					}
					throw malformedQuery('Field must be grouped or aggregated');
				}),
			),
		}));
	return { totalSize: records.length, done: true, records };
}

function aggregateOf(
	asked: Asked,
	{ name, path = 'Id' }: { name: string; path?: string },
	rows: SalesforceRecord[],
): Value {
	const values = rows.map((row) => asked.valueAt(row, path)).filter((value) => value !== null);
	if (name === 'COUNT') return values.length;
	const sorted = values.sort(compared);
	return (name === 'MAX' ? sorted.at(-1) : sorted[0]) ?? null;
}

/** What one selected thing adds to a record: a field, a parent's field or the children. */
function valueOf(asked: Asked, selected: Selected, row: SalesforceRecord): Record<string, unknown> {
	if (selected.kind === 'path') {
		const { path } = selected;
		const value = asked.valueAt(row, path);
		const [first = '', ...rest] = path.split('.');
		if (rest.length === 0) return { [asked.field(first).name]: value };
		return { [first]: { [rest.join('.')]: value } };
	}
	if (selected.kind !== 'children') return {};
	const { query } = selected;
	const child = OBJECTS[asked.type].children[query.from];
	if (child === undefined) {
		const message = `Didn't understand relationship '${query.from}' in FROM part of query call.`;
		throw fault(400, 'INVALID_TYPE', message);
	}
	const rows = asked.org.all(child.type).filter((record) => record[child.by] === row.Id);
	const answer = answered(asked.of(child.type), query, rows);
	return { [query.from]: answer.totalSize === 0 ? null : answer };
}

function holds(asked: Asked, condition: Condition, row: SalesforceRecord): boolean {
	if ('parts' in condition) {
		const verdicts = condition.parts.map((part) => holds(asked, part, row));
		return condition.kind === 'and' ? verdicts.every(Boolean) : verdicts.some(Boolean);
	}
	if (condition.kind === 'not') return !holds(asked, condition.part, row);
	asked.filterable(condition.path);
	const value = asked.valueAt(row, condition.path);
	if (condition.kind === 'compare') return matches(value, condition.operator, condition.value);
	const among = Array.isArray(condition.values)
		? condition.values
		: selectedValues(asked, condition.values);
	return among.some((one) => matches(value, '=', one)) !== condition.negated;
}

/** The values of the one field of a semi-join. */
function selectedValues(asked: Asked, query: Query): Value[] {
	const [only] = query.select;
	if (only?.kind !== 'path' || query.select.length > 1 || !isObjectName(query.from)) {
		throw malformedQuery('A semi join must select one field');
	}
	const inner = asked.of(query.from);
	return asked.org
		.all(query.from)
		.filter((row) => query.where === undefined || holds(inner, query.where, row))
		.map((row) => inner.valueAt(row, only.path))
		.filter((value) => value !== null);
}

/** Text is compared without regard to case, as Salesforce does. */
function matches(value: Value, operator: Operator, wanted: Value): boolean {
	if (operator === 'LIKE') {
		const pattern = String(wanted)
			.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
			.replace(/%/g, '.*')
			.replace(/_/g, '.');
		return value !== null && new RegExp(`^${pattern}$`, 'is').test(String(value));
	}
	const order = compared(value, wanted);
	if (operator === '=') return order === 0;
	if (operator === '!=') return order !== 0;
	if (value === null) return false;
	return { '<': order < 0, '>': order > 0, '<=': order <= 0, '>=': order >= 0 }[operator];
}

/** Nothing comes first. */
function compared(one: Value, other: Value): number {
	if (one === null || other === null) return Number(one !== null) - Number(other !== null);
	if (typeof one === 'number' && typeof other === 'number') return one - other;
	const [left, right] = [String(one).toLowerCase(), String(other).toLowerCase()];
	return left < right ? -1 : Number(left > right);
}

function isNarrow(where: Condition | undefined): boolean {
	if (where === undefined) return false;
	if (where.kind === 'and') return where.parts.some(isNarrow);
	if (where.kind !== 'compare' && where.kind !== 'in') return false;
	const isEquality = where.kind === 'in' || where.operator === '=';
	return isEquality && ['ContentDocumentId', 'LinkedEntityId'].includes(where.path);
}

function merged(one: Record<string, unknown>, other: Record<string, unknown>) {
	const both = { ...one };
	for (const [name, value] of Object.entries(other)) {
		const there = both[name];
		both[name] = isObject(there) && isObject(value) ? { ...there, ...value } : value;
	}
	return both;
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
