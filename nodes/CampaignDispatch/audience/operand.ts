import type { Literal, Operand } from './ast';
import { shown } from './audienceError';
import type { Cursor } from './cursor';
import type { AudienceField } from './fields';
import { LEFT_OUT_WORDS } from './keywords';
import type { Token } from './lexer';
import { readMoment } from './moment';
import { nearestName } from './nearestName';

const DATE_ONLY = /^\d{4}-\d\d-\d\d$/;
const DATE_HINT = "Write a date as in DATE '2026-01-31'";
/** How many fields a hint lists. */
const LISTED_FIELDS = 10;

/** A field or a literal; `beside` is the field on the other side of the operator, if there is one. */
export function readOperand(cursor: Cursor, beside?: AudienceField): Operand {
	const { token, next } = cursor;
	switch (token.kind) {
		case 'number':
			cursor.advance();
			return literal({ type: 'number', value: token.value });
		case 'text':
			cursor.advance();
			return literal({ type: 'text', value: token.value });
		case 'word':
			if (token.text.toUpperCase() === 'DATE' && next.kind === 'text')
				return readDate(cursor, next);
			return { kind: 'field', field: readField(cursor, beside) };
		case 'end':
			throw cursor.error(token, 'The query ends where a condition or a value is missing');
		case 'sign':
			if (cursor.take('TRUE')) return literal({ type: 'boolean', value: true });
			if (cursor.take('FALSE')) return literal({ type: 'boolean', value: false });
			if (token.sign === 'NULL') {
				throw cursor.error(token, 'Nothing equals NULL', 'Write IS NULL or IS NOT NULL');
			}
			throw cursor.error(token, `A field or a value is missing before ${token.text}`);
	}
}

function literal(value: Literal): Operand {
	return { kind: 'literal', literal: value };
}

function readDate(cursor: Cursor, text: Token & { kind: 'text' }): Operand {
	cursor.advance();
	cursor.advance();
	const value = DATE_ONLY.test(text.value) ? readMoment(text.value) : NaN;
	if (Number.isNaN(value)) {
		const isMoment = !Number.isNaN(readMoment(text.value));
		throw cursor.error(
			text,
			`${shown(text.text)} is no date`,
			isMoment ? 'A moment is written without DATE before it' : DATE_HINT,
		);
	}
	return literal({ type: 'date', value });
}

function readField(cursor: Cursor, beside: AudienceField | undefined): AudienceField {
	const { next } = cursor;
	const token = cursor.advance();
	const field = cursor.fields.get(token.text.toLowerCase());
	if (field) return field;

	const capitals = token.text.toUpperCase();
	if (LEFT_OUT_WORDS.has(capitals)) {
		throw cursor.error(
			token,
			`${capitals} is no part of the audience language`,
			capitals === 'WHERE' ? 'Leave it out and write only the condition' : undefined,
		);
	}
	if (next.kind === 'sign' && next.sign === '(') {
		throw cursor.error(
			token,
			`The audience language has no functions, and "${shown(token.text)}" is none`,
			/^(LOWER|UPPER)$/.test(capitals) ? 'Write ILIKE to compare in any case' : undefined,
		);
	}
	throw cursor.error(token, `Unknown field "${shown(token.text)}"`, hintFor(cursor, token, beside));
}

function hintFor(cursor: Cursor, { text }: Token, beside: AudienceField | undefined): string {
	const names = Array.from(cursor.fields.values(), ({ name }) => name);
	const nearest = nearestName(text, names);
	if (nearest !== undefined) return `Did you mean "${nearest}"?`;
	if (beside?.type === 'text') return `Text is written in single quotes: '${shown(text)}'`;
	const listed = names.slice(0, LISTED_FIELDS).join(', ');
	return `The fields are ${listed}${names.length > LISTED_FIELDS ? ' and others' : ''}`;
}
