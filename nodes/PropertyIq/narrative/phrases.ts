import type { Token } from './tokens';

/**
 * A phrase as data, in folded words: `a|b` is either word, `fam*` any word that starts so,
 * `~2` up to two words that do not matter. A phrase never runs across the end of a sentence.
 */
export type Phrase = string;

interface Step {
	words: ReadonlySet<string>;
	prefixes: readonly string[];
	/** How many words may stand before this one. */
	gap: number;
}

interface CompiledPhrase<Rule> {
	rule: Rule;
	steps: Step[];
}

export interface PhraseBook<Rule> {
	byFirstWord: ReadonlyMap<string, Array<CompiledPhrase<Rule>>>;
	byPrefix: ReadonlyArray<CompiledPhrase<Rule>>;
}

/** Where a rule's phrase stands: the tokens `from` up to, not including, `to`. */
export interface PhraseMatch<Rule> {
	rule: Rule;
	from: number;
	to: number;
}

/** Prepares rules for matching. Phrases must start with a word, not with a gap. */
export function compilePhrases<Rule extends { phrases: readonly Phrase[] }>(
	rules: readonly Rule[],
): PhraseBook<Rule> {
	const byFirstWord = new Map<string, Array<CompiledPhrase<Rule>>>();
	const byPrefix: Array<CompiledPhrase<Rule>> = [];
	for (const rule of rules) {
		for (const phrase of rule.phrases) {
			const compiled = { rule, steps: stepsOf(phrase) };
			const [first] = compiled.steps;
			if (first === undefined) continue;
			if (first.prefixes.length > 0) byPrefix.push(compiled);
			for (const word of first.words) {
				byFirstWord.set(word, [...(byFirstWord.get(word) ?? []), compiled]);
			}
		}
	}
	return { byFirstWord, byPrefix };
}

/** Every place where a phrase stands. Linear in the text: phrases and gaps are bounded. */
export function findPhrases<Rule>(
	tokens: readonly Token[],
	book: PhraseBook<Rule>,
): Array<PhraseMatch<Rule>> {
	return tokens.flatMap((token, from) =>
		[...(book.byFirstWord.get(token.word) ?? []), ...book.byPrefix].flatMap(({ rule, steps }) => {
			const to = endOfPhrase(tokens, steps, 0, from, from);
			return to === undefined ? [] : [{ rule, from, to }];
		}),
	);
}

function endOfPhrase(
	tokens: readonly Token[],
	steps: readonly Step[],
	position: number,
	from: number,
	at: number,
): number | undefined {
	const step = steps[position];
	if (step === undefined) return at;
	for (let index = at; index <= at + step.gap; index++) {
		const token = tokens[index];
		if (token === undefined || (token.opensSentence && index > from)) return undefined;
		if (!fits(token.word, step)) continue;
		const end = endOfPhrase(tokens, steps, position + 1, from, index + 1);
		if (end !== undefined) return end;
	}
	return undefined;
}

function fits(word: string, { words, prefixes }: Step): boolean {
	return words.has(word) || prefixes.some((prefix) => word.startsWith(prefix));
}

function stepsOf(phrase: Phrase): Step[] {
	const steps: Step[] = [];
	let gap = 0;
	for (const part of phrase.split(' ').filter(Boolean)) {
		if (part.startsWith('~')) {
			gap = Number(part.slice(1));
			continue;
		}
		const choices = part.split('|');
		steps.push({
			words: new Set(choices.filter((choice) => !choice.endsWith('*'))),
			prefixes: choices
				.filter((choice) => choice.endsWith('*'))
				.map((choice) => choice.slice(0, -1)),
			gap,
		});
		gap = 0;
	}
	return steps;
}
