import { TemplateError } from '../../../../nodes/CampaignDispatch/rendering/templateError';
import { compilePart, errorOf, renderOne } from './templates.cts';

const PARTS = ['subject', 'html', 'text'] as const;

describe('the language of templates', () => {
	it.each([
		['include', '{% include "package.json" %}', /cannot include files/],
		['render', "{% render 'a' %}", /cannot include files/],
		['layout', '{% layout "a" %}', /cannot include files/],
		['block', '{% block a %}{% endblock %}', /cannot include files/],
		['raw as a tag', '{% raw %}{{ x }}{% endraw %}', /\{% raw %\} is not allowed/],
		['capture', '{% capture a %}b{% endcapture %}', /escaped twice/],
		['echo', '{% echo x %}', /one way only/],
		['liquid', '{% liquid\necho x %}', /one way only/],
		['cycle', '{% cycle x, y %}', /one way only/],
		['tablerow', '{% tablerow i in x %}{% endtablerow %}', /tablerow/],
		['increment', '{% increment x %}', /changes the data/],
		['decrement', '{% decrement x %}', /changes the data/],
		['an unknown tag', '{% iff x %}{% endif %}', /no tag \{% iff %\}/],
		['an end without a beginning', 'a{% endif %}', /\{% endif %\} stands without its beginning/],
		['a tag that stays open', '{% if x %}a', /\{% if x %\} is never closed/],
		['a tag without its end', '{% if x', /never closed/],
		['an output without its end', 'a {{ x', /never closed/],
		['an output of nothing', '{{ }}', /name of a variable is missing/],
		['a filter without |', '{{ x upcase: }}', /filter was expected/],
		['= for ==', '{% if x = 1 %}{% endif %}', /filter was expected/],
		['raw as a filter', '{{ x | raw }}', /"raw" is not offered/],
		['raw in a condition', '{% if x | raw %}{% endif %}', /"raw" is not offered/],
		['raw in an assign', '{% assign y = x | raw %}', /"raw" is not offered/],
		['sample', '{{ x | sample }}', /"sample" is not offered/],
		['json', '{{ x | json }}', /"json" is not offered/],
		['a filter that runs data', '{{ x | where_exp: "i", y }}', /no filter "where_exp"/],
		['an unknown filter', '{{ x | shout }}', /no filter "shout"/],
		['the time', '{{ "now" | date: "%Y" }}', /cannot ask for "now"/],
		[
			'the day',
			"{% if true %}{% assign d = 'TODAY' | date %}{% endif %}",
			/cannot ask for 'TODAY'/,
		],
		['the time in a condition', '{% if "now" | date: "%Y" %}{% endif %}', /cannot ask for "now"/],
		['a character that is none', 'a\0b', /U\+0000/],
		['tags without end within tags', '{% if x %}'.repeat(60), /too many tags|within tags/i],
		['tags without number', '{% if x %}{% endif %}'.repeat(1001), /more than 2000 tags/],
		['more than 256 kB', 'x'.repeat(262_145), /more than 262144 characters/],
		['nothing at all', ' \n', /is empty/],
	])('has no %s', (name, source, message) => {
		for (const part of PARTS) {
			if (name === 'nothing at all' && part === 'text') continue;
			const error = errorOf(() => compilePart(part, source));
			expect(error.message).toMatch(message);
			expect(error.part).toBe(part);
			expect(error.hint).toMatch(/\.$/);
		}
	});

	it('says the place of a mistake', () => {
		const error = errorOf(() => compilePart('text', 'Hello,\n\n  {{ x | shout }}'));
		expect([error.part, error.line, error.column]).toEqual(['text', 3, 3]);
	});

	it.each<[string, string, Record<string, unknown>, string]>([
		['choices', '{% if a > 1 %}x{% elsif b %}y{% else %}z{% endif %}', { b: true }, 'y'],
		['unless', '{% unless a %}x{% endunless %}', {}, 'x'],
		['case', '{% case a %}{% when 1, 2 %}x{% else %}y{% endcase %}', { a: 2 }, 'x'],
		[
			'loops',
			'{% for i in a limit: 2 %}{{ forloop.index }}{{ i.n }} {% endfor %}.',
			{ a: [{ n: 'x' }, { n: 'y' }, {}] },
			'1x 2y .',
		],
		['empty loops', '{% for i in a %}x{% else %}none{% endfor %}', { a: [] }, 'none'],
		['ranges', '{% for i in (1..3) %}{{ i }}{% endfor %}', {}, '123'],
		['names', '{% assign a = b | append: "!" %}{{ a }}', { b: 'x' }, 'x!'],
		['notes', 'a{% comment %}{{ x | raw }}{% include "y" %}{% endcomment %}b{% # c %}', {}, 'ab'],
		['sorting', '{{ a | sort: "n" | map: "n" | join: "," }}', { a: [{ n: 3 }, { n: 1 }] }, '1,3'],
		['picking', '{% assign w = a | where: "k", "v" %}{{ w.size }}', { a: [{ k: 'v' }, {}] }, '1'],
		['white space', 'a {%- if true -%} b {%- endif -%} c', {}, 'abc'],
		['braces', '{{ "{{" }} x', {}, '{{ x'],
		['a default', 'Hi {{ n | default: "there" }}', { n: ' ' }, 'Hi there'],
		['a default for none', 'Hi {{ n | default: "there" }}', {}, 'Hi there'],
		['no default where there is a value', '{{ n | default: 5 }}', { n: 0 }, '0'],
		['escape, once', '{{ n | escape }}', { n: 'a' }, 'a'],
	])('has %s', (_name, source, data, rendered) => {
		expect(renderOne('text', source, data)).toBe(rendered);
		expect(renderOne('html', source, data)).toBe(rendered);
	});

	it('escapes only once, though an author asks for it too', () => {
		expect(renderOne('html', '{{ n | escape }}', { n: 'R&D' })).toBe('R&amp;D');
		expect(renderOne('text', '{{ n | escape }}', { n: 'R&D' })).toBe('R&D');
	});

	it('keeps lines where they are asked for', () => {
		const data = { n: 'a <b>\r\nc' };
		expect(renderOne('html', '<p>{{ n | newline_to_br }}</p>', data)).toBe(
			'<p>a &lt;b&gt;<br>\nc</p>',
		);
		expect(renderOne('text', '{{ n | newline_to_br }}', data)).toBe('a <b>\nc');
		expect(renderOne('text', '{{ n }}', data)).toBe('a <b> c');
	});
});

