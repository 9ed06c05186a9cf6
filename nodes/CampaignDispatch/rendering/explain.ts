import { LiquidError } from 'liquidjs';

import { MAX_RENDERED_LENGTH } from './limits';
import type { MailPart } from './mailTemplate';
import { errorAt, FilterFault, TemplateError } from './templateError';

const REFUSED_FILTERS: Record<string, string> = {
	raw: 'everything that data puts into a mail is escaped',
	sample: 'a mail has to be the same at every attempt',
	json: 'a mail is written for people: print the fields one by one',
	date_to_string: 'the date filter does this: {{ day | date: "%d %b %Y" }}',
	escape_once: 'everything is escaped once already',
	url_decode: 'data may hold what cannot be decoded',
};

/** What the library's words mean for an author. */
const PARSING: Array<[RegExp, (...groups: string[]) => [message: string, hint: string]]> = [
	[
		/^undefined filter: (.+)$/,
		(name = '') =>
			Object.hasOwn(REFUSED_FILTERS, name)
				? [
						`The filter "${name}" is not offered in mails`,
						`Leave it out: ${REFUSED_FILTERS[name]}.`,
					]
				: [`There is no filter "${name}"`, 'Check its spelling; some of Liquid are not offered.'],
	],
	[
		/^tag "(.+)" not found$/,
		(name) => [
			`{% ${name} %} stands without its beginning`,
			'Open the tag first, or leave it out.',
		],
	],
	[
		/^tag (.+) not closed$/s,
		(tag = '') => [
			`${tag.startsWith('{%') ? tag : 'A tag'} is never closed`,
			'Close it with %} and, further down, with its end, such as {% endif %} or {% endfor %}.',
		],
	],
	[/^output .+ not closed$/s, () => ['{{ is never closed', 'Close it with }}.']],
	[
		/^(?:expected "\|" before filter|unexpected character|expected ":" after filter name)/,
		() => [
			'Something stands where a filter was expected',
			'Write {{ variable | filter: "argument" }}; several arguments have commas between them.',
		],
	],
	[
		/^invalid value expression/,
		() => ['The name of a variable is missing', 'Write it within the braces: {{ first_name }}.'],
	],
];

/** The error for what the library says while it reads a template. */
export function parseError(part: MailPart, failure: unknown): TemplateError {
	if (failure instanceof TemplateError) return failure;
	if (!LiquidError.is(failure)) return unexplained(part);
	const { token, originalError } = failure;
	const said = (originalError ?? failure).message.replace(/, line:\d+, col:\d+$/, '');
	for (const [pattern, explain] of PARSING) {
		const match = pattern.exec(said);
		if (match) return errorAt(token, part, ...explain(...match.slice(1)));
	}
	return errorAt(token, part, `The template cannot be read: ${said}`, SYNTAX);
}

const SYNTAX =
	'Liquid prints with {{ variable | filter }} and decides with {% if variable %} … {% endif %}.';

/** The error for what goes wrong with one recipient's data, without a word of the data. */
export function renderError(part: MailPart, failure: unknown): TemplateError {
	if (failure instanceof TooLong) return tooLong(part);
	if (!LiquidError.is(failure)) return unexplained(part);
	const { token } = failure;
	const cause = rootOf(failure);
	if (cause instanceof TooLong) return tooLong(part);
	if (cause instanceof FilterFault) return errorAt(token, part, cause.message, cause.hint);
	if (/limit exceeded$/.test(cause.message)) {
		return errorAt(token, part, 'The template takes too long or makes too much', 'Loop over less.');
	}
	return errorAt(
		token,
		part,
		`${token.getText().slice(0, 200)} cannot be rendered with this data`,
		'Preview the recipient, and check that the variable is a text, a number or a list as needed.',
	);
}

/** Thrown by what collects a part when there is too much of it. */
export class TooLong extends Error {}

function rootOf(failure: Error): Error {
	return LiquidError.is(failure) && failure.originalError ? rootOf(failure.originalError) : failure;
}

function tooLong(part: MailPart): TemplateError {
	return new TemplateError(
		`The ${part} grows beyond ${MAX_RENDERED_LENGTH.toLocaleString('en-US')} characters`,
		{ part, line: 1, column: 1, hint: 'Loop over less, or cut long texts with truncate.' },
	);
}

function unexplained(part: MailPart): TemplateError {
	return new TemplateError(`The ${part} cannot be read as a template`, {
		part,
		line: 1,
		column: 1,
		hint: SYNTAX,
	});
}
