import type { AudienceField } from '../../../../nodes/CampaignDispatch/audience/fields';
import { parseAudience } from '../../../../nodes/CampaignDispatch/audience/parser';
import { nearestName } from '../../../../nodes/CampaignDispatch/audience/nearestName';

const beds: AudienceField = { name: 'beds', type: 'number', column: 'leads.beds' };
const parse = (fields: readonly AudienceField[]) => () => parseAudience('beds = 1', fields);

describe('the fields that a person gives', () => {
	it.each<[string, readonly AudienceField[]]>([
		['An audience needs at least one field', []],
		['"be ds" is no name of a field: use letters, digits and _', [{ ...beds, name: 'be ds' }]],
		['"" is no name of a field', [{ ...beds, name: '' }]],
		['"1bed" is no name of a field', [{ ...beds, name: '1bed' }]],
		['"a.b" is no name of a field', [{ ...beds, name: 'a.b' }]],
		['A field cannot be called "Not"', [{ ...beds, name: 'Not' }]],
		['There are two fields called "BEDS"', [beds, { ...beds, name: 'BEDS' }]],
		[
			'"integer" is no type of a field: "beds" may be number, text, boolean, date',
			[{ ...beds, type: 'integer' as AudienceField['type'] }],
		],
		...[
			'',
			'a b',
			'a"b',
			'a.b.c',
			'a`',
			'a;b',
			'1a',
			'a.',
			'$1',
			"a'",
			'a\n',
			`a${'b'.repeat(63)}`,
		].map((column): [string, readonly AudienceField[]] => [
			`"${column}", of the field "beds", is no name of a column`,
			[{ ...beds, column }],
		]),
		[
			'An audience has at most 200 fields, not 201',
			Array.from({ length: 201 }, (_, index) => ({ ...beds, name: `beds_${index}` })),
		],
	])('are refused: %s', (problem, fields) => {
		expect(parse(fields)).toThrow(RangeError);
		expect(parse(fields)).toThrow(problem);
	});

	it('are found in any case, and keep their own', () => {
		const field: AudienceField = { name: 'Beds', type: 'number', column: 'Lead.NumBeds' };
		expect(parseAudience('bEDS = 1', [field])).toMatchObject({ field });
	});
});

describe('the name that was meant', () => {
	const NAMES = ['beds', 'baths', 'budget_min', 'budget_max', 'city', 'id'];
	it.each([
		['bed', 'beds'],
		['bedz', 'beds'],
		['bdes', 'beds'],
		['BEDS_', 'beds'],
		['budgetmax', 'budget_max'],
		['budget_mx', 'budget_max'],
		['citty', 'city'],
		['bath', 'baths'],
		['ib', undefined],
		['xyz', undefined],
		['salary', undefined],
		['bedrooms', undefined],
	])('by %s is %s', (written, meant) => {
		expect(nearestName(written, NAMES)).toBe(meant);
	});
});
