import { toValue } from 'liquidjs';

import { withoutHiddenCharacters } from '../../shared/text/hiddenCharacters';
import { FilterFault } from './templateError';

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&#34;',
	"'": '&#39;',
};

/** Most values are nothing but these, and need no second look. */
const NEEDS_ESCAPE = /[^ -~]|[&<>"']/;
const NEEDS_CLEANING = /[^ -~]/;

/** A value as Liquid prints it. Throws where a template prints an object as if it were a text. */
export function asText(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	const plain: unknown = toValue(value);
	if (plain === undefined || plain === null) return '';
	if (Array.isArray(plain)) return plain.map(asText).join('');
	if (typeof plain !== 'object') return String(plain);
	throw new FilterFault(
		'A group of fields is printed as if it were one text',
		'Print one of its fields, such as {{ property.title }}.',
	);
}

/** A value as it may stand in HTML, between tags or in a quoted attribute. */
export function asHtml(value: unknown): string {
	const text = asText(value);
	if (!NEEDS_ESCAPE.test(text)) return text;
	return withoutHiddenCharacters(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** As `asHtml`, and a line stays a line. */
export function asHtmlLines(value: unknown): string {
	return asHtml(value).replace(/\n/g, '<br>\n');
}

/** A value as it may stand in plain text: one line, so that it cannot pretend to be a part of ours. */
export function asLine(value: unknown): string {
	const text = asText(value);
	return NEEDS_CLEANING.test(text)
		? withoutHiddenCharacters(text).replace(/\s*[\n\u2028\u2029]\s*/g, ' ')
		: text;
}

/** As `asLine`, but what the author asked to keep its lines keeps them. */
export function asLines(value: unknown): string {
	return withoutHiddenCharacters(asText(value));
}

/** An address that a mail may link to; `#` in the place of everything else, scripts above all. */
export function asAddress(value: unknown): string {
	const address = withoutHiddenCharacters(asText(value)).trim();
	return /^(?:https?:\/\/[^\s/\\]|mailto:\S|tel:[+\d])/i.test(address) ? address : '#';
}
