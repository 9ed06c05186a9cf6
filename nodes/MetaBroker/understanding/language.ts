import {
	ENGLISH_WORDS,
	LEAST_AFFIXED,
	NOT_TAGALOG,
	TAGALOG_BEGINNINGS,
	TAGALOG_WORDS,
} from './languageWords';
import type { Token } from './tokens';
import type { Language } from './understanding';

/** From this share of the words that tell, a language is one of two in a message. */
const SHARE_OF_BOTH = 0.2;

/**
 * The language of a message by its function words and Tagalog affixes. The confidence is the share
 * of the words that speak for it, less the fewer there are: n / (n + 1).
 */
export function languageOf(tokens: readonly Token[]): Language {
	let english = 0;
	let tagalog = 0;
	for (let index = 0; index < tokens.length; index++) {
		const { kind, text } = tokens[index]!;
		// "25k/mo" is no "mo".
		if (kind !== 'word' || tokens[index - 1]?.text === '/') continue;
		if (TAGALOG_WORDS.has(text)) tagalog++;
		else if (ENGLISH_WORDS.has(text)) english++;
		else if (hasTagalogAffix(text)) tagalog++;
	}
	const told = english + tagalog;
	if (told === 0) return { code: 'unknown', confidence: 0 };
	const share = Math.max(english, tagalog) / told;
	const certainty = told / (told + 1);
	if (Math.min(english, tagalog) / told >= SHARE_OF_BOTH)
		return { code: 'taglish', confidence: round(certainty) };
	return { code: english > tagalog ? 'en' : 'tl', confidence: round(share * certainty) };
}

function hasTagalogAffix(word: string): boolean {
	if (word.length < LEAST_AFFIXED) return false;
	const first = word[0]!;
	if (first !== 'n' && first !== 'm' && first !== 'p' && first !== 'i' && first !== 'k')
		return false;
	return TAGALOG_BEGINNINGS.some((start) => word.startsWith(start)) && !NOT_TAGALOG.has(word);
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
