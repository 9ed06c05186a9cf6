import { missingVariables } from '../../../../nodes/CampaignDispatch/rendering/missingVariables';
import { compileTemplate } from '../../../../nodes/CampaignDispatch/rendering/compileTemplate';
import { compilePart } from './templates.cts';

const requiredOf = (html: string) =>
	compilePart('html', html)
		.variables.filter(({ required }) => required)
		.map(({ path }) => path);

describe('the variables of a template', () => {
	it('are told with the parts that need them', () => {
		const { variables } = compileTemplate({
			id: 'x',
			subject: '{{ first_name }}: {{ property.title }}',
			html: '<p>{{ first_name }}</p>{% for p in homes %}{{ p.title }}{% endfor %}',
			text: '{% if vip %}{{ property.title | default: "Homes" }}{% endif %}{{ url | with_utm }}',
		});
		expect(variables).toEqual([
			{ path: 'first_name', isList: false, required: true, parts: ['subject', 'html'] },
			{ path: 'property.title', isList: false, required: true, parts: ['subject', 'text'] },
			{ path: 'homes', isList: true, required: true, parts: ['html'] },
			{ path: 'homes[].title', isList: false, required: true, parts: ['html'] },
			{ path: 'vip', isList: false, required: false, parts: ['text'] },
			{ path: 'url', isList: false, required: true, parts: ['text'] },
			{ path: 'utm', isList: false, required: false, parts: ['text'] },
		]);
	});

	it.each<[string, string, string[]]>([
		['a use', '{{ x }}', ['x']],
		['a default', '{{ x | default: "y" }}', []],
		['a default behind another filter', '{{ x | upcase | default: "y" }}', []],
		['a default from the data', '{{ x | default: y }}', ['y']],
		['a default in one place only', '{{ x | default: "y" }}{{ x }}', ['x']],
		['a filter that takes it', '{{ "a" | append: x }}', ['x']],
		['a path', '{{ a.b.c }}', ['a.b.c']],
		['a path in brackets', '{{ a["b"].c }}', ['a.b.c']],
		['a path that the data decides', '{{ a[b].c }}', ['a', 'b']],
		['an item by its number', '{{ a[0].c }}', ['a']],
		['a condition on itself', '{% if x %}{{ x }}{% endif %}', []],
		['a condition against nothing', '{% if x != blank %}{{ x }}{% endif %}', []],
		['the other branch of nothing', '{% if x == nil %}a{% else %}{{ x }}{% endif %}', []],
		['unless nothing', '{% unless x == empty %}{{ x }}{% endunless %}', []],
		['the end of unless', '{% unless x %}a{% else %}{{ x }}{% endunless %}', []],
		['a condition with and', '{% if x and y %}{{ x }}{{ y }}{% endif %}', []],
		['a condition with or', '{% if x or y %}{{ x }}{% endif %}', ['x']],
		['a condition by size', '{% if x >= 2 %}{{ x }}{% endif %}', []],
		['a condition that nothing meets', '{% if x < 2 %}{{ x }}{% endif %}', ['x']],
		['a value known not to be one', '{% if x == 1 %}a{% else %}{{ x }}{% endif %}', ['x']],
		['a case', '{% case x %}{% when "a" %}{{ x }}{% endcase %}', []],
		['the rest of a case', '{% case x %}{% when "a" %}b{% else %}{{ x }}{% endcase %}', ['x']],
		[
			'a condition on a part of it',
			'{% if a.size > 0 %}{% for i in a %}x{% endfor %}{% endif %}',
			[],
		],
		['a condition and a use behind it', '{% if x %}{{ x }}{% endif %}{{ x }}', ['x']],
		['a condition alone', '{% if x > 5 %}a{% endif %}', []],
		['a list', '{% for i in a %}x{% endfor %}', ['a']],
		['a list with another branch', '{% for i in a %}x{% else %}y{% endfor %}', []],
		[
			'the items of a list',
			'{% for i in a.b %}{{ i }}{{ i.c }}{{ forloop.index }}{% endfor %}',
			['a.b', 'a.b[]', 'a.b[].c'],
		],
		[
			'lists in lists',
			'{% for i in a %}{% for j in i.b %}{{ j.c }}{% endfor %}{% endfor %}',
			['a', 'a[].b', 'a[].b[].c'],
		],
		['the items of a part of a list', '{% for i in a limit: n %}{{ i.c }}{% endfor %}', ['n', 'a']],
		[
			'the items of a sorted list',
			'{% assign s = a | sort: "c" %}{% for i in s %}{{ i.c }}{% endfor %}',
			['a'],
		],
		[
			'a condition within a list',
			'{% for i in a %}{% if i.b %}{{ i.c }}{{ i.b }}{% endif %}{% endfor %}',
			['a'],
		],
		['a name of an item behind its list', '{% for i in a %}{% endfor %}{{ i }}', ['a', 'i']],
		['another name', '{% assign y = x.z %}{{ y.w }}', ['x.z.w']],
		['another name with a default', '{% assign y = x %}{{ y | default: "z" }}', []],
		['a value that the template makes', '{% assign y = "a" %}{{ y }}', []],
		['a range', '{% for i in (1..n) %}{{ i }}{% endfor %}', ['n']],
		['a comment', '{% comment %}{{ x }}{% endcomment %}', []],
	])('%s', (_what, html, required) => {
		expect(requiredOf(html)).toEqual(required);
	});
});

describe('what a recipient lacks', () => {
	const template = compilePart(
		'html',
		`{{ name }}{{ home.title }}
		{% for h in homes %}{{ h.title }}{% endfor %}
		{% if agent %}{{ agent.phone }}{% endif %}
		{% if kind == 'villa' %}{{ garden }}{% else %}{{ floor }}{% endif %}`,
	);
	const complete = {
		name: 'Dana',
		home: { title: 'Loft' },
		homes: [],
		floor: 3,
	};

	it.each<[string, Record<string, unknown>, string[]]>([
		['nothing', complete, []],
		['nothing, where zero and false are values', { ...complete, name: 0, floor: false }, []],
		['everything', {}, ['name', 'home.title', 'homes', 'floor']],
		['what is null', { ...complete, name: null }, ['name']],
		['what is blank', { ...complete, name: ' \n' }, ['name']],
		['a field of what is no group', { ...complete, home: 'Loft' }, ['home.title']],
		['a list that is null', { ...complete, homes: null }, ['homes']],
		['a field of an item', { ...complete, homes: [{ title: 'a' }, {}] }, ['homes[].title']],
		['nothing of an agent, if there is none', { ...complete, agent: undefined }, []],
		['a part of an agent, if there is one', { ...complete, agent: {} }, ['agent.phone']],
		['what one branch prints', { ...complete, kind: 'villa' }, ['garden']],
		['nothing of the other branch', { ...complete, kind: 'villa', garden: 1, floor: null }, []],
		['what is only inherited', Object.create(complete), ['name', 'home.title', 'homes', 'floor']],
	])('%s', (_what, data, missing) => {
		expect(missingVariables(template, data)).toEqual(missing);
	});

	it('cannot be hidden behind data that cannot be compared', () => {
		const odd = compilePart('html', '{% if x > y %}{{ z }}{% endif %}');
		const broken = { toString: 1, valueOf: 1 };
		expect(missingVariables(odd, { x: broken, y: 3 })).toEqual(['z']);
	});
});
