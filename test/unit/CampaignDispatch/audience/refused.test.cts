import { parseAudience } from '../../../../nodes/CampaignDispatch/audience/parser';
import { parse, problemOf } from './samples.cts';

const QUOTE_HINT = "Write text in single quotes, such as 'Makati', and field names without any";
const FIELDS_HINT =
	'The fields are budget_min, budget_max, beds, city, zip, consent, unsubscribed, created_at, last_seen';
const NUMBER_HINT = 'Write all digits and nothing else, such as 5000000 or 0.5';
const NULL_HINT = 'Write IS NULL or IS NOT NULL';

type Refusal = [query: string, column: number, text: string, problem: string, hint?: string];

/** What @react-querybuilder/core 8.24.1 turned into everybody, or into a wider audience. */
const FAIL_OPEN_ELSEWHERE: Refusal[] = [
	[
		"LOWER(city)='bgc'",
		1,
		'LOWER',
		'The audience language has no functions, and "LOWER" is none',
		'Write ILIKE to compare in any case',
	],
	[
		'budget_max > 5000000 AND unsubscribed IS NOT MISSING',
		46,
		'MISSING',
		'After IS comes NULL, TRUE or FALSE',
		'Write = for a value',
	],
	[
		'beds = 1 OR LENGTH(city) > 3',
		13,
		'LENGTH',
		'The audience language has no functions, and "LENGTH" is none',
	],
	['beds = 1 -- x', 10, '--', 'A query holds no comments', 'Leave the comment out'],
	['beds = NULL', 8, 'NULL', 'Nothing equals NULL', NULL_HINT],
];

const NAMES: Refusal[] = [
	['bed >= 2', 1, 'bed', 'Unknown field "bed"', 'Did you mean "beds"?'],
	['consent AND bdes = 2', 13, 'bdes', 'Unknown field "bdes"', 'Did you mean "beds"?'],
	['budgetmax > 1', 1, 'budgetmax', 'Unknown field "budgetmax"', 'Did you mean "budget_max"?'],
	['salary > 1', 1, 'salary', 'Unknown field "salary"', FIELDS_HINT],
	['constructor = 1', 1, 'constructor', 'Unknown field "constructor"', FIELDS_HINT],
	['__proto__ IS NULL', 1, '__proto__', 'Unknown field "__proto__"', FIELDS_HINT],
	[
		'city = Makati',
		8,
		'Makati',
		'Unknown field "Makati"',
		"Text is written in single quotes: 'Makati'",
	],
	[
		'city IN (Makati)',
		10,
		'Makati',
		'Unknown field "Makati"',
		"Text is written in single quotes: 'Makati'",
	],
	[
		'leads.beds > 2',
		6,
		'.',
		'A point stands only inside a number',
		'Write 0.5 instead of .5, and a field without its table',
	],
	[
		'beds.x > 2',
		5,
		'.',
		'A point stands only inside a number',
		'Write 0.5 instead of .5, and a field without its table',
	],
	['SELECT * FROM leads', 8, '*', 'A query does not calculate', 'Write the result'],
	['beds IN (SELECT 1)', 10, 'SELECT', 'SELECT is no part of the audience language'],
	['EXISTS (beds = 1)', 1, 'EXISTS', 'EXISTS is no part of the audience language'],
	[
		'where beds = 1',
		1,
		'where',
		'WHERE is no part of the audience language',
		'Leave it out and write only the condition',
	],
	['pg_sleep(10)', 1, 'pg_sleep', 'The audience language has no functions, and "pg_sleep" is none'],
];

