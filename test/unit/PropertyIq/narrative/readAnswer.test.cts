import fc from 'fast-check';

import { readAnswer } from '../../../../nodes/PropertyIq/narrative/readAnswer';

const ANSWER = {
	headline: '3-bedroom condo in Manila',
	description: 'A condo with {braces}, a \\ and a "quote".',
	highlights: ['3 bedrooms'],
	facts_used: ['bedrooms', 'city'],
	market_summary: '',
	caveats: [],
};
const JSON_TEXT = JSON.stringify(ANSWER);

const problemOf = (text: string) => {
	const verdict = readAnswer(text);
	return verdict.ok ? 'ok' : verdict.problem.rule;
};

describe('reading the answer of a model', () => {
	it.each([
		['JSON', JSON_TEXT],
		['JSON with space around it', `\n\n  ${JSON.stringify(ANSWER, null, 2)}\n`],
		['a fence', `\`\`\`json\n${JSON_TEXT}\n\`\`\``],
		['prose around it', `Sure! Here it is:\n${JSON_TEXT}\nLet me know if {you} need more.`],
		['braces in the prose before it', `As {you} asked: ${JSON_TEXT}`],
		['an unknown field', JSON.stringify({ ...ANSWER, mood: 'good' })],
	])('finds the object in %s', (_name, text) => {
		expect(readAnswer(text)).toEqual({ ok: true, answer: ANSWER });
	});

	it('does without the lists a small model forgets', () => {
		const { headline, description } = ANSWER;
		expect(readAnswer(JSON.stringify({ headline, description }))).toEqual({
			ok: true,
			answer: { ...ANSWER, highlights: [], facts_used: [] },
		});
	});

	it.each([
		['answer/empty', ''],
		['answer/empty', ' \n '],
		['answer/not-json', 'This modern condo offers excellent value.'],
		['answer/not-json', '[1, 2, 3]'],
		['answer/not-json', 'null'],
		['answer/refusal', "I'm sorry, but I can't help with that."],
		['answer/refusal', 'I cannot write this.'],
		['answer/broken-json', JSON_TEXT.slice(0, -10)],
		['answer/broken-json', `{"headline": 'single quotes'}`],
		['answer/wrong-shape', '{"refusal": "no"}'],
		['answer/wrong-shape', JSON.stringify({ ...ANSWER, headline: '' })],
		['answer/wrong-shape', JSON.stringify({ ...ANSWER, description: 5 })],
		['answer/wrong-shape', JSON.stringify({ ...ANSWER, highlights: 'many' })],
		['answer/wrong-shape', JSON.stringify({ ...ANSWER, description: 'x'.repeat(6001) })],
		['answer/too-long', `${JSON_TEXT}${' '.repeat(100_000)}`],
	])('says %s of %s', (rule, text) => {
		expect(problemOf(text)).toBe(rule);
	});

	it('names the fields that are wrong', () => {
		expect(readAnswer(JSON.stringify({ ...ANSWER, headline: 7 }))).toMatchObject({
			ok: false,
			problem: { message: 'headline: Expected string, received number' },
		});
	});

	it('takes out what cannot be seen, and keeps what a language needs', () => {
		const description = 'A\u200b \u202econdo\u0007\r\nwith می\u200cخواهم and 👩\u200d👧';
		const verdict = readAnswer(JSON.stringify({ ...ANSWER, description }));
		expect(verdict.ok && verdict.answer.description).toBe(
			'A condo \nwith می\u200cخواهم and 👩\u200d👧',
		);
	});

	it.each([
		['opening braces', '{'.repeat(100_000)],
		['nested lists', `{"a":${'['.repeat(99_000)}`],
		['quotes', '{"'.repeat(50_000)],
		['backslashes', `{"${'\\'.repeat(99_000)}`],
	])('finishes on 100 kB of %s', (_name, text) => {
		expect(problemOf(text)).toMatch(/^answer\//);
	});

	it('never throws', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.json(),
					fc.json().map((json) => `x ${json} y`),
				),
				(text) => {
					expect(problemOf(text)).toMatch(/^answer\/|^ok$/);
				},
			),
		);
	});
});
