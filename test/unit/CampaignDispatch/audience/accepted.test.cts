import type { AudiencePredicate } from '../../../../nodes/CampaignDispatch/audience/ast';
import { parseAudience } from '../../../../nodes/CampaignDispatch/audience/parser';
import { FIELDS, parse } from './samples.cts';

const fieldOf = (name: string) => FIELDS.find((field) => field.name === name)!;

function compared(
	name: string,
	operator: '=' | '<>' | '<' | '<=' | '>' | '>=',
	value: number | string | boolean,
): AudiencePredicate {
	const field = fieldOf(name);
	const literal = { type: field.type, value } as never;
	return { kind: 'compare', field, operator, other: { kind: 'literal', literal } };
}

const beds = compared('beds', '>=', 2);
const not = (operand: AudiencePredicate): AudiencePredicate => ({ kind: 'not', operand });

const MEANINGS: Array<[query: string, meaning: AudiencePredicate]> = [
	[
		'budget_max > 5000000 AND beds >= 2',
		{ kind: 'and', operands: [compared('budget_max', '>', 5_000_000), beds] },
	],
	['beds = 2', compared('beds', '=', 2)],
	['beds <> 2', compared('beds', '<>', 2)],
	['beds != 2', compared('beds', '<>', 2)],
	['beds>=2', beds],
	['\n\tBEDS\r\n>=  2 ', beds],
	['2 <= beds', beds],
	['2 > beds', compared('beds', '<', 2)],
	['(beds) >= ((2))', beds],
	['beds >= 2.0', beds],
	['beds >= 0.2e1', beds],
	['beds >= 20E-1', beds],
	['beds = -5', compared('beds', '=', -5)],
	['beds = -0', compared('beds', '=', 0)],
	['beds = 9007199254740991', compared('beds', '=', 9_007_199_254_740_991)],
	["city = 'Makati'", compared('city', '=', 'Makati')],
	["city = 'O''Hara''s'", compared('city', '=', "O'Hara's")],
	["city = ''''", compared('city', '=', "'")],
	["city = ''", compared('city', '=', '')],
	['city = \'1 -- "x"; /* {{ $json }} \\\'', compared('city', '=', '1 -- "x"; /* {{ $json }} \\')],
	["city = 'Parañaque 😀'", compared('city', '=', 'Parañaque 😀')],
	["city = '2026-01-31'", compared('city', '=', '2026-01-31')],
	['consent', compared('consent', '=', true)],
	['consent = TRUE', compared('consent', '=', true)],
	['FALSE <> Consent', compared('consent', '<>', false)],
	['NOT consent', not(compared('consent', '=', true))],
	['NOT beds >= 2', not(beds)],
	['NOT NOT beds >= 2', not(not(beds))],
	["created_at >= '2026-01-31'", compared('created_at', '>=', Date.UTC(2026, 0, 31))],
	["created_at >= DATE '2026-01-31'", compared('created_at', '>=', Date.UTC(2026, 0, 31))],
	["created_at < '2026-01-31 18:30'", compared('created_at', '<', Date.UTC(2026, 0, 31, 18, 30))],
	[
		"created_at = '2026-01-31T18:30:15.25+08:00'",
		compared('created_at', '=', Date.UTC(2026, 0, 31, 10, 30, 15, 250)),
	],
	['beds BETWEEN 2 AND 4', { kind: 'and', operands: [beds, compared('beds', '<=', 4)] }],
	[
		'5000000 BETWEEN budget_min AND budget_max',
		{
			kind: 'and',
			operands: [compared('budget_min', '<=', 5_000_000), compared('budget_max', '>=', 5_000_000)],
		},
	],
	['beds NOT BETWEEN 2 AND 4', not({ kind: 'and', operands: [beds, compared('beds', '<=', 4)] })],
	[
		'beds IN (1, 2)',
		{
			kind: 'in',
			field: fieldOf('beds'),
			values: [
				{ type: 'number', value: 1 },
				{ type: 'number', value: 2 },
			],
		},
	],
	[
		"created_at NOT IN ('2026-01-31')",
		not({
			kind: 'in',
			field: fieldOf('created_at'),
			values: [{ type: 'date', value: Date.UTC(2026, 0, 31) }],
		}),
	],
	['beds IS NULL', { kind: 'isNull', field: fieldOf('beds') }],
	['beds IS NOT NULL', not({ kind: 'isNull', field: fieldOf('beds') })],
	['consent is true', { kind: 'isTruth', field: fieldOf('consent'), value: true }],
	[
		'unsubscribed IS NOT FALSE',
		not({ kind: 'isTruth', field: fieldOf('unsubscribed'), value: false }),
	],
	[
		"city LIKE 'M_k%'",
		{
			kind: 'like',
			field: fieldOf('city'),
			pattern: [{ text: 'M' }, 'one', { text: 'k' }, 'any'],
			ignoresCase: false,
		},
	],
	[
		"city ilike '%%a!%b!!\\' ESCAPE '!'",
		{
			kind: 'like',
			field: fieldOf('city'),
			pattern: ['any', { text: 'a%b!\\' }],
			ignoresCase: true,
		},
	],
	[
		"city NOT LIKE ''",
		not({ kind: 'like', field: fieldOf('city'), pattern: [], ignoresCase: false }),
	],
	[
		'budget_min = budget_max',
		{
			kind: 'compare',
			field: fieldOf('budget_min'),
			operator: '=',
			other: { kind: 'field', field: fieldOf('budget_max') },
		},
	],
];

describe('an accepted query', () => {
	it.each(MEANINGS)('%s means what it says', (query, meaning) => {
		expect(parse(query)).toEqual(meaning);
	});

	it.each([
		['consent OR beds = 1 AND beds = 2', 'consent OR (beds = 1 AND beds = 2)'],
		['beds = 1 AND beds = 2 OR consent', '(beds = 1 AND beds = 2) OR consent'],
		['NOT consent AND beds = 1', '(NOT consent) AND beds = 1'],
		['NOT beds = 1 OR consent', '(NOT (beds = 1)) OR consent'],
		['NOT beds IS NULL', 'NOT (beds IS NULL)'],
		['beds BETWEEN 1 AND 2 AND consent', '(beds BETWEEN 1 AND 2) AND consent'],
		['NOT beds BETWEEN 1 AND 2', 'beds NOT BETWEEN 1 AND 2'],
		['consent = TRUE AND NOT consent <> FALSE', 'consent = TRUE AND (NOT (consent <> FALSE))'],
		['((consent)) and (((beds = 1)))', 'consent AND beds = 1'],
	])('%s is %s', (query, bracketed) => {
		expect(parse(query)).toEqual(parse(bracketed));
	});

	it('may have another precedence by its brackets', () => {
		expect(parse('(consent OR beds = 1) AND beds = 2')).not.toEqual(
			parse('consent OR beds = 1 AND beds = 2'),
		);
	});

	it('may name a field that SQL has as a word of its own', () => {
		const fields = [
			{ name: 'date', type: 'date' as const, column: 'date' },
			{ name: 'order', type: 'number' as const, column: 'order' },
		];
		expect(parseAudience("date > DATE '2026-01-31' AND order = 1", fields)).toMatchObject({
			operands: [{ field: { name: 'date' } }, { field: { name: 'order' } }],
		});
	});
});
