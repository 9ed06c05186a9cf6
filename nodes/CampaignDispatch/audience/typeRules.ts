import type { Literal } from './ast';
import { shown } from './audienceError';
import type { Cursor } from './cursor';
import type { AudienceField, FieldType } from './fields';
import type { Token } from './lexer';
import { readMoment } from './moment';

const KINDS: Record<FieldType, string> = {
	number: 'a number',
	text: 'text',
	boolean: 'TRUE or FALSE',
	date: 'a date',
};

const HINTS: Record<FieldType, string> = {
	number: 'Write a number, such as 2',
	text: "Write text in single quotes, such as 'Makati'",
	boolean: 'Write TRUE or FALSE without quotes',
	date: "Write a date as '2026-01-31' or a moment as '2026-01-31 18:30'",
};

/**
 * The literal as one of the field's type: text beside a date is read as one, all else must be of
 * the type already. Throws an AudienceError at the literal's token.
 */
export function fitted(
	cursor: Cursor,
	{ name, type }: AudienceField,
	literal: Literal,
	token: Token,
): Literal {
	if (literal.type === type) return literal;
	if (type === 'date' && literal.type === 'text') {
		const value = readMoment(literal.value);
		if (!Number.isNaN(value)) return { type, value };
		throw cursor.error(token, `"${name}" is a date and ${shown(token.text)} is none`, HINTS.date);
	}
	throw cursor.error(
		token,
		`"${name}" is ${KINDS[type]} and ${shown(token.text)} is ${KINDS[literal.type]}`,
		hintFor(type, literal, token),
	);
}

/** Throws an AudienceError at the token unless both fields are of one type. */
export function checkSameType(
	cursor: Cursor,
	left: AudienceField,
	right: AudienceField,
	token: Token,
): void {
	if (left.type === right.type) return;
	throw cursor.error(
		token,
		`"${left.name}" is ${KINDS[left.type]} and "${right.name}" is ${KINDS[right.type]}`,
		'Compare fields of one type',
	);
}

/** Throws an AudienceError at the token unless the field is of the type that the operator takes. */
export function checkType(
	cursor: Cursor,
	{ name, type }: AudienceField,
	needed: FieldType,
	operator: string,
	token: Token,
): void {
	if (type === needed) return;
	throw cursor.error(token, `${operator} takes ${KINDS[needed]}, and "${name}" is ${KINDS[type]}`);
}

function hintFor(type: FieldType, literal: Literal, token: Token): string {
	if (type === 'number' && literal.type === 'text' && /^-?\d+(\.\d+)?$/.test(literal.value)) {
		return `Write ${shown(literal.value)} without quotes`;
	}
	if (type === 'text' && literal.type === 'number') return `Write '${token.text}' in single quotes`;
	return HINTS[type];
}
