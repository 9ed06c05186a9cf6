/** What stands around a number and says what it counts. */
import { isCurrencyMark } from './currencies';
import { measureOf, scalesOf, squareMeasureOf, valueOfNumberWord, type Measure } from './measures';
import type { Token } from './tokens';

/** How far from its number a noun or a telling word may stand. */
const NOUN_REACH = 3;
const CONTEXT_REACH = 10;

const PHRASE_ENDS = wordSet(
	'with for and in at of on the this that a an to is are has have was were or near from per by plus',
	'y en con de para ay sa ng na may',
);
const PER = wordSet('per a each por bawat kada');
const PERCENT = wordSet('percent percentage pct porsyento porciento');

/** Whether a token stands for a currency: a sign, a name, or an abbreviation in capitals. */
export function isCurrency(token: Token | undefined, besideNumber: boolean): boolean {
	if (token?.kind === 'currency') return true;
	if (token?.kind !== 'word' || !isCurrencyMark(token.word, besideNumber)) return false;
	return token.word.length > 2 || token.raw !== token.word;
}

/** Factors that the word after a number multiplies it by, such as `M`, `thousand`. */
export function scaleAt(tokens: readonly Token[], at: number): readonly number[] | undefined {
	const next = tokens[at];
	if (next?.kind !== 'word' || next.opensSentence) return undefined;
	if (next.word.length > 2) return scalesOf(next.word);
	const hasExponent = tokens[at + 1]?.raw === '2' && tokens[at + 1]?.glued;
	// `85m` is a length, `₱5m` and `5M` are millions, `85 m2` is an area.
	const isLength = hasExponent || (next.raw === 'm' && tokens[at - 2]?.kind !== 'currency');
	return (next.glued || next.raw !== next.word) && !isLength ? scalesOf(next.word) : undefined;
}

export function isMoney(tokens: readonly Token[], at: number, end: number): boolean {
	if (isCurrency(tokens[at - 1], true)) return true;
	const after = tokens[end];
	// A sign between two numbers belongs to the second.
	if (!after || after.opensSentence || tokens[end + 1]?.kind === 'number') return false;
	return isCurrency(after, true);
}

export function isPerArea(tokens: readonly Token[], end: number): boolean {
	const from = PER.has(tokens[end]?.word ?? '') ? end + 1 : end;
	return measureAfter(tokens, from, 0)?.quantity === 'area';
}

export function isPercent(tokens: readonly Token[], end: number): boolean {
	const next = tokens[end];
	if (next?.kind === 'percent' || PERCENT.has(next?.word ?? '')) return true;
	return next?.word === 'por' && tokens[end + 1]?.word === 'ciento';
}

/** The first word within reach that names a measure, before the phrase ends. */
export function measureAfter(
	tokens: readonly Token[],
	from: number,
	reach: number = NOUN_REACH,
): Measure | undefined {
	for (let at = from; at <= from + reach; at++) {
		const token = tokens[at];
		if (!token || token.opensSentence || token.kind !== 'word') return undefined;
		if (PHRASE_ENDS.has(token.word) || valueOfNumberWord(token.word)) return undefined;
		const next = tokens[at + 1];
		if (token.word === 'sq' || token.word === 'square') return squareMeasureOf(next?.word ?? '');
		if (next?.raw === '2' && next.glued) return squareMeasureOf(token.word);
		const measure = measureOf(token.word);
		if (measure) return measure;
	}
	return undefined;
}

/** The `2` of `m2` and `ft2`. */
export function isExponent(tokens: readonly Token[], at: number): boolean {
	const [token, before] = [tokens[at], tokens[at - 1]];
	return token?.raw === '2' && token.glued && squareMeasureOf(before?.word ?? '') !== undefined;
}

/** Folded words before a number in the same sentence, back to the number before. */
export function wordsBefore(tokens: readonly Token[], at: number): string[] {
	const words: string[] = [];
	for (let index = at - 1; index >= Math.max(0, at - CONTEXT_REACH); index--) {
		const token = tokens[index];
		if (!token || token.kind === 'number' || tokens[index + 1]?.opensSentence) break;
		if (token.kind === 'word' && !isCurrency(token, true)) words.unshift(token.word);
	}
	return words;
}

function wordSet(...lists: string[]): ReadonlySet<string> {
	return new Set(lists.flatMap((list) => list.split(' ')));
}
