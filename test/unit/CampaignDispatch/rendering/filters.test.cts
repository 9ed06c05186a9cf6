import { errorOf, renderOne } from './templates.cts';

const NBSP = '\u00a0';

describe('money', () => {
	it.each<[unknown, string, string]>([
		[5_000_000, 'PHP', '₱5,000,000'],
		['5000000', 'PHP', '₱5,000,000'],
		['5000000.00', 'php', '₱5,000,000'],
		[1234.5, 'USD', '$1,234.50'],
		[1234.567, 'EUR', '€1,234.57'],
		[0, 'GBP', '£0'],
		[-2500, 'USD', '-$2,500'],
		[1_000_000, 'SGD', '$1,000,000'],
		[25_000, 'CHF', `CHF${NBSP}25,000`],
		[1500, 'JPY', '¥1,500'],
		[5_000_000, '', '5,000,000'],
		[5_000_000, 'pesos', '5,000,000'],
		['Price on request', 'PHP', 'Price on request'],
		['', 'PHP', ''],
		[null, 'PHP', ''],
		[Number.POSITIVE_INFINITY, 'PHP', 'Infinity'],
	])('%j in %j is %s', (price, currency, shown) => {
		const data = { price, currency };
		expect(renderOne('text', '={{ price | money: currency }}', data)).toBe(`=${shown}`);
	});

	it('leaves room for a default', () => {
		const template = '{{ price | money: "PHP" | default: "on request" }}';
		expect(renderOne('text', template)).toBe('on request');
	});
});

describe('with_utm', () => {
	const utm = { source: 'email', medium: 'newsletter', campaign: 'summer & sun' };
	const all = 'utm_source=email&utm_medium=newsletter&utm_campaign=summer%20%26%20sun';

	it.each([
		['a page', 'https://a.b/c', `https://a.b/c?${all}`],
		['a page with a query', 'https://a.b/c?d=1', `https://a.b/c?d=1&${all}`],
		['a page with an open query', 'https://a.b/c?', `https://a.b/c?${all}`],
		['a page with a query that goes on', 'https://a.b/c?d&', `https://a.b/c?d&${all}`],
		['a place on a page', 'https://a.b/c#photos', `https://a.b/c?${all}#photos`],
		['a place with a ?', 'https://a.b/c#photos?x', `https://a.b/c?${all}#photos?x`],
		[
			'a page that has some already',
			'https://a.b/?utm_source=x&z=1#f',
			'https://a.b/?utm_source=x&z=1&utm_medium=newsletter&utm_campaign=summer%20%26%20sun#f',
		],
		['a page that has all of them', `https://a.b/?${all}`, `https://a.b/?${all}`],
		['a mailbox', 'mailto:grace@a.b', 'mailto:grace@a.b'],
		['a script', 'javascript:1', 'javascript:1'],
		['a text', 'soon', 'soon'],
	])('on %s', (_what, url, shown) => {
		expect(renderOne('text', '{{ url | with_utm }}', { url, utm })).toBe(shown);
		// Once is enough.
		expect(renderOne('text', '{{ url | with_utm | with_utm }}', { url, utm })).toBe(shown);
	});

	it.each<[string, unknown, string]>([
		['no parameters', undefined, 'https://a.b'],
		['empty parameters', { source: '', medium: ' ' }, 'https://a.b'],
		['some of them', { campaign: 7 }, 'https://a.b?utm_campaign=7'],
		['inherited ones', Object.create({ source: 'x' }), 'https://a.b'],
		['half a character', { source: '\ud83d' }, 'https://a.b?utm_source=%EF%BF%BD'],
		['others', { source: { a: 1 } }, 'https://a.b'],
	])('with %s', (_what, given, shown) => {
		expect(renderOne('text', '{{ "https://a.b" | with_utm }}', { utm: given })).toBe(shown);
	});

	it('in a link of the HTML', () => {
		const data = { url: 'https://a.b?c=1', utm: { source: 'email', medium: 'mail' } };
		expect(renderOne('html', '<a href="{{ url | with_utm }}">x</a>', data)).toBe(
			'<a href="https://a.b?c=1&amp;utm_source=email&amp;utm_medium=mail">x</a>',
		);
	});
});

