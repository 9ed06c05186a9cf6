import {
	type Liquid,
	type Template,
	Tokenizer,
	type TopLevelToken,
	TypeGuards,
	type Value,
} from 'liquidjs';

import { attempt } from './attempt';
import { HTML_ENGINE, TAGS, TEXT_ENGINE } from './engine';
import { parseError } from './explain';
import { MAX_NESTING, MAX_SOURCE_LENGTH, MAX_TAGS } from './limits';
import type { MailPart } from './mailTemplate';
import { type Piece, toPieces } from './pieces';
import { errorAt, TemplateError } from './templateError';

export interface ParsedPart {
	part: MailPart;
	engine: Liquid;
	templates: Template[];
	tokens: readonly TopLevelToken[];
	pieces: Piece[];
}

const FILES = 'a template cannot include files';
const REFUSED_TAGS: Record<string, [reason: string, hint: string]> = {
	include: [FILES, 'Write what the file holds into the template.'],
	render: [FILES, 'Write what the file holds into the template.'],
	layout: [FILES, 'Write the layout into the template.'],
	block: [FILES, 'Write the layout into the template.'],
	raw: ['what data puts into a mail is always escaped', 'To show braces, write {{ "{{" }}.'],
	capture: ['what it holds would be escaped twice', 'Use {% assign name = a | append: b %}.'],
	echo: ['data is printed in one way only', 'Write {{ variable }}.'],
	liquid: ['data is printed in one way only', 'Write {{ … }} and {% … %} one by one.'],
	cycle: ['data is printed in one way only', 'Use {% if forloop.index0 … %} within the loop.'],
	tablerow: [
		'it writes HTML that the template does not show',
		'Write <tr> and <td> within a loop.',
	],
	increment: ['it changes the data', 'Use forloop.index within the loop.'],
	decrement: ['it changes the data', 'Use forloop.rindex within the loop.'],
};
const OPENING = /^(?:if|unless|case|for)$/;
const WITHIN = /^(?:else|elsif|when|end\w+)$/;

/** Reads one part, once for all mails. Throws `TemplateError` for what may not stand in it. */
export function parsePart(part: MailPart, source: string): ParsedPart {
	checkSource(part, source);
	const engine = part === 'html' ? HTML_ENGINE : TEXT_ENGINE;
	const tokens = orThrow(part, () => withoutComments(new Tokenizer(source).readTopLevelTokens()));
	checkTags(part, tokens);
	const templates = orThrow(part, () => engine.parse(source));
	const pieces = toPieces(templates);
	for (const value of valuesIn(pieces)) checkClock(part, value);
	return { part, engine, templates, tokens, pieces };
}

function checkSource(part: MailPart, source: string): void {
	const fault =
		source.trim() === ''
			? [`The ${part} of the template is empty`, 'Write one.']
			: source.length > MAX_SOURCE_LENGTH
				? [`The ${part} has more than ${MAX_SOURCE_LENGTH} characters`, 'Shorten it.']
				: source.includes('\0')
					? [`The ${part} holds a character that is none (U+0000)`, 'Take it out.']
					: undefined;
	if (fault) throw new TemplateError(fault[0]!, { part, line: 1, column: 1, hint: fault[1]! });
}

function orThrow<T>(part: MailPart, work: () => T): T {
	const outcome = attempt(work);
	if ('failure' in outcome) throw parseError(part, outcome.failure);
	return outcome.value;
}

function withoutComments(tokens: TopLevelToken[]): TopLevelToken[] {
	let isComment = false;
	return tokens.filter((token) => {
		if (!TypeGuards.isTagToken(token)) return !isComment;
		if (token.name === 'comment') isComment = true;
		const isKept = !isComment && token.name !== '#';
		if (token.name === 'endcomment') isComment = false;
		return isKept;
	});
}

function checkTags(part: MailPart, tokens: readonly TopLevelToken[]): void {
	let depth = 0;
	let count = 0;
	for (const token of tokens) {
		if (!TypeGuards.isTagToken(token)) continue;
		const { name } = token;
		if (++count > MAX_TAGS) {
			throw errorAt(token, part, `There are more than ${MAX_TAGS} tags`, 'Loop, or shorten it.');
		}
		if (Object.hasOwn(REFUSED_TAGS, name)) {
			const [reason, hint] = REFUSED_TAGS[name]!;
			throw errorAt(token, part, `{% ${name} %} is not allowed: ${reason}`, hint);
		}
		if (!TAGS.includes(name) && !WITHIN.test(name)) {
			const hint = `There are: ${TAGS.join(', ')}.`;
			throw errorAt(token, part, `There is no tag {% ${name} %}`, hint);
		}
		if (OPENING.test(name)) depth++;
		if (name.startsWith('end')) depth--;
		if (depth > MAX_NESTING) {
			throw errorAt(token, part, 'Too many tags stand within tags', 'Put less into each other.');
		}
	}
}

function valuesIn(pieces: readonly Piece[]): Value[] {
	return pieces.flatMap((piece) => {
		if (piece.kind === 'output') return piece.output.value;
		if (piece.kind === 'assign') return piece.value;
		if (piece.kind === 'loop') return valuesIn([...piece.body, ...piece.otherwise]);
		if (piece.kind !== 'choice') return [];
		return piece.arms.flatMap(({ condition, body }) => [
			...(condition ? [condition.value] : []),
			...valuesIn(body),
		]);
	});
}

/** The clock is no data: a mail that asked it would be another one when it is sent again. */
function checkClock(part: MailPart, { initial, filters }: Value): void {
	const [token] = initial.postfix;
	if (!token || !TypeGuards.isQuotedToken(token)) return;
	if (!/^(?:now|today)$/i.test(token.content.trim())) return;
	if (!filters.some(({ name }) => name === 'date')) return;
	throw errorAt(
		token,
		part,
		`A mail cannot ask for ${token.getText()}, because it has to be the same at every attempt`,
		'Give the date in the data, and print that: {{ sent_on | date: "%Y" }}.',
	);
}
