import {
	compileUnderstanding,
	understand,
} from '../../../../nodes/MetaBroker/understanding/understand';
import type {
	IntentRule,
	PlaceAlias,
	UnderstandingSettings,
} from '../../../../nodes/MetaBroker/understanding/understanding';
import { NOW } from './samples.cts';

const BASE: UnderstandingSettings = {
	country: 'PH',
	rules: [],
	places: [],
	threshold: 0.5,
	now: NOW,
};

function names(text: string, settings: Partial<UnderstandingSettings>): string[] {
	return understand(text, { ...BASE, ...settings }).intents.map(({ name }) => name);
}

describe('rules of a person', () => {
	const pets: IntentRule = {
		intent: 'pet_question',
		phrases: ['pet friendly', 'Pwede po ba ang aso', 'alaga*'],
		weight: 0.8,
	};

	it.each([
		['Is it pet-friendly?', ['pet_question']],
		['pwede ba ang aso', ['pet_question']],
		['may alagang pusa ako', ['pet_question']],
		['carpet friendly', ['unknown']],
		['hindi pet friendly', ['unknown']],
	])('"%s" is %s', (text, intents) => {
		expect(names(text, { rules: [pets] })).toEqual(intents);
	});

	it('stand beside the built-in ones, and add to them', () => {
		const rules = [{ intent: 'price_inquiry', phrases: ['damage'], weight: 0.6 }];
		expect(names('whats the damage', { rules })).toEqual(['price_inquiry']);
		expect(names('hm', { rules })).toEqual(['price_inquiry']);
	});

	it('count from the threshold up', () => {
		expect(names('is it pet friendly', { rules: [pets], threshold: 0.8 })).toEqual([
			'pet_question',
		]);
		expect(names('is it pet friendly', { rules: [pets], threshold: 0.81 })).toEqual(['unknown']);
	});

	it.each<[what: string, rule: Partial<IntentRule>, says: string]>([
		['a name with a space', { intent: 'pet question' }, 'Rule 2 has the intent "pet question"'],
		['no name', { intent: '' }, 'Rule 2 has the intent ""'],
		['no weight', { weight: 0 }, 'Rule 2 (pet_question) has the weight 0'],
		['a weight above 1', { weight: 1.5 }, 'Rule 2 (pet_question) has the weight 1.5'],
		['a weight that is no number', { weight: NaN }, 'Rule 2 (pet_question) has the weight NaN'],
		['no phrase', { phrases: [] }, 'Rule 2 (pet_question) has no phrase'],
		['an empty phrase', { phrases: [' '] }, 'Rule 2 (pet_question) has the phrase " "'],
		['signs only', { phrases: ['!!'] }, 'Rule 2 (pet_question) has the phrase "!!"'],
		['a courtesy only', { phrases: ['po'] }, 'Rule 2 (pet_question) has the phrase "po"'],
		['a star alone', { phrases: ['a*'] }, 'Rule 2 (pet_question) has "a*"'],
		['a long phrase', { phrases: ['a b c d e f g h i j'] }, 'Rule 2 (pet_question) has the phrase'],
	])('are refused with %s', (_, rule, says) => {
		const compile = () => compileUnderstanding({ ...BASE, rules: [pets, { ...pets, ...rule }] });
		expect(compile).toThrow(RangeError);
		expect(compile).toThrow(says);
		expect(compile).toThrow(
			expect.objectContaining({ hint: expect.stringMatching(/^[A-Z].*\.$/) }),
		);
	});
});

describe('places of a person', () => {
	const places: PlaceAlias[] = [
		{ place: 'Azure North', aliases: ['Azure', 'the beach towers'] },
		{ place: 'Makati CBD', aliases: ['Ayala Center'] },
	];

	it.each([
		['Any unit at azure north?', ['Azure North']],
		['The Beach Towers po', ['Azure North']],
		['ayala center or BGC', ['Makati CBD', 'Bonifacio Global City']],
		['Azurea', undefined],
	])('"%s" is in %s', (text, expected) => {
		expect(understand(text, { ...BASE, places }).slots.places).toEqual(expected);
	});

	it('are refused without a name', () => {
		const compile = () => compileUnderstanding({ ...BASE, places: [{ place: ' ', aliases: [] }] });
		expect(compile).toThrow('Place 1 has no name');
	});
});

describe('settings', () => {
	it.each([
		[{ country: 'Atlantis' }, '"Atlantis" is no country'],
		[{ threshold: 1.2 }, 'The threshold is 1.2'],
		[{ threshold: NaN }, 'The threshold is NaN'],
	])('%j are refused', (settings, says) => {
		expect(() => understand('hi', { ...BASE, ...settings })).toThrow(says);
	});

	it('name the country of numbers without a calling code', () => {
		const { contact } = understand('(415) 555-2671', { ...BASE, country: 'US' });
		expect(contact.phone).toBe('+14155552671');
	});
});
