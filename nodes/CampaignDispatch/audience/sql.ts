import type { AudiencePredicate, Literal, Operand } from './ast';
import type { AudienceField, FieldType } from './fields';
import type { LikePart } from './likePattern';

/** Part of a statement: `values` stand for its placeholders, in their order. */
export interface SqlCondition {
	text: string;
	values: SqlValue[];
}

export type SqlValue = string | number | boolean | null;

/** Adds a value to a statement and gives what stands for it in the text. */
export type Bind = (literal: Literal) => string;

/** How one database says what the language means. */
export interface Dialect {
	/** A name that no reserved word and no other case gets in the way of. */
	quoted(identifier: string): string;
	/**
	 * A column as a value of the type. What is no such value is NULL, or the database refuses it:
	 * never is it compared as something else.
	 */
	read: Record<FieldType, (column: string) => string>;
	/** What stands for the value at a place counted from 1. */
	placeholder(place: number, type: FieldType): string;
	/** The literal as the database's driver takes it. */
	value(literal: Literal): SqlValue;
	/** Whether the text of a column is like a pattern; a character is a code point. */
	like(column: string, pattern: readonly LikePart[], ignoresCase: boolean, bind: Bind): string;
	/** Whatever its type, a column as text that is compared by code points. */
	asText(column: string): string;
	/** A count as a number that JavaScript can hold. */
	count(expression: string): string;
}

/** A column, or table and column, quoted. */
export function quotedName(dialect: Dialect, name: string): string {
	return name.split('.').map(dialect.quoted).join('.');
}

/** Collects the values of one statement, each in a place of its own. */
export function createBinder(dialect: Dialect, firstPlaceholder: number) {
	const values: SqlValue[] = [];
	const bind: Bind = (literal) => {
		values.push(dialect.value(literal));
		return dialect.placeholder(firstPlaceholder + values.length - 1, literal.type);
	};
	return { values, bind };
}

/** The predicate as a condition; brackets stand wherever a precedence could be mistaken. */
export function printPredicate(dialect: Dialect, predicate: AudiencePredicate, bind: Bind): string {
	const read = ({ type, column }: AudienceField) => dialect.read[type](quotedName(dialect, column));
	const side = (operand: Operand) =>
		operand.kind === 'field' ? read(operand.field) : bind(operand.literal);

	const print = (part: AudiencePredicate): string => {
		switch (part.kind) {
			case 'and':
			case 'or':
				return `(${part.operands.map(print).join(` ${part.kind.toUpperCase()} `)})`;
			case 'not':
				return `(NOT ${print(part.operand)})`;
			case 'compare':
				return `(${read(part.field)} ${part.operator} ${side(part.other)})`;
			case 'in':
				return `(${read(part.field)} IN (${part.values.map(bind).join(', ')}))`;
			case 'like': {
				const column = quotedName(dialect, part.field.column);
				return `(${dialect.like(column, part.pattern, part.ignoresCase, bind)})`;
			}
			case 'isNull':
				return `(${read(part.field)} IS NULL)`;
			case 'isTruth':
				return `(${read(part.field)} IS ${part.value ? 'TRUE' : 'FALSE'})`;
		}
	};
	return print(predicate);
}

/** The predicate alone, to stand in a WHERE; placeholders count from `firstPlaceholder`. */
export function toSql(
	dialect: Dialect,
	predicate: AudiencePredicate,
	firstPlaceholder: number,
): SqlCondition {
	const { values, bind } = createBinder(dialect, firstPlaceholder);
	return { text: printPredicate(dialect, predicate, bind), values };
}