const SIGNS: Refusal[] = [
	['city = "Makati"', 8, '"', 'This is no quote of the language', QUOTE_HINT],
	['city = ’Makati’', 8, '’', 'This is no quote of the language', QUOTE_HINT],
	['city = “Makati”', 8, '“', 'This is no quote of the language', QUOTE_HINT],
	['`city` = 1', 1, '`', 'This is no quote of the language', QUOTE_HINT],
	['beds == 2', 6, '==', 'There is no ==', 'Write ='],
	['beds => 2', 6, '=>', 'There is no =>', 'Write >='],
	['beds =< 2', 6, '=<', 'There is no =<', 'Write <='],
	['beds <=> 2', 6, '<=>', 'There is no <=>', 'Write ='],
	['beds ≥ 2', 6, '≥', 'There is no ≥', 'Write >='],
	['consent && beds = 2', 9, '&&', 'There is no &&', 'Write AND'],
	['consent || beds = 2', 9, '||', 'There is no ||', 'Write OR'],
	['!consent', 1, '!', 'There is no !', 'Write NOT'],
	['beds = 2 /* all */', 10, '/*', 'A query holds no comments', 'Leave the comment out'],
	['beds = 2 # all', 10, '#', 'A query holds no comments', 'Leave the comment out'],
	['beds = 2; DROP TABLE x', 9, ';', 'A query is one condition', 'Leave the semicolon out'],
	['beds + 1 = 2', 6, '+', 'A query does not calculate', 'Write the result'],
	['beds > - 5', 8, '-', 'A query does not calculate', 'Write the result'],
	['beds = $1', 8, '$', 'A query holds no "$"'],
	['beds = ?', 8, '?', 'A query holds no "?"'],
	['beds = {{ 1 }}', 8, '{', 'A query holds no "{"'],
	['beds = 😀', 8, '😀', 'A query holds no "😀"'],
	['ñ = 1', 1, 'ñ', 'A query holds no "ñ"'],
	["city = '😀' ; x", 12, ';', 'A query is one condition', 'Leave the semicolon out'],
	[
		'beds\u00a0> 2',
		5,
		'\u00a0',
		'This is no ordinary space',
		'It often comes along when text is pasted: type the space again',
	],
	[
		"city = 'Makati",
		8,
		"'Makati",
		'This text has no closing quote',
		"A quote inside text is written twice, as in 'O''Hara'",
	],
	[
		"city = 'O'Hara'",
		15,
		"'",
		'This text has no closing quote',
		"A quote inside text is written twice, as in 'O''Hara'",
	],
	["city = 'a\0b'", 8, "'a\0b'", 'This text cannot be stored'],
	["city = '\ud83d'", 8, "'\ud83d'", 'This text cannot be stored'],
];

const NUMBERS: Refusal[] = [
	['beds > 5M', 8, '5M', '"5M" is no number', NUMBER_HINT],
	['beds > 1_000', 8, '1_000', '"1_000" is no number', NUMBER_HINT],
	['beds > 5.000.000', 8, '5.000.000', '"5.000.000" is no number', NUMBER_HINT],
	['beds > 5.', 8, '5.', '"5." is no number', NUMBER_HINT],
	['beds > 0x10', 8, '0x10', '"0x10" is no number', NUMBER_HINT],
	['beds > 007', 8, '007', '"007" is no number', NUMBER_HINT],
	['beds > 1e', 8, '1e', '"1e" is no number', NUMBER_HINT],
	['beds > 2AND consent', 8, '2AND', '"2AND" is no number', NUMBER_HINT],
	['budget_max IN (5,000,000)', 18, '000', '"000" is no number', NUMBER_HINT],
	[
		'budget_max > 5,500',
		15,
		',',
		'A comma stands only in the list of IN',
		'A number is written without commas: 5000000',
	],
	[
		'beds > .5',
		8,
		'.',
		'A point stands only inside a number',
		'Write 0.5 instead of .5, and a field without its table',
	],
	[
		'beds > 9007199254740992',
		8,
		'9007199254740992',
		'9007199254740992 is too large',
		'A number is at most 9007199254740991',
	],
	['beds > 1e400', 8, '1e400', '1e400 is too large', 'A number is at most 9007199254740991'],
	['beds > 1e-400', 8, '1e-400', '1e-400 is too small', 'Write 0'],
	[
		`beds > 0.${'1'.repeat(40)}`,
		8,
		`0.${'1'.repeat(37)}…`,
		'A number has at most 30 characters',
		'Write a shorter one',
	],
	['beds > NaN', 8, 'NaN', 'Unknown field "NaN"', FIELDS_HINT],
	['beds < Infinity', 8, 'Infinity', 'Unknown field "Infinity"', FIELDS_HINT],
];

