import { compilePart, errorOf, renderOne } from './templates.cts';

describe('what data may stand in', () => {
	it.each([
		['text', '<p>{{ x }}</p>', '<p>&lt;b&gt;&#34;&amp;&#39;</p>'],
		['a quoted attribute', '<img alt="{{ x }}">', '<img alt="&lt;b&gt;&#34;&amp;&#39;">'],
		[
			'an attribute in single quotes',
			"<p title='{{ x }}'>",
			"<p title='&lt;b&gt;&#34;&amp;&#39;'>",
		],
		['the title', '<title>{{ x }}</title>', '<title>&lt;b&gt;&#34;&amp;&#39;</title>'],
		[
			'a text area',
			'<textarea>{{ x }}</textarea>',
			'<textarea>&lt;b&gt;&#34;&amp;&#39;</textarea>',
		],
		['text behind a bare <', 'a < b {{ x }}', 'a < b &lt;b&gt;&#34;&amp;&#39;'],
		['text behind a comment', '<!-- > -->{{ x }}', '<!-- > -->&lt;b&gt;&#34;&amp;&#39;'],
		['text behind the shortest comment', '<!-->{{ x }}', '<!-->&lt;b&gt;&#34;&amp;&#39;'],
		[
			'text behind a script',
			'<script>"<"</script>{{ x }}',
			'<script>"<"</script>&lt;b&gt;&#34;&amp;&#39;',
		],
		['an unusual attribute', '<td data-x="{{ x }}">', '<td data-x="&lt;b&gt;&#34;&amp;&#39;">'],
	])('%s', (_place, template, rendered) => {
		expect(renderOne('html', template, { x: `<b>"&'` })).toBe(rendered);
	});

	it.each([
		['a tag', '<{{ x }}>', /part of a tag/],
		['a closing tag', '</{{ x }}>', /part of a tag/],
		['between attributes', '<p {{ x }}>', /part of a tag/],
		['the name of an attribute', '<p data-{{ x }}="1">', /part of a tag/],
		['an attribute without quotes', '<p title={{ x }}>', /title has no quotes/],
		['the rest of one', '<a href=https://{{ x }}>', /href has no quotes/],
		['a comment', '<!-- {{ x }} -->', /comment/],
		['a conditional comment', '<!--[if mso]><a href="{{ x }}"><![endif]-->', /comment/],
		['a declaration', '<!doctype {{ x }}>', /comment/],
		['a script', '<script>{{ x }}</script>', /script/],
		['a script in capitals', '<SCRIPT type="a">var a = "{{ x }}"</SCRIPT>', /script/],
		['behind a false end of a script', '<script></scripts>{{ x }}</script>', /script/],
		['a style', '<style>p { color: {{ x }} }</style>', /style/],
		['a style attribute', '<p style="color: {{ x }}">', /style/],
		['a handler', '<p onclick="go({{ x }})">', /script/],
		['a handler in capitals', '<p ONCLICK="{{ x }}">', /script/],
		['a list of images', '<img srcset="{{ x }} 2x">', /attribute srcset/],
		['the document of a frame', '<iframe srcdoc="{{ x }}"></iframe>', /attribute srcdoc/],
		['a refresh', '<meta http-equiv="refresh" content="0;url={{ x }}">', /attribute content/],
		['half a scheme', '<a href="java{{ x }}">', /whole scheme/],
		['a script address', '<a href="javascript:{{ x }}">', /whole scheme/],
		['an encoded scheme', '<a href="&#106;avascript:{{ x }}">', /whole scheme/],
		['a relative address', '<a href="/homes/{{ x }}">', /whole scheme/],
		['two variables as one address', '<a href="{{ x }}{{ y }}">', /whole scheme/],
		['an address made in a loop', '<a href="{% for i in x %}{{ i }}{% endfor %}">', /whole scheme/],
		[
			'an address begun in one branch',
			'<a href="{% if x %}https://a.b/{% endif %}{{ y }}">',
			/whole scheme/,
		],
		['lines in an attribute', '<p title="{{ x | newline_to_br }}">', /newline_to_br/],
		['a drawing', '<svg><title><a href="{{ x }}">', /SVG/],
	])('is not %s', (_place, template, message) => {
		const error = errorOf(() => compilePart('html', template));
		expect(error.message).toMatch(message);
		expect(error.part).toBe('html');
		expect(error.hint).toMatch(/\w{3}.*\.$/);
	});

	it('says where', () => {
		const error = errorOf(() => compilePart('html', '<p>\n\t<a href={{ x }}>\n</p>'));
		expect([error.line, error.column]).toEqual([2, 10]);
		expect(error.hint).toBe('Put quotes around it: href="{{ … }}".');
	});

	it.each([
		['attributes', '<p {% if x %}class="a"{% endif %} id="b">{{ y }}</p>'],
		['attributes glued to a name', '<p{% if x %} class="a"{% endif %}>{{ y }}</p>'],
		['bare attributes', '<input {% if x %}checked{% endif %}>{{ y }}'],
		['values', '<a href="{% if x %}{{ y }}{% else %}https://a.b/{% endif %}">a</a>'],
		[
			'the rest of addresses',
			'<a href="{% if x %}https://a.b/{% else %}http://c.d/{% endif %}{{ y }}">',
		],
		['whole elements', '{% if x %}<b>{{ y }}</b>{% elsif z %}<i>{{ y }}</i>{% endif %}'],
		['elements by case', '{% case x %}{% when 1 %}<b>1</b>{% else %}<i>2</i>{% endcase %}{{ y }}'],
		[
			'rows',
			'<table>{% for r in x %}<tr><td>{{ r }}</td></tr>{% else %}<tr></tr>{% endfor %}</table>',
		],
		[
			'elements until a break',
			'{% for r in x %}<b>{{ r }}</b>{% if y %}{% break %}{% endif %}{% endfor %}',
		],
		['styles', '<p style="{% if x %}color: red{% endif %}">{{ y }}</p>'],
	])('%s may depend on conditions', (_what, template) => {
		expect(() => compilePart('html', template)).not.toThrow();
	});

	it.each([
		['a tag', '{% if x %}<p{% endif %}>{{ y }}'],
		['a quote', '<p title="{% if x %}"{% endif %}>{{ y }}'],
		['a comment', '{% if x %}<!--{% endif %}{{ y }}-->'],
		['a script', '{% for i in x %}<script>{% endfor %}'],
		['a tag before a break', '{% for i in x %}<p {% if y %}{% break %}{% endif %}>{% endfor %}'],
		['a name within a name', '<p {% if x %}hr{% else %}s{% endif %}ef="{{ y }}">'],
		['another tag by case', '{% case x %}{% when 1 %}<a {% else %}<b {% endcase %}>'],
	])('a branch cannot open %s for what follows', (_what, template) => {
		expect(errorOf(() => compilePart('html', template)).message).toMatch(
			/different places|without a space/,
		);
	});

	it.each(['<p>{{ x }}</p', '<p title="a', '<!-- {% if x %}{% endif %}', '<style>p {}'])(
		'HTML that ends in the middle is refused: %s',
		(template) => {
			expect(errorOf(() => compilePart('html', template)).message).toMatch(/ends within/);
		},
	);
});

