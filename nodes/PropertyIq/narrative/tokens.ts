/** One word, number or sign of a text, with what the checks need to know of its surroundings. */
export interface Token {
	kind: 'word' | 'number' | 'currency' | 'percent';
	/** As written, after Unicode compatibility normalisation. */
	raw: string;
	/** Lower case, without diacritics, look-alike letters brought to Latin. */
	word: string;
	/** First of a sentence, a line, a list entry or what follows a colon. */
	opensSentence: boolean;
	/** Stands directly after the token before it: the `M` of `5M`. */
	glued: boolean;
}

const TOKEN = /\p{L}[\p{L}\p{M}]*|\d+(?:[.,]\d+)*|\p{Sc}|%|[.!?:;\n•。।؟]/gu;
const SENTENCE_MARK = /^[.!?:;\n•。।؟]$/u;
const ASCII_WORD = /^[A-Za-z0-9.,]+$/;

/** A full stop after these, or after one letter, ends no sentence. */
const ABBREVIATIONS = new Set(
	'st ste sta sto mt ft ave av rd blvd dr ln hwy brgy bldg apt sq approx mr mrs ms jr sr'.split(
		' ',
	),
);

const FRACTIONS: Record<string, string> = { '½': '.5', '¼': '.25', '¾': '.75' };

const LOOK_ALIKES = lookAlikes(
	['аеорсхуіѕјһԁӏвкмнт', 'aeopcxyisjhdlbkmht'],
	['οαεικνρτυχβμζ', 'oaeikvptuxbmz'],
	['ıłøđ', 'ilod'],
);

/** Cuts a text of any language into tokens. Linear in its length; never throws. */
export function tokenize(text: string): Token[] {
	const plain = unmask(text);
	const tokens: Token[] = [];
	let opensSentence = true;
	let end = -1;
	for (const match of plain.matchAll(TOKEN)) {
		const raw = match[0];
		if (SENTENCE_MARK.test(raw)) {
			opensSentence ||= endsSentence(raw, plain.charAt(match.index + 1), tokens.at(-1));
			continue;
		}
		const word = fold(raw);
		tokens.push({ kind: kindOf(raw), raw, word, opensSentence, glued: match.index === end });
		opensSentence = false;
		end = match.index + raw.length;
	}
	return tokens;
}

/** The folded words of a text, for comparing phrases. */
export function wordsOf(text: string): string[] {
	return tokenize(text).map(({ word }) => word);
}

/**
 * Takes off what hides a text from a check: invisible characters, compatibility forms, foreign
 * digits. Long runs of combining marks are cut, because sorting them is quadratic.
 */
export function unmask(text: string): string {
	return text
		.replace(/\p{Cf}/gu, '')
		.replace(/(\p{M}{4})\p{M}+/gu, '$1')
		.replace(/[^\P{Cc}\n]/gu, ' ')
		.replace(/(\d?)([½¼¾])/g, (_, digit: string, sign: string) => (digit || '0') + FRACTIONS[sign])
		.replace(/(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))/g, ',')
		.normalize('NFKC')
		.replace(/[^\P{Nd}0-9]/gu, toAsciiDigit);
}

function endsSentence(mark: string, next: string, before: Token | undefined): boolean {
	if (mark !== '.') return true;
	if (/[\p{L}\d]/u.test(next)) return false;
	if (before?.kind !== 'word') return true;
	return before.word.length > 1 && !ABBREVIATIONS.has(before.word);
}

function kindOf(raw: string): Token['kind'] {
	if (raw === '%') return 'percent';
	if (/^\d/.test(raw)) return 'number';
	return /^\p{L}/u.test(raw) ? 'word' : 'currency';
}

function fold(raw: string): string {
	if (ASCII_WORD.test(raw)) return raw.toLowerCase();
	const bare = raw.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
	return [...bare].map((letter) => LOOK_ALIKES.get(letter) ?? letter).join('');
}

/** Decimal digits stand in runs of ten, so the distance to the first of the run is the value. */
function toAsciiDigit(digit: string): string {
	const code = digit.codePointAt(0) ?? 0;
	let value = 0;
	while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
	return String(value);
}

function lookAlikes(...alphabets: Array<[string, string]>): Map<string, string> {
	return new Map(
		alphabets.flatMap(([foreign, latin]) =>
			[...foreign].map((letter, index): [string, string] => [letter, latin.charAt(index)]),
		),
	);
}