const TYPES: Refusal[] = [
	["beds = '2'", 8, "'2'", `"beds" is a number and '2' is text`, 'Write 2 without quotes'],
	["beds = 'two'", 8, "'two'", `"beds" is a number and 'two' is text`, 'Write a number, such as 2'],
	["'2' = beds", 1, "'2'", `"beds" is a number and '2' is text`, 'Write 2 without quotes'],
	['zip = 1634', 7, '1634', '"zip" is text and 1634 is a number', "Write '1634' in single quotes"],
	[
		'city = TRUE',
		8,
		'TRUE',
		'"city" is text and TRUE is TRUE or FALSE',
		"Write text in single quotes, such as 'Makati'",
	],
	[
		'consent = 1',
		11,
		'1',
		'"consent" is TRUE or FALSE and 1 is a number',
		'Write TRUE or FALSE without quotes',
	],
	[
		"consent = 'true'",
		11,
		"'true'",
		`"consent" is TRUE or FALSE and 'true' is text`,
		'Write TRUE or FALSE without quotes',
	],
	[
		'created_at > 20260131',
		14,
		'20260131',
		'"created_at" is a date and 20260131 is a number',
		"Write a date as '2026-01-31' or a moment as '2026-01-31 18:30'",
	],
	...['soon', '2026-02-30', '2026-1-31', '31/01/2026', '2026-01-31 25:00', 'now'].map(
		(text): Refusal => [
			`created_at > '${text}'`,
			14,
			`'${text}'`,
			`"created_at" is a date and '${text}' is none`,
			"Write a date as '2026-01-31' or a moment as '2026-01-31 18:30'",
		],
	),
	[
		"created_at > DATE '2026-13-01'",
		19,
		"'2026-13-01'",
		"'2026-13-01' is no date",
		"Write a date as in DATE '2026-01-31'",
	],
	[
		"created_at > DATE '2026-01-31 10:00'",
		19,
		"'2026-01-31 10:00'",
		"'2026-01-31 10:00' is no date",
		'A moment is written without DATE before it',
	],
	[
		"city = DATE '2026-01-31'",
		8,
		'DATE',
		'"city" is text and DATE is a date',
		"Write text in single quotes, such as 'Makati'",
	],
	[
		'beds IN (1, TRUE)',
		13,
		'TRUE',
		'"beds" is a number and TRUE is TRUE or FALSE',
		'Write a number, such as 2',
	],
	['beds > city', 8, 'city', '"beds" is a number and "city" is text', 'Compare fields of one type'],
	['consent > FALSE', 9, '>', '"consent" is TRUE or FALSE, with no order', 'Write = or <>'],
	[
		'consent BETWEEN FALSE AND TRUE',
		9,
		'BETWEEN',
		'"consent" is TRUE or FALSE, with no order',
		'Write = or <>',
	],
	["beds LIKE '2%'", 1, 'beds', 'LIKE takes text, and "beds" is a number'],
	['beds IS TRUE', 9, 'TRUE', 'IS TRUE or IS FALSE takes TRUE or FALSE, and "beds" is a number'],
	['NULL = beds', 1, 'NULL', 'Nothing equals NULL', NULL_HINT],
	['beds <> NULL', 9, 'NULL', 'Nothing equals NULL', NULL_HINT],
	['beds NOT IN (1, NULL)', 17, 'NULL', 'Nothing equals NULL', NULL_HINT],
];

