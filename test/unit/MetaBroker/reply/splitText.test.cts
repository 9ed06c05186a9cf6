import fc from 'fast-check';

import { splitText } from '../../../../nodes/MetaBroker/reply/splitText';

const CHANNELS = ['facebook', 'instagram'] as const;
const FAMILY = '👩‍👩‍👧‍👦';

function withoutSpace(text: string): string {
	return text.replace(/\s+/g, '');
}

function fits(part: string, channel: 'facebook' | 'instagram'): boolean {
	return channel === 'facebook'
		? part.length <= 2000
		: new TextEncoder().encode(part).length <= 1000;
}

function peopleSee(text: string): string[] {
	const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
	return [...segmenter.segment(withoutSpace(text))].map(({ segment }) => segment);
}

const word = fc.oneof(
	fc.stringMatching(/^[a-z]{1,12}$/),
	fc.constantFrom('Magkano', 'po', 'ñ', '₱5,000,000', '東京都', 'e\u0301', FAMILY, '🇵🇭', '👍🏽'),
	fc.constantFrom('condo.', 'talaga?!', '(Makati.)', '…', 'x'.repeat(1500), FAMILY.repeat(80)),
);
const address = fc
	.integer({ min: 1, max: 400 })
	.map((length) => `https://www.example.com/${'u'.repeat(length)}?id=${length}`);
const space = fc.constantFrom(' ', ' ', ' ', '\n', '\n\n', ' \n \n ', '\t');
const text = fc
	.array(fc.oneof({ weight: 5, arbitrary: word }, { weight: 1, arbitrary: address }, space), {
		maxLength: 400,
	})
	.chain((words) =>
		fc.array(space, { minLength: words.length, maxLength: words.length }).map((spaces) =>
			// An address ends where something follows that no address has.
			words.map((one, index) => `${one}${one.includes('://') ? spaces[index] : ''}`).join(''),
		),
	);
const spaced = fc
	.array(fc.tuple(word, space), { maxLength: 600 })
	.map((pairs) => pairs.flat().join(''));

