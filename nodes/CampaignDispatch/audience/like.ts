import type { AudiencePredicate } from './ast';
import { fieldOf, type Placed } from './comparison';
import type { Cursor } from './cursor';
import type { Token } from './lexer';
import { readLikePattern } from './likePattern';
import { checkType } from './typeRules';

/** What stands behind LIKE or ILIKE: a pattern, and perhaps ESCAPE. */
export function readLike(cursor: Cursor, left: Placed, operator: Token): AudiencePredicate {
	const name = operator.text.toUpperCase();
	const field = fieldOf(cursor, left, name);
	checkType(cursor, field, 'text', name, left.token);
	const pattern = readQuoted(cursor, `After ${name} comes a pattern`, "Write LIKE 'Mak%'");
	const escape = cursor.take('ESCAPE') && readEscape(cursor);
	const parts = readLikePattern(pattern.value, escape);
	if (!Array.isArray(parts)) throw cursor.error(pattern, parts.problem, parts.hint);
	return { kind: 'like', field, pattern: parts, ignoresCase: name === 'ILIKE' };
}

function readEscape(cursor: Cursor): string {
	const hint = "Write ESCAPE '!'";
	const escape = readQuoted(cursor, 'After ESCAPE comes one character', hint);
	if ([...escape.value].length !== 1 || escape.value === '%' || escape.value === '_') {
		throw cursor.error(escape, 'ESCAPE takes one character other than % and _', hint);
	}
	return escape.value;
}

function readQuoted(cursor: Cursor, problem: string, hint: string): Token & { kind: 'text' } {
	const token = cursor.advance();
	if (token.kind !== 'text') throw cursor.error(token, problem, hint);
	return token;
}
