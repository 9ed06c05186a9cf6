import fc from 'fast-check';

import { oneLine } from '../../../../nodes/shared/text/oneLine';

describe('text as one line', () => {
	it.each([
		['plain', 'Two bedrooms', 'Two bedrooms'],
		['with spaces around', '  Two   bedrooms ', 'Two bedrooms'],
		['with line breaks and tabs', 'Two\r\nbed\trooms\u2028now', 'Two bed rooms now'],
		['with control characters', 'Two\u0000\u0007bedrooms', 'Two bedrooms'],
		['written from right to left by force', 'Two\u202ebedrooms', 'Twobedrooms'],
		['with a byte order mark and a soft hyphen', '\ufeffTwo bed\u00adrooms', 'Two bedrooms'],
		['with half a character', 'Two\ud83c bedrooms', 'Two bedrooms'],
		['with an emoji of several parts', 'Family 👨‍👩‍👧', 'Family 👨‍👩‍👧'],
		['with accents and signs', 'Piñon St ₱5', 'Piñon St ₱5'],
		['empty', ' \n ', ''],
	])('%s', (_what, text, line) => {
		expect(oneLine(text, 40)).toBe(line);
	});

	it('says that it was cut, and is never longer than asked for', () => {
		expect(oneLine('1234567890', 10)).toBe('1234567890');
		expect(oneLine('12345678901', 10)).toBe('123456789…');
		expect(oneLine('12345678🏡1', 10)).toBe('12345678…');
	});

	it('is one line of Unicode text within its bounds, whatever it was', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: 'binary', maxLength: 400 }),
				fc.integer({ min: 1, max: 60 }),
				(text, maxLength) => {
					const line = oneLine(text, maxLength);
					expect(line.length).toBeLessThanOrEqual(maxLength);
					expect(line).not.toMatch(/[\p{Cc}\p{Cs}\n]/u);
					expect(oneLine(line, maxLength)).toBe(line);
				},
			),
		);
	});
});
