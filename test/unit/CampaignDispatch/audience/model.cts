import fc from 'fast-check';

/**
 * A predicate as the tests think of it, before any language: `query` writes it in ours, `plainSql`
 * in that of SQLite, neither by way of the other and neither by our parser.
 */
export type Model =
	| { kind: 'and' | 'or'; parts: Model[] }
	| { kind: 'not'; part: Model }
	| { kind: 'compare'; field: Field; operator: string; other: Side; isFlipped: boolean }
	| { kind: 'between'; field: Field; low: Side; high: Side; negated: boolean }
	| { kind: 'in'; field: Field; values: Value[]; negated: boolean }
	| { kind: 'like'; field: Field; pattern: string; escape: string; ci: boolean; negated: boolean }
	| { kind: 'is'; field: Field; what: 'NULL' | 'TRUE' | 'FALSE'; negated: boolean }
	| { kind: 'alone'; field: Field };

export type Type = 'number' | 'text' | 'boolean' | 'date';
export interface Field {
	name: string;
	type: Type;
}
export type Value = { type: Type; value: number | string | boolean };
type Side = Value | { field: string };

export const MODEL_FIELDS: readonly Field[] = [
	{ name: 'budget', type: 'number' },
	{ name: 'beds', type: 'number' },
	{ name: 'city', type: 'text' },
	{ name: 'note', type: 'text' },
	{ name: 'consent', type: 'boolean' },
	{ name: 'agent', type: 'boolean' },
	{ name: 'created', type: 'date' },
	{ name: 'seen', type: 'date' },
];

/** Few values, so that rows and predicates meet; odd ones, so that they meet badly. */
export const NUMBERS = [0, 1, 2, 3, -1, 2.5, 0.1, 1e-7, 5_000_000, 9_007_199_254_740_991];
export const TEXTS = [
	...['', ' ', 'a', 'A', 'b', 'ab', 'aB', 'AB', 'a ', ' a', 'ba', 'aab', 'abab'],
	...["a'b", "''", "'", '"', '`', '%', '_', 'a%b', 'a_b', '\\', 'a\\b', '\\%', '[a]', 'a*b', '?'],
	...[
		'ñ',
		'Ñ',
		'añb',
		'AÑB',
		'İ',
		'i',
		'ß',
		'ſ',
		'S',
		'K',
		'k',
		'é',
		'😀',
		'a😀b',
		'😀😀',
		'\ufffd',
	],
	...['\ue000', '\u{10ffff}', 'null', '1', 'true', '5000000', '--', '$1', '{{x}}', 'a\nb', ';'],
];
/** As a database may hold them, with the milliseconds that each is. */
export const DATES: ReadonlyArray<[string, number]> = [
	...['2026-01-31', '2026-02-01', '2024-02-29', '1969-12-31', '1900-01-01'],
	...['2026-01-31T00:00:00Z', '2026-01-31T08:00:00+08:00', '2026-01-31T23:59:59.999Z'],
	...['2026-01-30T20:00:00-04:00', '2026-01-31T12:30Z', '1969-12-31T23:59:59.999Z'],
].map((iso) => [iso, Date.parse(iso)]);

/** Of the letters most are in TEXTS, so that patterns meet something. */
const PLAIN_PIECES = ['a', 'a', 'b', 'A', 'B', 'ñ', 'Ñ', '😀'];
const ODD_PIECES = ['İ', 'i', 'ſ', 'ß', '\u212a', 'k', "'", '*', '?', '[', ']', '{{', '$1'];
const ESCAPES = ['', '\\', '!', '😀'];

const values: Record<Type, fc.Arbitrary<Value>> = {
	number: fc.constantFrom(...NUMBERS).map((value) => ({ type: 'number', value })),
	text: fc.constantFrom(...TEXTS).map((value) => ({ type: 'text', value })),
	boolean: fc.boolean().map((value) => ({ type: 'boolean', value })),
	date: fc.constantFrom(...DATES).map(([value]) => ({ type: 'date', value })),
};
const fieldsOf = (type: Type) => MODEL_FIELDS.filter((field) => field.type === type);
const anyField = fc.constantFrom(...MODEL_FIELDS);

function sideFor({ type }: Field): fc.Arbitrary<Side> {
	const field = fc.constantFrom(...fieldsOf(type)).map(({ name }) => ({ field: name }));
	return fc.oneof({ weight: 3, arbitrary: values[type] }, { weight: 1, arbitrary: field });
}

const pattern = fc.constantFrom(...ESCAPES).chain((escape) => {
	const escaped = escape ? ['%', '_', escape].map((special) => escape + special) : ['\\'];
	const piece = fc.oneof(
		{ weight: 6, arbitrary: fc.constantFrom('%', '%', '_') },
		{ weight: 6, arbitrary: fc.constantFrom(...PLAIN_PIECES.filter((each) => each !== escape)) },
		{ weight: 2, arbitrary: fc.constantFrom(...ODD_PIECES) },
		{ weight: 1, arbitrary: fc.constantFrom(...escaped) },
	);
	return fc.record({
		pattern: fc.array(piece, { maxLength: 5 }).map((chosen) => chosen.join('')),
		escape: fc.constant(escape),
	});
});