describe('what goes on for too long', () => {
	it.each([
		['a range', '{% for i in (1..100000000) %}x{% endfor %}', {}],
		['an empty loop', '{% for i in (1..100000000) %}{% endfor %}', {}],
		['a range that the data gives', '{% for i in (1..n) %}x{% endfor %}', { n: 1e12 }],
		['loops in loops', `${'{% for i in (1..2000) %}'.repeat(4)}x${'{% endfor %}'.repeat(4)}`, {}],
		[
			'a text that doubles',
			`{% assign a = "x" %}${'{% assign a = a | append: a %}'.repeat(40)}{{ a }}`,
			{},
		],
		[
			'a list that doubles',
			`${'{% assign a = a | concat: a %}'.repeat(40)}{{ a.size }}`,
			{ a: [1] },
		],
		['a value', '{{ n }}', { n: 'x'.repeat(1_000_001) }],
		['a mail', '{% for i in (1..1500) %}{{ n }}{% endfor %}', { n: 'x'.repeat(1000) }],
	])('%s ends with an error', (_name, source, data) => {
		const template = compilePart('html', source);
		const error = errorOf(() => template.render(data));
		expect(error.message).toMatch(/too long|too much|beyond 1,000,000 characters/);
		expect(error.part).toBe('html');
	});
});

it.each([
	['attributes', `<p ${'a="b" '.repeat(40_000)}>x</p>`],
	['a long attribute', `<p title="${'a'.repeat(250_000)}">x</p>`],
	['loops within loops', `${'{% for i in x %}'.repeat(50)}x${'{% endfor %}'.repeat(50)}`],
	[
		'loops within an attribute',
		`<p title="${'{% for i in x %}'.repeat(50)}{{ i }}${'{% endfor %}'.repeat(50)}">`,
	],
	[
		'loops within a tag',
		`<p${'{% for i in x %}'.repeat(50)} a="b" ${'{% endfor %}'.repeat(50)}>x</p>`,
	],
	['branches', `{% if x %}${'{% elsif x %}{{ x }}'.repeat(1900)}{% endif %}`],
	['links', '<a href=x>x'.repeat(23_000)],
	['openings', '{{'.repeat(130_000)],
	['bare brackets', '<'.repeat(262_000)],
	['half entities', '&#'.repeat(131_000)],
])('a template of many %s is read, or refused, and does not go on for ever', (_what, source) => {
	let refusal: unknown;
	try {
		compilePart('html', source);
	} catch (error) {
		refusal = error;
	}
	expect(refusal === undefined || refusal instanceof TemplateError).toBe(true);
});
