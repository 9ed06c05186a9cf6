import fc from 'fast-check';

import { cut } from '../../../../nodes/shared/text/cut';

describe('cutting a text', () => {
	it.each([
		['', 5, ''],
		['short', 5, 'short'],
		['longer', 5, 'longe'],
		['four🏠', 5, 'four'],
		['five🏠', 6, 'five🏠'],
		['🏠', 1, ''],
		['🏠', 0, ''],
	])('"%s" to %i characters leaves "%s"', (text, max, expected) => {
		expect(cut(text, max)).toBe(expected);
	});

	it('leaves a start of it that is whole, and at most one character short', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, max) => {
				const start = cut(text, max);
				expect(text.startsWith(start)).toBe(true);
				expect(start).not.toMatch(/\p{Cs}/u);
				expect(start.length).toBeLessThanOrEqual(max);
				expect(start.length).toBeGreaterThanOrEqual(Math.min(text.length, max) - 1);
			}),
		);
	});
});
