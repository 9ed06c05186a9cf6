import fc from 'fast-check';

import { escapeHtml } from '../../../nodes/shared/vendors/crm/noteText';
import { plainText } from '../../../sandbox/console/plainText.cts';

describe('the text of a note', () => {
	it.each([
		['', ''],
		['budget < 5M and > 3M', 'budget < 5M and > 3M'],
		['a<b and c>d', 'a<b and c>d'],
		['R&amp;D', 'R&amp;D'],
		['<p>R&amp;D</p>', 'R&D'],
		['<p>&amp;lt;b&amp;gt;</p>', '&lt;b&gt;'],
		['<p>one</p><p>two</p>', 'one\ntwo'],
		['<div>one<br/>two<br>three</div>', 'one\ntwo\nthree'],
		['<p>Why</p><ul><li>a</li><li>b</li></ul><p>end</p>', 'Why\n- a\n- b\n\nend'],
		['<p onclick="x()">hi<img src=x onerror=y()></p>', 'hi'],
		['<link rel="x"><b>bold</b>', 'bold'],
	])('of %j reads %j', (html, text) => {
		expect(plainText(html)).toBe(text);
	});

	it('is what was written, whatever was escaped into it', () => {
		const markup = fc.constantFrom('<', '>', '&', ';', '"', "'", '/', 'p', 'lt', 'amp', '#39', ' ');
		const written = fc
			.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: markup }))
			.filter((text) => text.trim() === text);
		fc.assert(
			fc.property(written, (text) => {
				expect(plainText(`<p>${escapeHtml(text)}</p>`)).toBe(text);
			}),
		);
	});
});
