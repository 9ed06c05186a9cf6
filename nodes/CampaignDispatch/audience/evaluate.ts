import type { AudiencePredicate, ComparisonOperator, Literal } from './ast';
import { compareNumbers, compareTexts, type Row, type Test } from './compareRow';
import type { AudienceField } from './fields';
import { compileLike } from './matchLike';
import { READ_AS_NUMBER } from './rowValue';

export type { Row };

/** What is FALSE of a comparison; where a side is NULL neither holds. */
const OPPOSITE: Record<ComparisonOperator, ComparisonOperator> = {
	'=': '<>',
	'<>': '=',
	'<': '>=',
	'<=': '>',
	'>': '<=',
	'>=': '<',
};

/**
 * Makes a function that says whether a row belongs to the audience, with SQL's three-valued logic:
 * where a condition is NULL, neither it nor its negation chooses the row. A row holds values under
 * the names of the fields, as databases give them; a value of another type counts as NULL.
 */
export function compileAudience(predicate: AudiencePredicate): Test {
	return compile(predicate, true);
}

/**
 * A test for being TRUE, or for being FALSE. The two are compiled apart, so that NOT is no work at
 * run time and NULL, which is neither, needs no third value.
 */
function compile(predicate: AudiencePredicate, wanted: boolean): Test {
	switch (predicate.kind) {
		case 'and':
		case 'or': {
			const tests = predicate.operands.map((operand) => compile(operand, wanted));
			const needsAll = (predicate.kind === 'and') === wanted;
			return tests.reduce(needsAll ? both : either);
		}
		case 'not':
			return compile(predicate.operand, !wanted);
		case 'compare': {
			const { field, other } = predicate;
			const operator = wanted ? predicate.operator : OPPOSITE[predicate.operator];
			return field.type === 'text'
				? compareTexts(field, operator, other)
				: compareNumbers(field, operator, other);
		}
		case 'in':
			return compileIn(predicate.field, predicate.values, wanted);
		case 'like': {
			const { name } = predicate.field;
			const matches = compileLike(predicate.pattern, predicate.ignoresCase);
			return (row) => {
				const value = row[name];
				return typeof value === 'string' && matches(value) === wanted;
			};
		}
		case 'isNull': {
			const isNull = nullTest(predicate.field);
			return (row) => isNull(row) === wanted;
		}
		case 'isTruth': {
			const { name } = predicate.field;
			const sought = Number(predicate.value);
			return (row) => (READ_AS_NUMBER.boolean(row[name]) === sought) === wanted;
		}
	}
}

function both(left: Test, right: Test): Test {
	return (row) => left(row) && right(row);
}

function either(left: Test, right: Test): Test {
	return (row) => left(row) || right(row);
}

function compileIn({ name, type }: AudienceField, list: readonly Literal[], wanted: boolean): Test {
	if (type === 'text') {
		const values = new Set<unknown>(list.map(({ value }) => value));
		return (row) => {
			const value = row[name];
			return typeof value === 'string' && values.has(value) === wanted;
		};
	}
	const read = READ_AS_NUMBER[type];
	const values = new Set(list.map(({ value }) => Number(value)));
	return (row) => {
		const value = read(row[name]);
		return !Number.isNaN(value) && values.has(value) === wanted;
	};
}

function nullTest({ name, type }: AudienceField): Test {
	if (type === 'text') return (row) => typeof row[name] !== 'string';
	const read = READ_AS_NUMBER[type];
	return (row) => Number.isNaN(read(row[name]));
}
