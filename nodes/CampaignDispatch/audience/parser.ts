import type { AudiencePredicate } from './ast';
import { shown } from './audienceError';
import type { Placed } from './comparison';
import { aloneCondition, isAtCondition, readCondition } from './conditions';
import { Cursor } from './cursor';
import { type AudienceField, indexFields } from './fields';
import { readTokens, type Token } from './lexer';
import { readOperand } from './operand';

/** How tightly operators hold what stands beside them; NOT stands before its operand. */
const OR = 1;
const AND = 2;
const NOT = 3;
const CONDITION = 4;
const SIDE_OF_CONDITION = 5;

type Expression = Placed | { predicate: AudiencePredicate; token: Token };

/**
 * What a query means, over these fields. Whatever the closed grammar does not have is refused by an
 * AudienceError that says where and what to write instead; no part of a query is ever passed over.
 * Throws a RangeError on fields that make no sense.
 * @see https://tdop.github.io Pratt (1973), Top down operator precedence
 */
export function parseAudience(query: string, fields: readonly AudienceField[]): AudiencePredicate {
	const cursor = new Cursor(query, readTokens(query), indexFields(fields));
	if (cursor.isAtEnd) throw cursor.error(cursor.token, 'The audience query is empty');
	const predicate = toPredicate(cursor, parse(cursor, OR, 0));
	if (!cursor.isAtEnd) throw leftOver(cursor);
	return predicate;
}

/** Parses operators that hold at least so tightly. */
function parse(
	cursor: Cursor,
	tightness: number,
	depth: number,
	beside?: AudienceField,
): Expression {
	let left = parsePrefix(cursor, depth, beside);
	for (;;) {
		if (tightness <= CONDITION && isAtCondition(cursor)) left = parseCondition(cursor, left, depth);
		else if (tightness <= AND && cursor.isAt('AND')) left = parseJoined(cursor, left, 'and', depth);
		else if (tightness <= OR && cursor.isAt('OR')) left = parseJoined(cursor, left, 'or', depth);
		else return left;
	}
}

function parsePrefix(cursor: Cursor, depth: number, beside?: AudienceField): Expression {
	const { token } = cursor;
	if (cursor.isAt('NOT', '(')) cursor.checkDepth(depth + 1);
	if (cursor.take('NOT')) {
		const operand = toPredicate(cursor, parse(cursor, NOT, depth + 1));
		return { predicate: { kind: 'not', operand }, token };
	}
	if (cursor.take('(')) {
		const inner = parse(cursor, OR, depth + 1, beside);
		if (!cursor.isAt(')') && !cursor.isAtEnd) throw leftOver(cursor);
		cursor.expect(')', 'A closing bracket is missing here');
		return inner;
	}
	return { operand: readOperand(cursor, beside), token };
}

function parseCondition(cursor: Cursor, left: Expression, depth: number): Expression {
	if ('predicate' in left) {
		throw cursor.error(
			cursor.token,
			'A condition is not compared again',
			'Join two conditions by AND, or write BETWEEN',
		);
	}
	const readSide = (beside?: AudienceField): Placed => {
		const side = parse(cursor, SIDE_OF_CONDITION, depth, beside);
		if ('operand' in side) return side;
		throw cursor.error(side.token, 'A field or a value is missing here');
	};
	return { predicate: readCondition(cursor, left, readSide), token: left.token };
}

/** As many operands as follow one another, so that a long chain makes no deep tree. */
function parseJoined(
	cursor: Cursor,
	left: Expression,
	kind: 'and' | 'or',
	depth: number,
): Expression {
	const operands = [toPredicate(cursor, left)];
	while (cursor.take(kind.toUpperCase())) {
		operands.push(toPredicate(cursor, parse(cursor, kind === 'and' ? NOT : AND, depth)));
	}
	return { predicate: { kind, operands }, token: left.token };
}

function toPredicate(cursor: Cursor, expression: Expression): AudiencePredicate {
	return 'predicate' in expression ? expression.predicate : aloneCondition(cursor, expression);
}

function leftOver(cursor: Cursor): Error {
	const { token } = cursor;
	if (token.kind === 'sign' && token.sign === ')') {
		return cursor.error(token, 'This bracket closes none', 'Leave it out or open one before');
	}
	if (token.kind === 'sign' && token.sign === ',') {
		const hint = 'A number is written without commas: 5000000';
		return cursor.error(token, 'A comma stands only in the list of IN', hint);
	}
	const problem = `AND or OR is missing before ${shown(token.text)}`;
	return cursor.error(token, problem, 'Join two conditions by AND or OR');
}
