import type { AudiencePredicate } from './ast';
import { casedLetters } from './letterCase';
import { ESCAPE, likeText, plainTextOf } from './likeText';
import { type Dialect, type SqlCondition, toSql } from './sql';

// Without question marks, which a driver may take for placeholders.
const DECIMAL = '^-{0,1}[0-9]+([.][0-9]+){0,1}(e[+-]{0,1}[0-9]+){0,1}$';

/**
 * MySQL 8 and MariaDB 10.2, through n8n's own MySQL node. What it rests on:
 * - The node knows only `$1` and on; it takes each once, in rising order, and would bind them wrongly
 *   otherwise. It makes a number of every value that looks like one, and MySQL then compares text
 *   with it as numbers ('12 Main St' = 12). So text travels as an x and the hex digits of its UTF-8,
 *   which is no number to anybody.
 * - Its driver escapes by backslashes, which NO_BACKSLASH_ESCAPES takes as plain characters: hex
 *   digits need no escapes. Names stand in backticks and text in single quotes, which ANSI_QUOTES
 *   leaves alone, and `||` and bare NOT, which other modes read otherwise, do not occur.
 * - Binary strings are compared by bytes, in UTF-8 by code points, to the last space; each collation
 *   that both databases have ignores trailing spaces. LIKE needs characters, and with `utf8mb4_bin`
 *   compares them one by one. REPLACE keeps to the case under every collation.
 * @see https://dev.mysql.com/doc/refman/8.4/en/type-conversion.html
 * @see https://dev.mysql.com/doc/refman/8.4/en/charset-binary-collations.html
 * @see https://dev.mysql.com/doc/refman/8.4/en/sql-mode.html
 */
export const mysql: Dialect = {
	quoted: (identifier) => `\`${identifier}\``,
	read: {
		// Without the check, '5M' + 0 is 5.
		number: (column) =>
			`CASE WHEN CAST(${column} AS CHAR) REGEXP '${DECIMAL}' THEN ${column} + 0e0 END`,
		text: asText,
		boolean: (column) =>
			`CASE WHEN CAST(${column} AS CHAR) IN ('1', 't', 'true') THEN 1 ` +
			`WHEN CAST(${column} AS CHAR) IN ('0', 'f', 'false') THEN 0 END`,
		date: (column) => `FLOOR(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ${column}) / 1000)`,
	},
	placeholder: (place, type) => (type === 'text' ? `UNHEX(SUBSTRING($${place}, 2))` : `$${place}`),
	value({ value }) {
		if (typeof value === 'boolean') return value ? 1 : 0;
		return typeof value === 'string' ? `x${Buffer.from(value).toString('hex')}` : value;
	},
	like(column, pattern, ignoresCase, bind) {
		const letters = ignoresCase ? casedLetters(plainTextOf(pattern)) : [];
		const text = letters.reduce(
			(inner, [capital, small]) => `REPLACE(${inner}, ${letter(capital)}, ${letter(small)})`,
			`CONVERT(${column} USING utf8mb4)`,
		);
		const printed = bind({ type: 'text', value: likeText(pattern, ignoresCase) });
		return (
			`${text} COLLATE utf8mb4_bin LIKE ` +
			`CONVERT(${printed} USING utf8mb4) COLLATE utf8mb4_bin ESCAPE '${ESCAPE}'`
		);
	},
	asText,
	count: (expression) => `(${expression})`,
};

function asText(column: string): string {
	return `CAST(CONVERT(${column} USING utf8mb4) AS BINARY)`;
}

function letter(character: string): string {
	return `_utf8mb4 X'${Buffer.from(character).toString('hex')}'`;
}

/** The predicate for MySQL or MariaDB, with n8n's placeholders `$1`, each of them once. */
export function toMySql(predicate: AudiencePredicate, firstPlaceholder = 1): SqlCondition {
	return toSql(mysql, predicate, firstPlaceholder);
}
