import { understood } from './samples.cts';

describe('the language of a message', () => {
	it.each([
		['Looking for 3BR condo in BGC', 'en'],
		['Is this still available?', 'en'],
		['Need a condo in Makati', 'en'],
		['How much is the monthly rent?', 'en'],
		['thank you', 'en'],
		['magkano po', 'tl'],
		['saan po ito', 'tl'],
		['pwede po bang tumingin bukas', 'tl'],
		['naghahanap po ako ng bahay', 'tl'],
		['gusto ko pong ibenta ang lupa ko', 'tl'],
		['magkano po ang condo sa BGC', 'tl'],
		['may available pa ba', 'taglish'],
		['available pa po ba yung condo', 'taglish'],
		['need ko po ng apartment, budget 20k monthly', 'taglish'],
		['how much po yung 2BR', 'taglish'],
		['5M', 'unknown'],
		['', 'unknown'],
		['BGC condo', 'unknown'],
		['¿Cuánto cuesta?', 'unknown'],
		['مرحبا', 'unknown'],
	])('of "%s" is %s', (text, code) => {
		expect(understood(text).language.code).toBe(code);
	});

	it('is surer the more words speak for it: n / (n + 1)', () => {
		expect(understood('magkano').language).toEqual({ code: 'tl', confidence: 0.5 });
		expect(understood('magkano po').language).toEqual({ code: 'tl', confidence: 0.67 });
		expect(understood('condo').language).toEqual({ code: 'unknown', confidence: 0 });
	});

	it('takes "25k/mo" for no Tagalog word', () => {
		expect(understood('25k/mo').language.code).toBe('unknown');
	});
});
