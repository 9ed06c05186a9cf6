import fc from 'fast-check';

import { escapeHtml, noteHtml, noteText } from '../../../../../nodes/shared/vendors/crm/noteText';

const NOTE = {
	title: 'Lead score 85/100',
	sections: [
		{ heading: 'Score', lines: ['Budget 37 of 40', 'Location <near>'] },
		{ heading: 'Ask & answer', lines: [`"When?" isn't clear`] },
	],
};

describe('a note', () => {
	it('is plain HTML', () => {
		expect(noteHtml(NOTE, 'lead-ref-1')).toBe(
			'<p><strong>Score</strong></p><ul><li>Budget 37 of 40</li><li>Location &lt;near&gt;</li></ul>' +
				'<p><strong>Ask &amp; answer</strong></p>' +
				'<ul><li>&quot;When?&quot; isn&#39;t clear</li></ul>' +
				'<p>lead-ref-1</p>',
		);
	});

	it('is plain text', () => {
		expect(noteText(NOTE, 'lead-ref-1')).toBe(
			[
				'Score',
				'- Budget 37 of 40',
				'- Location <near>',
				'',
				'Ask & answer',
				`- "When?" isn't clear`,
				'',
				'lead-ref-1',
			].join('\n'),
		);
	});

	it('is its reference where there is nothing to say', () => {
		expect(noteHtml({ title: '', sections: [] }, 'lead-ref-1')).toBe('<p>lead-ref-1</p>');
		expect(noteText({ title: '', sections: [] }, 'lead-ref-1')).toBe('lead-ref-1');
	});

	it('has no element that it did not make itself, whatever its texts are', () => {
		const texts = fc.string({
			unit: fc.constantFrom('<', '>', '&', '"', "'", '/', 'b', ' ', '&amp;', '<script>'),
		});
		fc.assert(
			fc.property(texts, texts, texts, (heading, line, reference) => {
				const html = noteHtml({ title: '', sections: [{ heading, lines: [line] }] }, reference);
				const elements = html.match(/<[^>]*>/g)?.join('');
				expect(elements).toBe('<p><strong></strong></p><ul><li></li></ul><p></p>');
			}),
		);
	});

	it('can be read back, so that escaping loses nothing', () => {
		const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				const unescaped = escapeHtml(text).replace(
					/&(#?\w+);/g,
					(_all, name: string) => named[name]!,
				);
				expect(unescaped).toBe(text);
			}),
		);
	});
});
