import type { AudienceField } from './fields';
import type { LikePart } from './likePattern';

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Literal =
	| { type: 'number'; value: number }
	| { type: 'text'; value: string }
	| { type: 'boolean'; value: boolean }
	/** A moment, in milliseconds since 1970. */
	| { type: 'date'; value: number };

export type Operand =
	{ kind: 'field'; field: AudienceField } | { kind: 'literal'; literal: Literal };

/**
 * What a query means. Its types fit, and whatever can be said by another form is: BETWEEN is two
 * comparisons, a boolean field alone is compared with TRUE, and what is negated stands under `not`.
 */
export type AudiencePredicate =
	| { kind: 'and' | 'or'; operands: readonly AudiencePredicate[] }
	| { kind: 'not'; operand: AudiencePredicate }
	| { kind: 'compare'; field: AudienceField; operator: ComparisonOperator; other: Operand }
	| { kind: 'in'; field: AudienceField; values: readonly Literal[] }
	| { kind: 'like'; field: AudienceField; pattern: readonly LikePart[]; ignoresCase: boolean }
	| { kind: 'isNull'; field: AudienceField }
	| { kind: 'isTruth'; field: AudienceField; value: boolean };
