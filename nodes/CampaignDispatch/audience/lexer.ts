import { AudienceError } from './audienceError';
import { KEYWORDS } from './keywords';
import { MAX_QUERY_LENGTH } from './limits';
import { MISTAKES } from './mistakes';
import { readNumber } from './number';

interface Place {
	/** As written. */
	text: string;
	/** Where it begins, in UTF-16 units from 0. */
	position: number;
}

export type Token = Place &
	(
		| { kind: 'word' }
		/** A keyword in capitals, an operator or punctuation. */
		| { kind: 'sign'; sign: string }
		| { kind: 'number'; value: number }
		/** `value` is without its quotes. */
		| { kind: 'text'; value: string }
		| { kind: 'end' }
	);

const SPACES = /[ \t\r\n]*/y;
const WORD = /[a-z_]\w*/iy;
/** More than a number may be, so that what follows one without a space is refused with it. */
const NUMBER_LIKE = /-?\d(?:[\w.]|(?<=e)[+-](?=\d))*/iy;
const SIGN = /!=|<>|<=|>=|[=<>(),]/y;
const NOT_UNICODE = /[\0\p{Surrogate}]/u;

/** The query's parts in order, `end` last; throws an AudienceError at the first that is none. */
export function readTokens(query: string): Token[] {
	if (query.length > MAX_QUERY_LENGTH) {
		throw new AudienceError(query, {
			problem: `A query has at most ${MAX_QUERY_LENGTH} characters, not ${query.length}`,
			position: MAX_QUERY_LENGTH,
			text: query.slice(MAX_QUERY_LENGTH),
		});
	}
	const tokens: Token[] = [];
	let position = 0;
	for (;;) {
		position += match(SPACES, query, position).length;
		if (position === query.length) return [...tokens, { kind: 'end', text: '', position }];
		const token = readToken(query, position);
		tokens.push(token);
		position += token.text.length;
	}
}

function readToken(query: string, position: number): Token {
	if (query[position] === "'") return readText(query, position);

	const word = match(WORD, query, position);
	if (word) {
		const sign = word.toUpperCase();
		return KEYWORDS.has(sign)
			? { kind: 'sign', sign, text: word, position }
			: { kind: 'word', text: word, position };
	}

	const numberLike = match(NUMBER_LIKE, query, position);
	if (numberLike) {
		const number = readNumber(numberLike);
		if (typeof number === 'number') {
			return { kind: 'number', value: number, text: numberLike, position };
		}
		throw new AudienceError(query, { ...number, text: numberLike, position });
	}

	const sign = match(SIGN, query, position);
	const mistake = MISTAKES.find(({ written }) => query.startsWith(written, position));
	if (mistake && mistake.written.length > sign.length) {
		throw new AudienceError(query, { ...mistake, text: mistake.written, position });
	}
	if (sign) return { kind: 'sign', sign: sign === '!=' ? '<>' : sign, text: sign, position };

	const text = String.fromCodePoint(query.codePointAt(position)!);
	throw new AudienceError(query, { problem: `A query holds no "${text}"`, text, position });
}

/** Text ends at a quote that no other follows; two together stand for one. */
function readText(query: string, position: number): Token {
	let end = query.indexOf("'", position + 1);
	while (end !== -1 && query[end + 1] === "'") end = query.indexOf("'", end + 2);
	const text = end === -1 ? query.slice(position) : query.slice(position, end + 1);
	if (end === -1) {
		throw new AudienceError(query, {
			problem: 'This text has no closing quote',
			hint: "A quote inside text is written twice, as in 'O''Hara'",
			text,
			position,
		});
	}
	const value = text.slice(1, -1).replaceAll("''", "'");
	if (NOT_UNICODE.test(value)) {
		throw new AudienceError(query, { problem: 'This text cannot be stored', text, position });
	}
	return { kind: 'text', value, text, position };
}

function match(pattern: RegExp, query: string, position: number): string {
	pattern.lastIndex = position;
	return pattern.exec(query)?.[0] ?? '';
}
