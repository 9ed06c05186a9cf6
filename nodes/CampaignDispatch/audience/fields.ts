import { KEYWORDS } from './keywords';

export const FIELD_TYPES = ['number', 'text', 'boolean', 'date'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** What an audience query may name. */
export interface AudienceField {
	/** As the query and the rows have it; a query may write it in any case. */
	name: string;
	type: FieldType;
	/** Where it stands in the database: a column, or table and column with a dot between. */
	column: string;
}

const MAX_FIELDS = 200;
const NAME = /^[a-z_]\w{0,62}$/i;
const COLUMN = /^[a-z_]\w{0,62}(\.[a-z_]\w{0,62})?$/i;

/** Whether a text is a plain identifier. */
export function isFieldName(name: string): boolean {
	return NAME.test(name);
}

/** Whether a text can stand for a column, with or without its table. */
export function isColumnName(column: string): boolean {
	return COLUMN.test(column);
}

/**
 * Finds fields by name, in any case, as SQL does; two fields may therefore not differ in case alone.
 * Throws a RangeError that names the first field that makes no sense.
 */
export function indexFields(fields: readonly AudienceField[]): ReadonlyMap<string, AudienceField> {
	if (fields.length === 0) throw new RangeError('An audience needs at least one field');
	if (fields.length > MAX_FIELDS) {
		throw new RangeError(`An audience has at most ${MAX_FIELDS} fields, not ${fields.length}`);
	}
	const index = new Map<string, AudienceField>();
	for (const field of fields) {
		const problem = problemOf(field, index);
		if (problem) throw new RangeError(problem);
		index.set(field.name.toLowerCase(), field);
	}
	return index;
}

function problemOf(
	{ name, type, column }: AudienceField,
	earlier: ReadonlyMap<string, AudienceField>,
): string | undefined {
	if (!isFieldName(name)) {
		return `"${name}" is no name of a field: use letters, digits and _, and no digit first`;
	}
	if (KEYWORDS.has(name.toUpperCase())) return `A field cannot be called "${name}"`;
	if (earlier.has(name.toLowerCase())) return `There are two fields called "${name}"`;
	if (!FIELD_TYPES.includes(type)) {
		return `"${String(type)}" is no type of a field: "${name}" may be ${FIELD_TYPES.join(', ')}`;
	}
	if (!isColumnName(column)) return `"${column}", of the field "${name}", is no name of a column`;
	return undefined;
}