const leaf: fc.Arbitrary<Model> = fc.oneof(
	{
		weight: 5,
		arbitrary: anyField.chain((field) =>
			fc.record({
				kind: fc.constant('compare' as const),
				field: fc.constant(field),
				operator: fc.constantFrom(
					...(field.type === 'boolean'
						? ['=', '<>', '!=']
						: ['=', '<>', '!=', '<', '<=', '>', '>=']),
				),
				other: sideFor(field),
				isFlipped: fc.boolean(),
			}),
		),
	},
	{
		weight: 1,
		arbitrary: anyField
			.filter(({ type }) => type !== 'boolean')
			.chain((field) =>
				fc.record({
					kind: fc.constant('between' as const),
					field: fc.constant(field),
					low: sideFor(field),
					high: sideFor(field),
					negated: fc.boolean(),
				}),
			),
	},
	{
		weight: 2,
		arbitrary: anyField.chain((field) =>
			fc.record({
				kind: fc.constant('in' as const),
				field: fc.constant(field),
				values: fc.array(values[field.type], { minLength: 1, maxLength: 4 }),
				negated: fc.boolean(),
			}),
		),
	},
	{
		weight: 4,
		arbitrary: fc
			.tuple(fc.constantFrom(...fieldsOf('text')), pattern, fc.boolean(), fc.boolean())
			.map(([field, written, ci, negated]): Model => ({
				kind: 'like',
				field,
				...written,
				ci,
				negated,
			})),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('is' as const),
			field: anyField,
			what: fc.constant('NULL' as const),
			negated: fc.boolean(),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('is' as const),
			field: fc.constantFrom(...fieldsOf('boolean')),
			what: fc.constantFrom('NULL', 'TRUE', 'FALSE'),
			negated: fc.boolean(),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('alone' as const),
			field: fc.constantFrom(...fieldsOf('boolean')),
		}),
	},
);

export const model: fc.Arbitrary<Model> = fc.letrec<{ model: Model }>((tie) => ({
	model: fc.oneof(
		{ maxDepth: 4, withCrossShrink: true },
		{ weight: 3, arbitrary: leaf },
		{
			weight: 2,
			arbitrary: fc.record({
				kind: fc.constantFrom('and' as const, 'or' as const),
				parts: fc.array(tie('model'), { minLength: 2, maxLength: 3 }),
			}),
		},
		{
			weight: 1,
			arbitrary: fc.record({ kind: fc.constant('not' as const), part: tie('model') }),
		},
	),
})).model;

const TIGHTNESS = { or: 1, and: 2, not: 3 };

/** In the audience language, with as few brackets as its precedence allows. */
export function query(part: Model, around = 0): string {
	switch (part.kind) {
		case 'and':
		case 'or': {
			const tightness = TIGHTNESS[part.kind];
			const joined = part.parts
				.map((each) => query(each, tightness + 1))
				.join(part.kind === 'and' ? ' AND ' : ' or ');
			return around > tightness ? `(${joined})` : joined;
		}
		case 'not':
			return `NOT ${query(part.part, TIGHTNESS.not)}`;
		case 'compare': {
			const { field, operator, other, isFlipped } = part;
			const mirrored = operator.replace(/[<>]/, (sign) => (sign === '<' ? '>' : '<'));
			return isFlipped
				? `${ourSide(other)} ${operator === '<>' ? '<>' : mirrored} ${field.name}`
				: `${field.name}${operator}${ourSide(other)}`;
		}
		case 'between':
			return `${part.field.name} ${not(part)}BETWEEN ${ourSide(part.low)} AND ${ourSide(part.high)}`;
		case 'in':
			return `${part.field.name} ${not(part)}IN (${part.values.map(ourSide).join(', ')})`;
		case 'like': {
			const escape = part.escape ? ` escape ${quoted(part.escape)}` : '';
			return `${part.field.name} ${not(part)}${part.ci ? 'ILIKE' : 'LIKE'} ${quoted(part.pattern)}${escape}`;
		}
		case 'is':
			return `${part.field.name.toUpperCase()} IS ${not(part)}${part.what}`;
		case 'alone':
			return part.field.name;
	}
}

/**
 * In the SQL of SQLite, with every bracket there is. For columns that hold nothing but their type,
 * moments in milliseconds and truths as 1 and 0, and with `PRAGMA case_sensitive_like` on.
 */
export function plainSql(part: Model): string {
	switch (part.kind) {
		case 'and':
		case 'or':
			return `(${part.parts.map(plainSql).join(`) ${part.kind} (`)})`;
		case 'not':
			return `NOT (${plainSql(part.part)})`;
		case 'compare':
			return `${part.field.name} ${part.operator} ${plainSide(part.other)}`;
		case 'between':
			return `${part.field.name} ${not(part)}BETWEEN ${plainSide(part.low)} AND ${plainSide(part.high)}`;
		case 'in':
			return `${part.field.name} ${not(part)}IN (${part.values.map(plainSide).join(', ')})`;
		case 'like': {
			// Of the letters in use, lower() leaves only one capital behind that has a small one.
			const text = part.ci ? `replace(lower(${part.field.name}), 'Ñ', 'ñ')` : part.field.name;
			const written = part.ci
				? part.pattern.replace(/[A-ZÑ]/g, (letter) => (letter === 'Ñ' ? 'ñ' : letter.toLowerCase()))
				: part.pattern;
			const escape = part.escape ? ` ESCAPE ${quoted(part.escape)}` : '';
			return `${text} ${not(part)}LIKE ${quoted(written)}${escape}`;
		}
		case 'is':
			return `${part.field.name} IS ${not(part)}${part.what}`;
		case 'alone':
			return part.field.name;
	}
}

function ourSide(side: Side): string {
	if ('field' in side) return side.field;
	const { type, value } = side;
	return type === 'text' || type === 'date' ? quoted(String(value)) : String(value);
}

function plainSide(side: Side): string {
	if ('field' in side) return side.field;
	const { type, value } = side;
	if (type === 'text') return quoted(String(value));
	return type === 'date' ? String(Date.parse(String(value))) : String(value);
}

function not({ negated }: { negated: boolean }): string {
	return negated ? 'NOT ' : '';
}

function quoted(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}
