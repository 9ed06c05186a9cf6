import type { AudiencePredicate } from './ast';
import type { FieldType } from './fields';
import { casedLetters } from './letterCase';
import { ESCAPE, likeText, plainTextOf } from './likeText';
import { type Dialect, type SqlCondition, toSql } from './sql';

/** A moment is its milliseconds since 1970. */
const TYPES: Record<FieldType, string> = {
	number: 'double precision',
	text: 'text',
	boolean: 'boolean',
	date: 'double precision',
};

/**
 * PostgreSQL 14 and later, through n8n's own Postgres node. The collation "C" compares by bytes,
 * which in UTF-8 is by code points, and has no other equal texts than equal ones.
 * @see https://www.postgresql.org/docs/current/collation.html#COLLATION-MANAGING-STANDARD
 * @see https://www.postgresql.org/docs/current/functions-datetime.html#FUNCTIONS-DATETIME-EXTRACT
 */
export const postgres: Dialect = {
	quoted: (identifier) => `"${identifier}"`,
	read: {
		// To PostgreSQL NaN is a number, larger than all others.
		number: (column) => `NULLIF(${column}::double precision, 'NaN'::double precision)`,
		text: asText,
		boolean: (column) => `${column}::boolean`,
		// Of a date or a timestamp without zone, `epoch` takes the time as UTC; a cast would take the
		// session's zone.
		date: (column) => `floor(extract(epoch FROM ${column}) * 1000)`,
	},
	placeholder: (place, type) => `$${place}::${TYPES[type]}`,
	value: ({ value }) => value,
	like(column, pattern, ignoresCase, bind) {
		const letters = ignoresCase ? casedLetters(plainTextOf(pattern)) : [];
		const bindText = (value: string) => bind({ type: 'text', value });
		const text =
			letters.length === 0
				? `${column}::text`
				: `translate(${column}::text, ${bindText(letters.map(([capital]) => capital).join(''))}, ` +
					`${bindText(letters.map(([, small]) => small).join(''))})`;
		const printed = bindText(likeText(pattern, ignoresCase));
		return `${text} COLLATE "C" LIKE ${printed} ESCAPE '${ESCAPE}'`;
	},
	asText,
	count: (expression) => `(${expression})::int`,
};

function asText(column: string): string {
	return `${column}::text COLLATE "C"`;
}

/** The predicate for PostgreSQL, with placeholders such as `$1::text`. */
export function toPostgres(predicate: AudiencePredicate, firstPlaceholder = 1): SqlCondition {
	return toSql(postgres, predicate, firstPlaceholder);
}
