import type { AudiencePredicate, ComparisonOperator, Operand } from './ast';
import type { Cursor } from './cursor';
import type { AudienceField } from './fields';
import type { Token } from './lexer';
import { checkSameType, fitted } from './typeRules';

/** An operand with the token where it begins. */
export interface Placed {
	operand: Operand;
	token: Token;
}

export const COMPARISONS: readonly string[] = ['=', '<>', '<', '<=', '>', '>='];

/** The same comparison with its sides exchanged. */
const FLIPPED: Record<ComparisonOperator, ComparisonOperator> = {
	'=': '=',
	'<>': '<>',
	'<': '>',
	'<=': '>=',
	'>': '<',
	'>=': '<=',
};

/** Two operands compared, the field first; `at` is the operator's token. */
export function compare(
	cursor: Cursor,
	left: Placed,
	operator: ComparisonOperator,
	right: Placed,
	at: Token,
): AudiencePredicate {
	if (left.operand.kind === 'literal') {
		if (right.operand.kind === 'literal') {
			throw cursor.error(left.token, 'A condition compares a field, and this one names none');
		}
		return compare(cursor, right, FLIPPED[operator], left, at);
	}
	const { field } = left.operand;
	if (field.type === 'boolean' && operator !== '=' && operator !== '<>') {
		throw cursor.error(at, `"${field.name}" is TRUE or FALSE, with no order`, 'Write = or <>');
	}
	if (right.operand.kind === 'field') {
		checkSameType(cursor, field, right.operand.field, right.token);
		return { kind: 'compare', field, operator, other: right.operand };
	}
	const literal = fitted(cursor, field, right.operand.literal, right.token);
	return { kind: 'compare', field, operator, other: { kind: 'literal', literal } };
}

/** The operand as a field, which is all that the operator takes. */
export function fieldOf(
	cursor: Cursor,
	{ operand, token }: Placed,
	operator: string,
): AudienceField {
	if (operand.kind === 'field') return operand.field;
	throw cursor.error(token, `Before ${operator} comes a field`);
}
