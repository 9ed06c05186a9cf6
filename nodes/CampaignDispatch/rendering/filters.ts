import { type FilterImplOptions, filters, toValue } from 'liquidjs';

import { formatDate } from './dates';
import { formatMoney } from './money';
import { asAddress, asHtmlLines, asLines, asText } from './shownValue';
import { encode, withUtm } from './utm';

/** Of Liquid's own filters, those that are deterministic, bounded and never run data as Liquid. */
const KEPT = [
	'abs',
	'append',
	'array_to_sentence_string',
	'at_least',
	'at_most',
	'capitalize',
	'ceil',
	'compact',
	'concat',
	'divided_by',
	'downcase',
	'find',
	'first',
	'floor',
	'group_by',
	'has',
	'join',
	'last',
	'lstrip',
	'map',
	'minus',
	'modulo',
	'normalize_whitespace',
	'plus',
	'prepend',
	'reject',
	'remove',
	'remove_first',
	'remove_last',
	'replace',
	'replace_first',
	'replace_last',
	'reverse',
	'round',
	'rstrip',
	'size',
	'slice',
	'sort',
	'sort_natural',
	'split',
	'squish',
	'strip',
	'strip_html',
	'strip_newlines',
	'sum',
	'times',
	'truncate',
	'truncatewords',
	'uniq',
	'upcase',
	'where',
] as const;

/** The filters that an author may use. `raw` ones are the last to touch what they make. */
export function filtersFor(part: 'html' | 'text'): Record<string, FilterImplOptions> {
	return {
		...Object.fromEntries(KEPT.map((name) => [name, filters[name]])),
		...OURS,
		newline_to_br: { raw: true, handler: part === 'html' ? asHtmlLines : asLines },
	};
}

const OURS: Record<string, FilterImplOptions> = {
	date: formatDate,
	money: formatMoney,
	with_utm(address: unknown) {
		return withUtm(address, this.context.getSync(['utm']));
	},
	web_address: asAddress,
	url_encode: (value: unknown) => encode(asText(value)),
	// Everything is escaped once, at the end. Many an author writes it out of habit.
	escape: (value: unknown) => value,
	// Liquid's own takes blanks for a value; in a mail they are a hole.
	default: (value: unknown, fallback: unknown) => (isBlank(value) ? fallback : value),
};

function isBlank(value: unknown): boolean {
	const plain: unknown = toValue(value);
	if (typeof plain === 'string') return plain.trim() === '';
	if (Array.isArray(plain)) return plain.length === 0;
	return plain === undefined || plain === null || plain === false;
}
