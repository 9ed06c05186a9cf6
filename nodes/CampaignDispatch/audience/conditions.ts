import type { AudiencePredicate, ComparisonOperator, Literal } from './ast';
import { shown } from './audienceError';
import { compare, COMPARISONS, fieldOf, type Placed } from './comparison';
import type { Cursor } from './cursor';
import type { AudienceField } from './fields';
import type { Token } from './lexer';
import { readLike } from './like';
import { MAX_LIST_MEMBERS } from './limits';
import { readOperand } from './operand';
import { checkType, fitted } from './typeRules';

/** Whether the cursor stands at the operator of a condition. */
export function isAtCondition(cursor: Cursor): boolean {
	return cursor.isAt(...COMPARISONS, 'IN', 'LIKE', 'ILIKE', 'BETWEEN', 'IS', 'NOT');
}

/** What stands behind an operand: an operator and its other side; `readSide` reads such a side. */
export function readCondition(
	cursor: Cursor,
	left: Placed,
	readSide: (beside?: AudienceField) => Placed,
): AudiencePredicate {
	cursor.countCondition(left.token);
	const beside = left.operand.kind === 'field' ? left.operand.field : undefined;
	if (cursor.isAt(...COMPARISONS)) {
		const operator = cursor.advance() as Token & { sign: ComparisonOperator };
		return compare(cursor, left, operator.sign, readSide(beside), operator);
	}
	if (cursor.take('IS')) return readIs(cursor, fieldOf(cursor, left, 'IS'));

	const negation = cursor.take('NOT');
	const positive = readNegatable(cursor, left, () => readSide(beside));
	return negation ? { kind: 'not', operand: positive } : positive;
}

/** A boolean field that stands alone: it holds where it is TRUE. */
export function aloneCondition(cursor: Cursor, { operand, token }: Placed): AudiencePredicate {
	cursor.countCondition(token);
	if (operand.kind === 'field' && operand.field.type === 'boolean') {
		const isTrue: Literal = { type: 'boolean', value: true };
		return {
			kind: 'compare',
			field: operand.field,
			operator: '=',
			other: { kind: 'literal', literal: isTrue },
		};
	}
	throw operand.kind === 'field'
		? cursor.error(
				token,
				`"${operand.field.name}" is compared with nothing`,
				'Write what it must be',
			)
		: cursor.error(token, `${shown(token.text)} is no condition`, 'Begin with the name of a field');
}

function readNegatable(cursor: Cursor, left: Placed, readSide: () => Placed): AudiencePredicate {
	const operator = cursor.advance();
	switch (operator.kind === 'sign' ? operator.sign : '') {
		case 'IN':
			return readIn(cursor, fieldOf(cursor, left, 'IN'));
		case 'LIKE':
		case 'ILIKE':
			return readLike(cursor, left, operator);
		case 'BETWEEN':
			return readBetween(cursor, left, operator, readSide);
		case 'NULL':
			throw cursor.error(operator, 'NOT NULL needs IS before it', 'Write IS NOT NULL');
		default:
			throw cursor.error(operator, 'After NOT comes IN, LIKE, ILIKE or BETWEEN');
	}
}

function readBetween(
	cursor: Cursor,
	left: Placed,
	at: Token,
	readSide: () => Placed,
): AudiencePredicate {
	const low = readSide();
	cursor.expect('AND', 'BETWEEN has two bounds', 'Write BETWEEN 1 AND 3');
	const high = readSide();
	return {
		kind: 'and',
		operands: [compare(cursor, left, '>=', low, at), compare(cursor, left, '<=', high, at)],
	};
}

function readIs(cursor: Cursor, field: AudienceField): AudiencePredicate {
	const negation = cursor.take('NOT');
	const word = cursor.token;
	let positive: AudiencePredicate;
	if (cursor.take('NULL')) positive = { kind: 'isNull', field };
	else if (cursor.take('TRUE', 'FALSE')) {
		checkType(cursor, field, 'boolean', 'IS TRUE or IS FALSE', word);
		positive = { kind: 'isTruth', field, value: word.text.toUpperCase() === 'TRUE' };
	} else throw cursor.error(word, 'After IS comes NULL, TRUE or FALSE', 'Write = for a value');
	return negation ? { kind: 'not', operand: positive } : positive;
}

function readIn(cursor: Cursor, field: AudienceField): AudiencePredicate {
	cursor.expect('(', 'After IN comes a list', "Write IN ('Makati', 'Taguig')");
	if (cursor.isAt(')')) {
		throw cursor.error(cursor.token, 'This list is empty', 'Write at least one value');
	}
	const values: Literal[] = [];
	do {
		const { token } = cursor;
		if (values.length === MAX_LIST_MEMBERS) {
			throw cursor.error(token, `A list has at most ${MAX_LIST_MEMBERS} values`);
		}
		const operand = readOperand(cursor, field);
		if (operand.kind === 'field') {
			throw cursor.error(token, 'A list holds values, and no fields', 'Write = for a field');
		}
		values.push(fitted(cursor, field, operand.literal, token));
	} while (cursor.take(','));
	cursor.expect(')', 'A comma or the closing bracket of the list is missing here');
	return { kind: 'in', field, values };
}
