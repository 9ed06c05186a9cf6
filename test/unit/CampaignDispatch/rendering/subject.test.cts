import { compilePart, errorOf, renderOne } from './templates.cts';

describe('the subject', () => {
	it.each([
		['markup', 'R&D <b>"it\'s"</b>', 'R&D <b>"it\'s"</b>'],
		['a header', 'Dana\r\nBcc: all@a.b', 'Dana Bcc: all@a.b'],
		['a bare line break', 'a\nb\rc', 'a b c'],
		['other line breaks', 'a\u2028b\u2029c\u0085d\vE', 'a b c d E'],
		['control characters', 'a\u0000b\u001b[0mc', 'a b [0mc'],
		['a text turned around', 'a\u202egnp.exe\u2066b', 'agnp.exeb'],
		['hidden characters', 'a\u200bb\ufeffc\u00ad', 'abc'],
		['half a character', 'a\ud83db', 'ab'],
		['emoji', '🏡 Villa 👨‍👩‍👧', '🏡 Villa 👨‍👩‍👧'],
		['other scripts', 'Señor Niño ₱5M שלום مرحبا 東京', 'Señor Niño ₱5M שלום مرحبا 東京'],
		['blanks around', '  a   b ', 'a b'],
	])('with %s', (_what, name, subject) => {
		expect(renderOne('subject', '{{ name }}', { name })).toBe(subject);
	});

	it('is one line even where the template is not', () => {
		expect(renderOne('subject', 'Homes\n  in {{ city | newline_to_br }}', { city: 'a\nb' })).toBe(
			'Homes in a b',
		);
	});

	it('stays below the 998 bytes of a header line', () => {
		for (const character of ['x', 'ñ', '₱', '🏡']) {
			const subject = renderOne('subject', '{{ name }}', { name: character.repeat(5000) });
			expect(Buffer.byteLength(`Subject: ${subject}`)).toBeLessThanOrEqual(998);
			expect(subject).toMatch(/…$/);
			expect(subject).not.toMatch(/\p{Cs}/u);
		}
	});

	it.each(['', '  ', '\u200b', '\r\n', null, undefined])('cannot be empty: %j', (name) => {
		const error = errorOf(() => compilePart('subject', '{{ name }}').render({ name }));
		expect([error.part, error.message]).toEqual([
			'subject',
			'The subject is empty for this recipient',
		]);
	});
});