describe('date', () => {
	const EVERYTHING = '%Y|%y|%m|%-d|%e|%j|%H|%k|%I|%l|%M|%S|%u|%w|%s|%A|%a|%B|%b|%p|%P|%F|%T|%R|%z';

	/** As GNU date prints them: `TZ=… date -d … +…`. */
	it.each([
		[
			'UTC',
			'2026-11-22T18:30:05Z',
			'2026|26|11|22|22|326|18|18|06| 6|30|05|7|0|1795372205|Sunday|Sun|November|Nov|PM|pm|2026-11-22|18:30:05|18:30|+0000',
		],
		[
			'UTC',
			'2028-02-29T00:00:00Z',
			'2028|28|02|29|29|060|00| 0|12|12|00|00|2|2|1835395200|Tuesday|Tue|February|Feb|AM|am|2028-02-29|00:00:00|00:00|+0000',
		],
		[
			'Asia/Manila',
			'2026-11-22T18:30:05Z',
			'2026|26|11|23|23|327|02| 2|02| 2|30|05|1|1|1795372205|Monday|Mon|November|Nov|AM|am|2026-11-23|02:30:05|02:30|+0800',
		],
		[
			'America/New_York',
			'2028-02-29T00:00:00Z',
			'2028|28|02|28|28|059|19|19|07| 7|00|00|1|1|1835395200|Monday|Mon|February|Feb|PM|pm|2028-02-28|19:00:00|19:00|-0500',
		],
		[
			'America/New_York',
			'2026-03-08T07:30:00Z',
			'2026|26|03|8| 8|067|03| 3|03| 3|30|00|7|0|1772955000|Sunday|Sun|March|Mar|AM|am|2026-03-08|03:30:00|03:30|-0400',
		],
		[
			'Asia/Kathmandu',
			'2026-11-22T18:30:05Z',
			'2026|26|11|23|23|327|00| 0|12|12|15|05|1|1|1795372205|Monday|Mon|November|Nov|AM|am|2026-11-23|00:15:05|00:15|+0545',
		],
	])('in %s of %s', (zone, at, printed) => {
		const template = `{{ at | date: "${EVERYTHING}", zone }}`;
		expect(renderOne('text', template, { at, zone })).toBe(printed);
	});

	it.each<[unknown, string]>([
		['2026-11-22', '2026-11-22 00:00'],
		['2026-11-22T10:05', '2026-11-22 10:05'],
		['2026-11-22 10:05:30', '2026-11-22 10:05'],
		['2026-11-22T10:05:30.123456+00:00', '2026-11-22 10:05'],
		['2026-11-22 10:05:30.12+08', '2026-11-22 02:05'],
		['2026-11-22T10:05:00-0530', '2026-11-22 15:35'],
		[1_795_372_205, '2026-11-22 18:30'],
		['1795372205', '2026-11-22 18:30'],
		[new Date(0), '1970-01-01 00:00'],
		['2026-02-31', '2026-02-31'],
		['2026-11-22T25:00', '2026-11-22T25:00'],
		['next week', 'next week'],
		['now', 'now'],
		['today', 'today'],
		['11/22/2026', '11/22/2026'],
		[1e300, '1e+300'],
		[null, ''],
		[undefined, ''],
	])('reads %j', (at, printed) => {
		expect(renderOne('text', '={{ at | date: "%Y-%m-%d %H:%M" }}', { at })).toBe(`=${printed}`);
	});

	it('is November 22, 2026 where nothing else is asked for', () => {
		expect(renderOne('text', '{{ "2026-11-22" | date }}')).toBe('November 22, 2026');
	});

	it('leaves a day the same day in every zone', () => {
		expect(renderOne('text', '{{ "2026-11-22" | date: "%d", "America/New_York" }}')).toBe('22');
	});

	it('leaves codes alone that it does not know', () => {
		expect(renderOne('text', '{{ 0 | date: "%Q %5000000d %% %^a %_H %0e" }}')).toBe(
			'%Q %5000000d % THU  0 01',
		);
	});

	it('refuses a zone that does not exist, without saying it', () => {
		const error = errorOf(() =>
			renderOne('text', '{{ 0 | date: "%d", zone }}', { zone: 'Atlantis' }),
		);
		expect(error.message).toBe('The date filter was given a time zone that does not exist');
	});
});

describe('url_encode', () => {
	it.each([
		['a b&c=d/ñ?', 'a%20b%26c%3Dd%2F%C3%B1%3F'],
		['₱', '%E2%82%B1'],
		['\ud83d', '%EF%BF%BD'],
		["it's", "it's"],
	])('of %j', (text, encoded) => {
		expect(renderOne('text', '{{ text | url_encode }}', { text })).toBe(encoded);
	});
});
