import { CHECKED_TERMS } from './checkedTerms';
import { COMMON_WORDS } from './commonWords';
import { isCurrencyMark } from './currencies';
import { type FactSheet } from './facts';
import { startsUpperCase } from './nameCover';
import { quoteTokens, type Problem } from './problem';
import { tokenize, wordsOf, type Token } from './tokens';

/** What follows the name of one place at the head of a sentence, where every word has a capital. */
const AFTER_A_NAME = new Set(
	's is was has offers lies sits stands boasts provides gives puts makes'.split(' '),
);

const SAME_WORD = [
	['street', 'st'],
	['avenue', 'ave', 'av'],
	['road', 'rd'],
	['boulevard', 'blvd'],
	['drive', 'dr'],
	['lane', 'ln'],
	['highway', 'hwy'],
	['building', 'bldg'],
	['barangay', 'brgy'],
	['apartment', 'apt'],
	['saint', 'st'],
	['santa', 'sta'],
	['santo', 'sto'],
	['philippines', 'philippine', 'ph'],
];

/**
 * Every proper name of a text that stands in no fact, by its capital: names of places, schools,
 * people, months. Scripts without capitals have nothing to go by and pass.
 */
export function groundNames(
	tokens: readonly Token[],
	covered: readonly boolean[],
	sheet: FactSheet,
): Problem[] {
	const known = knownWords(sheet);
	const isUnknown = (token: Token | undefined): boolean =>
		token?.kind === 'word' && startsUpperCase(token.raw) && !known.has(token.word);
	return tokens.flatMap((token, at) => {
		if (covered[at] || !isUnknown(token) || isCurrencyMark(token.word, true)) return [];
		const isName = token.opensSentence ? looksLikeName(token, tokens[at + 1], isUnknown) : true;
		if (!isName) return [];
		return [
			{
				rule: 'unknown-name',
				quote: quoteTokens(tokens, at, at + 1),
				message: 'names something that no fact names; write other words in lower case',
			},
		];
	});
}

function looksLikeName(
	token: Token,
	next: Token | undefined,
	isUnknown: (token: Token | undefined) => boolean,
): boolean {
	if (token.raw.length > 1 && token.raw === token.raw.toUpperCase()) return true;
	if (next === undefined || next.opensSentence) return false;
	return AFTER_A_NAME.has(next.word) || isUnknown(next);
}

function knownWords(sheet: FactSheet): Set<string> {
	const words = sheet.facts.flatMap(({ label, text }) => [...wordsOf(text), ...wordsOf(label)]);
	// What the terms name is checked as such, whatever its case.
	const known = new Set([...COMMON_WORDS, ...CHECKED_TERMS.flat(), ...words]);
	for (const group of SAME_WORD) {
		if (group.some((word) => words.includes(word))) group.forEach((word) => known.add(word));
	}
	if (sheet.currency) known.add(tokenize(sheet.currency)[0]?.word ?? '');
	return known;
}