describe('addresses', () => {
	it.each([
		['https://a.b/c?d=1&e=2#f', 'https://a.b/c?d=1&amp;e=2#f'],
		['HTTP://A.B', 'HTTP://A.B'],
		[' https://a.b/ ', 'https://a.b/'],
		['mailto:grace@harbor.example', 'mailto:grace@harbor.example'],
		['tel:+63281234567', 'tel:+63281234567'],
		['https://a.b/"><script>', 'https://a.b/&#34;&gt;&lt;script&gt;'],
		['https://ñandú.ph/₱', 'https://ñandú.ph/₱'],
	])('%s stays', (url, href) => {
		expect(renderOne('html', '<a href="{{ url }}">', { url })).toBe(`<a href="${href}">`);
	});

	it.each<[unknown]>([
		['javascript:alert(1)'],
		['JaVaScRiPt:alert(1)'],
		[' \t\njavascript:alert(1)'],
		['java\tscript:alert(1)'],
		['java\r\nscript:alert(1)'],
		['\u0000javascript:alert(1)'],
		['\u200bjavascript:alert(1)'],
		['\u202ejavascript:alert(1)'],
		['&#106;avascript:alert(1)'],
		['&#x6A;avascript&colon;alert(1)'],
		['javascript&#58;alert(1)'],
		['data:text/html,<script>alert(1)</script>'],
		['vbscript:msgbox(1)'],
		['file:///etc/passwd'],
		['//evil.example/'],
		['/homes/1'],
		['\\\\evil.example\\'],
		['https:\\\\evil.example'],
		['https:evil.example'],
		['https://'],
		['www.harbor.example'],
		[''],
		[null],
		[undefined],
		[5],
		[['https://a.b', 'javascript:1'].reverse()],
	])('%j becomes #', (url) => {
		expect(renderOne('html', "<a href='{{ url }}'>", { url })).toBe("<a href='#'>");
		const early = '<img src=" {% if true %}{{ url | strip }}{% endif %}">';
		expect(renderOne('html', early, { url })).toBe('<img src=" #">');
	});

	it.each(['href', 'src', 'action', 'background', 'formaction', 'poster', 'cite', 'HREF'])(
		'are looked at in %s',
		(attribute) => {
			const template = `<x ${attribute} = "{{ url }}">`;
			expect(renderOne('html', template, { url: 'javascript:1' })).toBe(`<x ${attribute} = "#">`);
		},
	);

	it('may go on with data behind their beginning', () => {
		const template =
			'<a href="https://a.b/{{ id }}?n={{ n | url_encode }}"><a href="{{ base }}/x/{{ id }}">';
		const rendered = renderOne('html', template, { id: 7, n: 'a b&c=ñ', base: 'https://c.d' });
		expect(rendered).toBe(
			'<a href="https://a.b/7?n=a%20b%26c%3D%C3%B1"><a href="https://c.d/x/7">',
		);
		expect(renderOne('html', template, { base: 'javascript:1' })).toMatch(/<a href="#\/x\/">$/);
	});
});