const SHAPES: Refusal[] = [
	['', 1, '', 'The audience query is empty'],
	[' \n ', 4, '', 'The audience query is empty'],
	['TRUE', 1, 'TRUE', 'TRUE is no condition', 'Begin with the name of a field'],
	['1', 1, '1', '1 is no condition', 'Begin with the name of a field'],
	['consent OR TRUE', 12, 'TRUE', 'TRUE is no condition', 'Begin with the name of a field'],
	['1 = 1', 1, '1', 'A condition compares a field, and this one names none'],
	["consent OR 'a' = 'a'", 12, "'a'", 'A condition compares a field, and this one names none'],
	['1 BETWEEN 0 AND beds', 1, '1', 'A condition compares a field, and this one names none'],
	['1 IN (1)', 1, '1', 'Before IN comes a field'],
	["'a' LIKE 'a'", 1, "'a'", 'Before LIKE comes a field'],
	['1 IS NOT NULL', 1, '1', 'Before IS comes a field'],
	['beds', 1, 'beds', '"beds" is compared with nothing', 'Write what it must be'],
	['beds AND consent', 1, 'beds', '"beds" is compared with nothing', 'Write what it must be'],
	['beds >', 7, '', 'The query ends where a condition or a value is missing'],
	['beds > 2 AND', 13, '', 'The query ends where a condition or a value is missing'],
	['AND beds > 2', 1, 'AND', 'A field or a value is missing before AND'],
	['beds > AND consent', 8, 'AND', 'A field or a value is missing before AND'],
	['beds > > 2', 8, '>', 'A field or a value is missing before >'],
	['()', 2, ')', 'A field or a value is missing before )'],
	['(beds > 2', 10, '', 'A closing bracket is missing here'],
	['beds > 2)', 9, ')', 'This bracket closes none', 'Leave it out or open one before'],
	[
		'beds > 2 beds < 5',
		10,
		'beds',
		'AND or OR is missing before beds',
		'Join two conditions by AND or OR',
	],
	[
		'(beds > 2 consent)',
		11,
		'consent',
		'AND or OR is missing before consent',
		'Join two conditions by AND or OR',
	],
	['beds > 5 -3', 10, '-3', 'AND or OR is missing before -3', 'Join two conditions by AND or OR'],
	[
		'1 < beds < 5',
		10,
		'<',
		'A condition is not compared again',
		'Join two conditions by AND, or write BETWEEN',
	],
	[
		'(beds > 1) = TRUE',
		12,
		'=',
		'A condition is not compared again',
		'Join two conditions by AND, or write BETWEEN',
	],
	['consent = NOT consent', 11, 'NOT', 'A field or a value is missing here'],
	['consent = (beds > 2)', 12, 'beds', 'A field or a value is missing here'],
	['beds IN ()', 10, ')', 'This list is empty', 'Write at least one value'],
	['beds IN 1', 9, '1', 'After IN comes a list', "Write IN ('Makati', 'Taguig')"],
	['beds IN (1 2)', 12, '2', 'A comma or the closing bracket of the list is missing here'],
	['beds IN (1,)', 12, ')', 'A field or a value is missing before )'],
	[
		'beds IN (budget_max)',
		10,
		'budget_max',
		'A list holds values, and no fields',
		'Write = for a field',
	],
	['beds BETWEEN 1', 15, '', 'BETWEEN has two bounds', 'Write BETWEEN 1 AND 3'],
	['beds BETWEEN 1, 3', 15, ',', 'BETWEEN has two bounds', 'Write BETWEEN 1 AND 3'],
	['beds NOT NULL', 10, 'NULL', 'NOT NULL needs IS before it', 'Write IS NOT NULL'],
	['beds NOT = 2', 10, '=', 'After NOT comes IN, LIKE, ILIKE or BETWEEN'],
	['beds IS 2', 9, '2', 'After IS comes NULL, TRUE or FALSE', 'Write = for a value'],
	['city LIKE zip', 11, 'zip', 'After LIKE comes a pattern', "Write LIKE 'Mak%'"],
	[
		"city LIKE 'a!b' ESCAPE '!'",
		11,
		"'a!b'",
		'In a pattern, ! stands before %, _ or another !',
		'Write !! for one !',
	],
	[
		"city LIKE 'a!' ESCAPE '!'",
		11,
		"'a!'",
		'In a pattern, ! stands before %, _ or another !',
		'Write !! for one !',
	],
	...["''", "'ab'", "'%'", "'_'"].map((escape): Refusal => [
		`city LIKE 'a' ESCAPE ${escape}`,
		22,
		escape,
		'ESCAPE takes one character other than % and _',
		"Write ESCAPE '!'",
	]),
	[
		"city = 'a' ESCAPE '!'",
		12,
		'ESCAPE',
		'AND or OR is missing before ESCAPE',
		'Join two conditions by AND or OR',
	],
];

describe.each([
	['what other libraries let through', FAIL_OPEN_ELSEWHERE],
	['a name that is none', NAMES],
	['a sign that is none', SIGNS],
	['a number that is none', NUMBERS],
	['a type that does not fit', TYPES],
	['a shape that is none', SHAPES],
])('%s', (_title, refusals) => {
	it.each(refusals)('%s is refused at %i', (...[query, column, text, problem, hint]) => {
		const error = problemOf(query);
		expect({ ...error, message: error.message }).toEqual({
			name: 'AudienceError',
			column,
			position: [...query].slice(0, column - 1).join('').length,
			text,
			problem,
			hint,
			message: `${problem}, at column ${column}.${hint ? ` ${hint}` : ''}`,
		});
	});
});

describe('a refusal', () => {
	it('takes all of `unsubscribed IS NOT TRUE`, which another library dropped', () => {
		expect(parse('budget_max > 5000000 AND unsubscribed IS NOT TRUE')).toMatchObject({
			operands: [{ kind: 'compare' }, { kind: 'not', operand: { kind: 'isTruth' } }],
		});
	});

	it('lists no more than ten fields', () => {
		const many = Array.from({ length: 12 }, (_, index) => `field_${index}`);
		const fields = many.map((name) => ({ name, type: 'number' as const, column: name }));
		expect(() => parseAudience('x = 1', fields)).toThrow(
			`The fields are ${many.slice(0, 10).join(', ')} and others`,
		);
	});
});
