import fc from 'fast-check';

import { compileTemplate } from '../../../../nodes/CampaignDispatch/rendering/compileTemplate';
import { compilePart, errorOf, renderOne } from './templates.cts';

/** What escaping may leave of data: no character that HTML gives a meaning to. */
const ESCAPED = /^(?:[^<>"'&]|&(?:amp|lt|gt|#34|#39);)*$/;

/** Pieces that attacks are made of, and whatever else there is. */
const hostileText = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				'<script>',
				'</p>',
				'<!--',
				'-->',
				']]>',
				'"',
				"'",
				'`',
				'&',
				'&#60;',
				'&lt;',
				' onerror=',
				'javascript:',
				'data:text/html,',
				'https://',
				'{{ secret }}',
				'{% include "x" %}',
				'{%',
				'}}',
				'\r\n',
				'\u2028',
				'\0',
				'\u202e',
				'ñ₱🏡',
			),
			fc.string({ unit: 'binary', maxLength: 6 }),
		),
		{ maxLength: 8 },
	)
	.map((pieces) => pieces.join(''));

const LITERALS = [
	'<h1 title="',
	'">',
	'</h1><p>',
	' and ',
	'</p><a href="https://a.b/?c=',
	'">x</a><textarea>',
	'</textarea>',
];
const HTML = LITERALS.map((literal, index) =>
	index === 0 ? literal : `{{ v${index} }}${literal}`,
).join('');

describe('hostile data', () => {
	it('never leaves its place in the HTML', () => {
		const template = compilePart('html', HTML);
		fc.assert(
			fc.property(fc.array(hostileText, { minLength: 6, maxLength: 6 }), (values) => {
				const data = Object.fromEntries(values.map((value, index) => [`v${index + 1}`, value]));
				let rest = template.render(data).html;
				for (const [index, literal] of LITERALS.entries()) {
					// No literal holds what escaping leaves of data, so the first is the one.
					const at = rest.indexOf(literal);
					const isPlain = literal !== ' and ' || values.every((value) => !value.includes(literal));
					if (!isPlain) return;
					expect(at).toBeGreaterThanOrEqual(0);
					if (index === 0) expect(at).toBe(0);
					expect(rest.slice(0, at)).toMatch(ESCAPED);
					rest = rest.slice(at + literal.length);
				}
				expect(rest).toBe('');
			}),
		);
	});

	it('never breaks the line of a subject', () => {
		const template = compilePart('subject', 'Homes for {{ a }}, {{ b | newline_to_br }}');
		fc.assert(
			fc.property(hostileText, hostileText, (a, b) => {
				const { subject } = template.render({ a, b });
				expect(subject).not.toMatch(/[\r\n\u2028\u2029\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
				expect(subject.startsWith('Homes for')).toBe(true);
			}),
		);
	});

	it('never makes a link to anything but web pages, mailboxes and telephones', () => {
		const template = compilePart('html', '<a href="{{ url }}">x</a>');
		fc.assert(
			fc.property(hostileText, (url) => {
				const [, href = ''] = /^<a href="([^"]*)">x<\/a>$/.exec(template.render({ url }).html)!;
				const address = href.replaceAll('&amp;', '&');
				if (href === '#' || !URL.canParse(address, 'x:')) return;
				expect(new URL(address, 'x:').protocol).toMatch(/^(?:https?|mailto|tel):$/);
			}),
		);
	});

	it('adds no line to a text', () => {
		const template = compilePart('html', '<p>Hello {{ a }},</p><p>Bye {{ b }}</p>');
		fc.assert(
			fc.property(hostileText, hostileText, (a, b) => {
				expect(template.render({ a, b }).text).toMatch(/^Hello.*,\n\nBye.*$/u);
			}),
		);
	});

	it('gives the same mail again, whatever it is', () => {
		const source = {
			id: 'x',
			subject: 'A {{ a }}',
			html: '{% for i in list %}<p>{{ i | truncate: 5 }}</p>{% endfor %}<a href="{{ a | with_utm }}">{{ a | money: b }}</a>{{ a | date }}',
		};
		fc.assert(
			fc.property(hostileText, hostileText, fc.array(hostileText), (a, b, list) => {
				const data = { a, b, list, utm: { source: b } };
				const before = JSON.stringify(data);
				const first = compileTemplate(source).render(data);
				const template = compileTemplate(source);
				template.render({ a: b, b: a, list: [] });
				expect(template.render(data)).toEqual(first);
				expect(JSON.stringify(data)).toBe(before);
			}),
		);
	});

	it('is never run as Liquid', () => {
		const data = { name: '{{ secret }}{% include "package.json" %}', secret: 'hush' };
		expect(renderOne('html', '{{ name | append: "" }}', data)).toBe(
			'{{ secret }}{% include &#34;package.json&#34; %}',
		);
		expect(renderOne('text', '{{ name }}', data)).toBe(data.name);
	});

	it.each([
		'{{ constructor }}',
		'{{ constructor.name }}',
		'{{ x.constructor }}',
		'{{ x.__proto__ }}',
		'{{ __proto__.x }}',
		'{{ x["__proto__"]["constructor"] }}',
		'{{ x.toString }}',
		'{{ "a".constructor }}',
		'{{ l.constructor.name }}',
		'{{ l | map: "constructor" }}',
	])('shows nothing of how programs are made: %s', (source) => {
		expect(renderOne('text', `=${source}`, { x: {}, l: ['a'] })).toBe('=');
	});

	it('does not reach what others share', () => {
		const data = JSON.parse('{"__proto__": {"polluted": "yes"}, "x": "a"}') as Record<
			string,
			unknown
		>;
		renderOne(
			'text',
			'{% assign __proto__ = x %}{% for __proto__ in x %}{% endfor %}{{ x }}',
			data,
		);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	it.each<[string, unknown]>([
		['a group', { title: 'Secret Villa' }],
		['a list of groups', [{ title: 'Secret Villa' }]],
		['a group that claims to be a text', { toString: 'Secret Villa', valueOf: 1 }],
	])('of the wrong shape is told without being shown: %s', (_what, home) => {
		for (const filters of ['', ' | upcase', ' | append: "x"', ' | newline_to_br']) {
			const work = () => renderOne('html', `\n<p>{{ home${filters} }}</p>`, { home });
			if (filters === '' || filters.includes('br')) {
				expect(errorOf(work)).toMatchObject({
					part: 'html',
					line: 2,
					column: 4,
					message: 'A group of fields is printed as if it were one text',
				});
			}
			try {
				work();
			} catch (error) {
				expect(String((error as Error).stack)).not.toContain('Secret');
			}
		}
	});
});