describe('splitting a text', () => {
	it.each<['facebook' | 'instagram', string, number, number]>([
		['facebook', 'a', 2000, 1],
		['facebook', 'a', 2001, 2],
		['facebook', 'ñ', 2000, 1],
		['facebook', '😀', 1000, 1],
		['facebook', '😀', 1001, 2],
		['instagram', 'a', 1000, 1],
		['instagram', 'a', 1001, 2],
		['instagram', 'ñ', 500, 1],
		['instagram', 'ñ', 501, 2],
		['instagram', '₱', 333, 1],
		['instagram', '₱', 334, 2],
		['instagram', '😀', 250, 1],
		['instagram', '😀', 251, 2],
	])('on %s "%s" %i times makes %i', (channel, letter, times, parts) => {
		expect(splitText(letter.repeat(times), channel)).toHaveLength(parts);
	});

	it.each<[string, string, string[]]>([
		['nothing', '', []],
		['nothing but white space', ' \n\t ', []],
		['a short text', ' Hello\r\nAna ', ['Hello\nAna']],
		[
			'a paragraph, rather than a sentence after it',
			`${'a'.repeat(900)}\n \n${'b'.repeat(300)}. ${'c'.repeat(900)}`,
			['a'.repeat(900), `${'b'.repeat(300)}. ${'c'.repeat(900)}`],
		],
		[
			'a sentence, rather than a word after it',
			`${'a '.repeat(600)}end. ${'b '.repeat(500)}c`,
			[`${'a '.repeat(600)}end.`, `${'b '.repeat(500)}c`],
		],
		[
			'a sentence that ends in brackets or quotes',
			`${'a '.repeat(600)}(end.)” ${'b '.repeat(500)}c`,
			[`${'a '.repeat(600)}(end.)”`, `${'b '.repeat(500)}c`],
		],
		[
			'a line',
			`${'a '.repeat(600)}end\n${'b '.repeat(500)}c`,
			[`${'a '.repeat(600)}end`, `${'b '.repeat(500)}c`],
		],
		[
			'a word, where the paragraph would be a scrap',
			`Hi\n\n${'a '.repeat(1500)}b`,
			[`Hi\n\n${'a '.repeat(997)}a`, `${'a '.repeat(502)}b`],
		],
		['a long word', 'a'.repeat(4001), ['a'.repeat(2000), 'a'.repeat(2000), 'a']],
		[
			'a long word with an address in it',
			`${'東'.repeat(1990)}https://www.example.com/1${'京'.repeat(20)}`,
			['東'.repeat(1990), `https://www.example.com/1${'京'.repeat(20)}`],
		],
		[
			'an address that is longer than a message',
			`https://e.co/${'a'.repeat(3000)}`,
			[`https://e.co/${'a'.repeat(1987)}`, 'a'.repeat(1013)],
		],
		[
			'people who would lose their family',
			`${'a'.repeat(1995)}${FAMILY}b`,
			['a'.repeat(1995), `${FAMILY}b`],
		],
		['halves of characters', 'a\ud83db\ude00c', ['abc']],
	])('cuts %s', (_name, given, parts) => {
		expect(splitText(given, 'facebook')).toEqual(parts);
	});

	it('cuts even what people see as one endless letter', () => {
		const parts = splitText(`e${'\u0301'.repeat(5000)}`, 'facebook');
		expect(parts.map(({ length }) => length)).toEqual([2000, 2000, 1001]);
	});

	it.each(CHANNELS)('loses nothing but white space, and every part fits on %s', (channel) => {
		fc.assert(
			fc.property(
				fc.oneof(text, spaced, fc.string({ unit: 'binary', maxLength: 3000 })),
				(given) => {
					const parts = splitText(given, channel);
					expect(withoutSpace(parts.join(''))).toBe(withoutSpace(given.replace(/\p{Cs}/gu, '')));
					for (const part of parts) {
						expect(part).not.toBe('');
						expect(part.trim()).toBe(part);
						expect(fits(part, channel)).toBe(true);
						expect(part).not.toMatch(/\p{Cs}/u);
					}
				},
			),
		);
	});

	it.each(CHANNELS)('leaves addresses and characters whole on %s', (channel) => {
		fc.assert(
			fc.property(text, (given) => {
				const parts = splitText(given, channel);
				const addresses = given.match(/https:\/\/www\.example\.com\/u+\?id=\d+/g) ?? [];
				const whole = parts.flatMap(
					(part) => part.match(/https:\/\/www\.example\.com\/u+\?id=\d+/g) ?? [],
				);
				expect(whole).toEqual(addresses);
				expect(parts.flatMap(peopleSee)).toEqual(peopleSee(given));
			}),
		);
	});

	it.each(CHANNELS)('leaves words whole where they stand apart on %s', (channel) => {
		fc.assert(
			fc.property(spaced, (given) => {
				const words = given.split(/\s+/).filter((one) => one !== '' && fits(one, channel));
				const kept = splitText(given, channel).flatMap((part) => part.split(/\s+/));
				expect(kept).toEqual(expect.arrayContaining(words));
			}),
		);
	});

	it('makes no more parts than twice what is needed', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 20_000 }), (given) => {
				const parts = splitText(given, 'facebook');
				// Two that follow each other do not fit into one where a third of one is the least.
				expect(parts.length).toBeLessThanOrEqual(Math.ceil(given.length / (2000 / 3)) + 1);
			}),
		);
	});

	it.each([
		['dots', '.'],
		['dots and spaces', '. '],
		['spaces', ' '],
		['the starts of addresses', 'https://'],
		['more of them', 'www.'],
		['marks without a letter', '\u0301'],
		['flags', '🇵'],
		['joiners', '👩\u200d'],
		['line breaks', '\n\t'],
	])('comes to an end with a million %s', (_name, piece) => {
		const given = `x${piece.repeat(Math.ceil(1_000_000 / piece.length))}y`;
		const parts = splitText(given, 'instagram');
		expect(withoutSpace(parts.join('')).length).toBe(withoutSpace(given).length);
	});
});
