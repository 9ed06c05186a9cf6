export interface Token {
	kind: 'word' | 'number' | 'sign';
	/** A word without apostrophes, a number with its separators, or one sign. */
	text: string;
	/** Nothing stands between it and the token before. */
	isGlued: boolean;
}

const SPACE = 0;
const LETTER = 1;
const DIGIT = 2;
const SIGN = 3;
const APOSTROPHE = 4;

/** Signs that say something to a reader of amounts, dates and clauses; the rest are blanks. */
const SIGNS = '$%&()+,-./:;!?#~\n';

const ASCII = Uint8Array.from({ length: 128 }, (_, code) => {
	const character = String.fromCharCode(code);
	if (/[a-z]/i.test(character)) return LETTER;
	if (/[0-9]/.test(character)) return DIGIT;
	if (character === "'") return APOSTROPHE;
	return SIGNS.includes(character) ? SIGN : SPACE;
});

const LETTERS = /[\p{L}\p{M}]/u;
const CURRENCY = /\p{Sc}/u;
const ELONGATED = /(.)\1{2,}/g;
const LINK = new Set(['http', 'https', 'www']);

/**
 * Splits a folded text into words, numbers and signs, in one pass. "hellooo" is "hello", "don't" is
 * "dont", "3br" is a number and a word, and a link is nothing.
 */
export function tokenize(text: string): Token[] {
	const tokens: Token[] = [];
	let end = -1;
	let index = 0;
	while (index < text.length) {
		const start = index;
		const kind = kindAt(text, index);
		if (kind === LETTER) {
			index = endOfWord(text, index);
			const word = text.slice(start, index);
			if (LINK.has(word) && /[:.]/.test(text[index] ?? '')) {
				index = endOfLink(text, index);
				continue;
			}
			tokens.push({ kind: 'word', text: plainWord(word), isGlued: end === start });
		} else if (kind === DIGIT) {
			index = endOfNumber(text, index);
			tokens.push({ kind: 'number', text: text.slice(start, index), isGlued: end === start });
		} else {
			index++;
			if (kind !== SIGN) continue;
			tokens.push({ kind: 'sign', text: text[start]!, isGlued: end === start });
		}
		end = index;
	}
	return tokens;
}

function kindAt(text: string, index: number): number {
	const code = text.charCodeAt(index);
	if (code < 128) return ASCII[code]!;
	const character = text[index]!;
	if (LETTERS.test(character)) return LETTER;
	return CURRENCY.test(character) ? SIGN : SPACE;
}

/** An apostrophe belongs to a word between two letters. */
function endOfWord(text: string, start: number): number {
	let index = start + 1;
	while (index < text.length) {
		const kind = kindAt(text, index);
		const isInner = kind === APOSTROPHE && kindAt(text, index + 1) === LETTER;
		if (kind !== LETTER && !isInner) break;
		index++;
	}
	return index;
}

function plainWord(word: string): string {
	const letters = word.includes("'") ? word.replaceAll("'", '') : word;
	return letters.length > 2 ? letters.replace(ELONGATED, '$1') : letters;
}

/** A comma groups three digits, a point stands before any; neither ends a number. */
function endOfNumber(text: string, start: number): number {
	let index = endOfDigits(text, start);
	for (;;) {
		const next = endOfDigits(text, index + 1);
		const size = next - index - 1;
		const goesOn = text[index] === ',' ? size === 3 : text[index] === '.' && size > 0;
		if (!goesOn) return index;
		index = next;
	}
}

function endOfDigits(text: string, start: number): number {
	let index = start;
	while (index < text.length && ASCII[text.charCodeAt(index)] === DIGIT) index++;
	return index;
}

function endOfLink(text: string, start: number): number {
	let index = start;
	while (index < text.length && !/\s/.test(text[index]!)) index++;
	return index;
}
