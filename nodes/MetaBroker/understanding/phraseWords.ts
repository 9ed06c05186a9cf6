import { LEAST_BEGINNING } from './phrases';
import { fold } from './readableText';
import { checkBeginning, checkWords } from './ruleProblem';
import { tokenize } from './tokens';
import { wordsOf } from './words';

/**
 * A phrase as messages are compared with it; `*` at the end of a word stays. Throws a RuleProblem
 * that begins with `where`.
 */
export function phraseWords(phrase: string, where: string): string[] {
	const words = phrase.split(/\s+/).flatMap((part) => partWords(part, where));
	const distinct = words.filter((word, index) => word !== words[index - 1]);
	checkWords(distinct, phrase, where);
	return distinct;
}

function partWords(part: string, where: string): string[] {
	const words = wordsOf(tokenize(fold(part.normalize('NFKC')))).map(({ text }) => text);
	const last = words.at(-1);
	if (last === undefined || !part.endsWith('*')) return words;
	checkBeginning(last + '*', LEAST_BEGINNING, where);
	return [...words.slice(0, -1), last + '*'];
}
