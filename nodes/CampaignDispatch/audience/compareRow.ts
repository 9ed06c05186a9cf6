import type { ComparisonOperator, Operand } from './ast';
import type { AudienceField } from './fields';
import { READ_AS_NUMBER } from './rowValue';
import { compareByCodePoint } from './textOrder';

export type Row = Record<string, unknown>;
export type Test = (row: Row) => boolean;

/** A test of a number, a date or a boolean; false where a side is NULL. */
export function compareNumbers(
	{ name, type }: AudienceField,
	operator: ComparisonOperator,
	other: Operand,
): Test {
	const read = READ_AS_NUMBER[type as Exclude<typeof type, 'text'>];
	if (other.kind === 'field') {
		const otherName = other.field.name;
		const holds = ORDERS[operator];
		return (row) => holds(read(row[name]) - read(row[otherName]));
	}
	const bound = Number(other.literal.value);
	switch (operator) {
		case '=':
			return (row) => read(row[name]) === bound;
		case '<>':
			return (row) => {
				const value = read(row[name]);
				return value < bound || value > bound;
			};
		case '<':
			return (row) => read(row[name]) < bound;
		case '<=':
			return (row) => read(row[name]) <= bound;
		case '>':
			return (row) => read(row[name]) > bound;
		case '>=':
			return (row) => read(row[name]) >= bound;
	}
}

/** A test of text by its code points; false where a side is NULL. */
export function compareTexts(
	{ name }: AudienceField,
	operator: ComparisonOperator,
	other: Operand,
): Test {
	const holds = ORDERS[operator];
	if (other.kind === 'field') {
		const otherName = other.field.name;
		return (row) => {
			const [left, right] = [row[name], row[otherName]];
			if (typeof left !== 'string' || typeof right !== 'string') return false;
			return holds(compareByCodePoint(left, right));
		};
	}
	const bound = String(other.literal.value);
	if (operator === '=') return (row) => row[name] === bound;
	return (row) => {
		const value = row[name];
		return typeof value === 'string' && holds(compareByCodePoint(value, bound));
	};
}

/** Whether an operator holds by the sign of a difference; none does for NaN. */
const ORDERS: Record<ComparisonOperator, (difference: number) => boolean> = {
	'=': (difference) => difference === 0,
	'<>': (difference) => difference < 0 || difference > 0,
	'<': (difference) => difference < 0,
	'<=': (difference) => difference <= 0,
	'>': (difference) => difference > 0,
	'>=': (difference) => difference >= 0,
};
