import type { AudiencePredicate } from './ast';
import { casedLetters, inSmallLetters } from './letterCase';
import type { LikePart } from './likePattern';
import { plainTextOf } from './likeText';
import { type Dialect, type SqlCondition, toSql } from './sql';

/**
 * SQLite 3.25 and later. A column may hold values of any type there, and every text is larger than
 * every number, so that each is asked for its type. CASE and an explicit COLLATE keep the column's
 * own collation out. GLOB and not LIKE, because LIKE knows cases only after a PRAGMA. Backticks,
 * because a double-quoted name that is no column would be text. What is finer than a millisecond is
 * rounded here and cut off elsewhere.
 * @see https://www.sqlite.org/datatype3.html
 * @see https://www.sqlite.org/quirks.html#double_quoted_string_literals_are_accepted
 */
export const sqlite: Dialect = {
	quoted: (identifier) => `\`${identifier}\``,
	read: {
		number: (column) =>
			`CASE WHEN typeof(${column}) IN ('integer', 'real') THEN ${column} + 0.0 END`,
		text: (column) => `CASE WHEN typeof(${column}) = 'text' THEN ${column} END`,
		boolean: (column) =>
			`CASE WHEN ${column} IN (1, '1', 't', 'true') THEN 1 ` +
			`WHEN ${column} IN (0, '0', 'f', 'false') THEN 0 END`,
		// 2440587.5 is 1970 in Julian days. The check keeps out 'now', bare times and the 30th of February.
		date: (column) =>
			`CASE WHEN date(substr(${column}, 1, 10)) = substr(${column}, 1, 10) ` +
			`THEN round((julianday(${column}) - 2440587.5) * 86400000) END`,
	},
	placeholder: () => '?',
	value: ({ value }) => (typeof value === 'boolean' ? Number(value) : value),
	like(column, pattern, ignoresCase, bind) {
		const bindText = (value: string) => bind({ type: 'text', value });
		const text = sqlite.read.text(column);
		if (!ignoresCase) return `${text} GLOB ${bindText(globText(pattern, false))}`;
		// lower() knows the letters of ASCII.
		const otherLetters = casedLetters(plainTextOf(pattern)).filter(([capital]) => capital > '\x7f');
		const lowered = otherLetters.reduce(
			(inner, [capital, small]) => `replace(${inner}, ${bindText(capital)}, ${bindText(small)})`,
			`lower(${text})`,
		);
		return `${lowered} GLOB ${bindText(globText(pattern, true))}`;
	},
	asText: (column) => `CAST(${column} AS TEXT) COLLATE BINARY`,
	count: (expression) => `(${expression})`,
};

/** @see https://www.sqlite.org/lang_expr.html#the_like_glob_regexp_match_and_extract_operators */
function globText(pattern: readonly LikePart[], ignoresCase: boolean): string {
	return pattern
		.map((part) => {
			if (part === 'any') return '*';
			if (part === 'one') return '?';
			return (ignoresCase ? inSmallLetters(part.text) : part.text).replace(/[*?[]/g, '[$&]');
		})
		.join('');
}

/** The predicate for SQLite, with placeholders `?`, whose values stand in order. */
export function toSqlite(predicate: AudiencePredicate): SqlCondition {
	return toSql(sqlite, predicate, 1);
}
