import type { Word } from './words';

interface Step<Meaning> {
	next: Map<string, Step<Meaning>>;
	/** By the first letters, what a word may begin with and where that leads. */
	beginnings: Map<string, Array<readonly [beginning: string, step: Step<Meaning>]>>;
	meanings: Meaning[];
}

/** Shorter beginnings of words would stand for nearly all of them. */
export const LEAST_BEGINNING = 3;

export interface Match<Meaning> {
	meaning: Meaning;
	/** The first word, and the one after the last. */
	start: number;
	end: number;
}

/** Phrases and what they mean, found in a message by walking its words once. */
export class Phrases<Meaning> {
	private readonly root: Step<Meaning> = emptyStep();

	/** Adds a phrase; a word that ends in `*` stands for all that begin so. */
	add(words: readonly string[], meaning: Meaning): void {
		let step = this.root;
		for (const word of words) step = word.endsWith('*') ? begin(step, word) : follow(step, word);
		step.meanings.push(meaning);
	}

	/** All that is found within a clause, by where it begins; the longest first. */
	find(words: readonly Word[]): Match<Meaning>[] {
		const matches: Match<Meaning>[] = [];
		for (let start = 0; start < words.length; start++) {
			walk(this.root, words, start, start, matches);
		}
		return matches;
	}
}

function walk<Meaning>(
	step: Step<Meaning>,
	words: readonly Word[],
	start: number,
	end: number,
	matches: Match<Meaning>[],
): void {
	const word = words[end];
	if (word !== undefined && word.clause === words[start]!.clause) {
		const next = step.next.get(word.text);
		if (next) walk(next, words, start, end + 1, matches);
		if (step.beginnings.size > 0 && word.text.length >= LEAST_BEGINNING) {
			const candidates = step.beginnings.get(word.text.slice(0, LEAST_BEGINNING));
			for (const [beginning, after] of candidates ?? []) {
				if (word.text.startsWith(beginning)) walk(after, words, start, end + 1, matches);
			}
		}
	}
	for (const meaning of step.meanings) matches.push({ meaning, start, end });
}

function emptyStep<Meaning>(): Step<Meaning> {
	return { next: new Map(), beginnings: new Map(), meanings: [] };
}

function follow<Meaning>(step: Step<Meaning>, word: string): Step<Meaning> {
	const known = step.next.get(word);
	if (known) return known;
	const added = emptyStep<Meaning>();
	step.next.set(word, added);
	return added;
}

function begin<Meaning>(step: Step<Meaning>, word: string): Step<Meaning> {
	const beginning = word.slice(0, -1);
	const key = beginning.slice(0, LEAST_BEGINNING);
	const candidates = step.beginnings.get(key) ?? [];
	const known = candidates.find(([other]) => other === beginning);
	if (known) return known[1];
	const added = emptyStep<Meaning>();
	step.beginnings.set(key, [...candidates, [beginning, added]]);
	return added;
}
