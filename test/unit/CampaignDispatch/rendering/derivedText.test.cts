import fc from 'fast-check';

import { compilePart } from './templates.cts';

describe('the text made from the HTML', () => {
	it.each<[string, string, string]>([
		['paragraphs', '<p>One</p><p>Two\n   lines</p>', 'One\n\nTwo lines'],
		['headings', '<h1>Homes</h1>Text', 'Homes\n\nText'],
		['line breaks', 'a<br>b<br/><BR>c', 'a\nb\n\nc'],
		['lists', '<p>x</p><ul>\n<li>a</li>\n<li>b <b>c</b></li></ul>d', 'x\n- a\n- b c\n\nd'],
		['rows and cells', '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
		['links', '<a href="https://a.b/?c=1&amp;d=2">See</a>.', 'See (https://a.b/?c=1&d=2).'],
		['links that say where they lead', '<a href="https://a.b">https://a.b</a>', 'https://a.b'],
		[
			'mail links',
			'<a href="mailto:g@a.b">g@a.b</a> <a href="tel:+63">Call</a>',
			'g@a.b Call (+63)',
		],
		['links within the mail', '<a href="#top">Up</a> <a name="top">x</a>', 'Up x'],
		[
			'links around images',
			'<a href="https://a.b"><img src="x" alt="Villa"></a>',
			'Villa (https://a.b)',
		],
		['links around nothing', 'x <a href="https://a.b"><img src="x"></a>', 'x https://a.b'],
		['images', 'x<img src="a" alt="Logo &amp; co">y<img alt="">', 'xLogo & coy'],
		['rules', 'a<hr>b', 'a\n\n---\n\nb'],
		[
			'entities',
			'a&nbsp;&amp;&lt;b&gt;&#8369;&#x20B1;&eacute;&unknown;&copy;',
			'a &<b>₱₱é&unknown;©',
		],
		['encoded braces', 'a &#123;&#123; x &#125;&#125; {% assign y = 1 %}', 'a {{ x }}'],
		[
			'what nobody sees',
			'<head><title>T</title><style>p{}</style></head><script>1</script>a<!-- b -->',
			'a',
		],
		['what is left open', '<div>a</div>b<div>c', 'a\nb\nc'],
	])('has %s', (_what, html, text) => {
		expect(compilePart('html', html).render({}).text).toBe(text);
	});

	const MAIL = `
		<p>Hello {{ name | default: 'you' }},</p>
		{% if homes.size > 0 -%}
		<p>These are new:</p>
		<table>
			{% for home in homes %}
			<tr {% if home.new %}class="new"{% endif %}>
				<td><a href="{{ home.url | with_utm }}">{{ home.title }}</a></td>
				<td>{{ home.price | money: 'PHP' }}</td>
			</tr>
			{% endfor %}
		</table>
		{% else %}
		<p>Nothing is new.</p>
		{% endif %}
		<ul>{% for tag in tags %}<li>{{ tag }}</li>{% endfor %}</ul>
		<p><a href="{{ bye }}">Unsubscribe</a></p>`;

	it('keeps its Liquid where it is', () => {
		const { text } = compilePart('html', MAIL).render({
			name: 'Dana & <b>co</b>\nBye: https://evil.example',
			homes: [
				{ title: 'Loft "A"', url: 'https://a.b/1', price: 5e6, new: true },
				{ title: 'Villa', url: 'javascript:alert(1)', price: 7.5e6 },
			],
			tags: ['sea', 'sun'],
			bye: 'https://a.b/bye',
			utm: { source: 'email' },
		});
		expect(text).toBe(
			[
				'Hello Dana & <b>co</b> Bye: https://evil.example,',
				'',
				'These are new:',
				'',
				'Loft "A" (https://a.b/1?utm_source=email) ₱5,000,000',
				'',
				'Villa (#) ₱7,500,000',
				'- sea',
				'- sun',
				'',
				'Unsubscribe (https://a.b/bye)',
			].join('\n'),
		);
	});

	it('follows the branches', () => {
		const { text } = compilePart('html', MAIL).render({ bye: 'https://a.b/bye' });
		expect(text).toBe('Hello you,\n\nNothing is new.\n\nUnsubscribe (https://a.b/bye)');
	});

	it('gives way to a text that the author wrote', () => {
		expect(compilePart('text', 'Hello {{ name }}\n\n\n  x').render({ name: 'A' }).text).toBe(
			'Hello A\n\n\n  x',
		);
	});

	it('of a mail of images is the subject', () => {
		expect(compilePart('html', '<img src="https://a.b/c.png">').render({}).text).toBe('Homes');
	});

	it('has no tag and no entity, whatever the HTML is made of', () => {
		const element = fc.constantFrom(
			'p',
			'div',
			'td',
			'li',
			'a',
			'b',
			'h2',
			'title',
			'style',
			'pre',
		);
		const word = fc.constantFrom(
			'sea',
			' view &amp; sun ',
			'\n',
			'<br>',
			'<!-- <b> -->',
			'<img alt=x>',
		);
		const html = fc.letrec<{ node: string }>((tie) => ({
			node: fc.oneof(
				{ maxDepth: 4 },
				word,
				fc
					.tuple(element, fc.array(tie('node'), { maxLength: 4 }))
					.map(([tag, inside]) => `<${tag} class="a>b" href='x'>${inside.join('')}</${tag}>`),
			),
		})).node;
		fc.assert(
			fc.property(html, (source) => {
				expect(compilePart('html', `${source}.`).render({}).text).not.toMatch(/[<>]|&amp;|\n{3}/);
			}),
		);
	});
});
