import type { Match } from './phrases';
import { UNDENIABLE } from './rules/builtInRules';
import type { Meaning, Vocabulary } from './vocabulary';
import { isDenied, type Word } from './words';

/** What the phrases of a message say, each word counted once for each thing. */
export interface Findings {
	/** By intent, what its phrases add up to. */
	weights: Map<string, number>;
	places: string[];
	transactions: Set<'buy' | 'rent'>;
	propertyType?: string;
}

/** Around a phrase that has to stand alone, these may stand. */
const COURTESIES = new Set(
	(
		'hi hello hey ok okay oki sige sorry no thanks thank you salamat sir maam mam ma am boss admin now na ' +
		'can could would i want to gusto ko me this it'
	).split(' '),
);
const MOST_PLACES = 10;

export function findingsOf(vocabulary: Vocabulary, words: readonly Word[]): Findings {
	const matches = vocabulary(words);
	const findings: Findings = { weights: new Map(), places: [], transactions: new Set() };
	const idioms = matches.filter(({ meaning }) => meaning.kind === 'idiom');
	/** By what was counted, the word up to which it was. */
	const counted = new Map<string, number>();
	for (const match of matches) {
		const { meaning, start, end } = match;
		if (meaning.kind === 'idiom') continue;
		const key = meaning.kind === 'intent' ? meaning.intent : '#' + meaning.kind;
		if (start < (counted.get(key) ?? 0)) continue;
		if (idioms.some((idiom) => isInside(match, idiom))) continue;
		if (meaning.kind === 'intent' && meaning.isAlone && !standsAlone(words, match)) continue;
		counted.set(key, end);
		if (!UNDENIABLE.has(key) && isDenied(words, start)) continue;
		if (meaning.kind === 'propertyType' && isNumbered(words, end)) continue;
		note(findings, meaning);
	}
	return findings;
}

function note(findings: Findings, meaning: Meaning): void {
	const { weights, places, transactions } = findings;
	if (meaning.kind === 'intent') {
		weights.set(meaning.intent, (weights.get(meaning.intent) ?? 0) + meaning.weight);
	} else if (meaning.kind === 'transaction') transactions.add(meaning.transaction);
	else if (meaning.kind === 'propertyType') findings.propertyType ??= meaning.propertyType;
	else if (meaning.kind === 'place' && places.length < MOST_PLACES) {
		if (!places.includes(meaning.place)) places.push(meaning.place);
	}
}

/** "Block 5 lot 12" is an address; "lot 120 sqm" is none. */
function isNumbered(words: readonly Word[], end: number): boolean {
	const next = words[end]?.text ?? '';
	return /^\d{1,3}$/.test(next) && !(words[end + 1]?.text.startsWith('sq') ?? false);
}

function isInside(match: Match<Meaning>, idiom: Match<Meaning>): boolean {
	const isShorter = match.end - match.start < idiom.end - idiom.start;
	return isShorter && match.start >= idiom.start && match.end <= idiom.end;
}

/** Whether the clause says nothing else but courtesies. */
function standsAlone(words: readonly Word[], { start, end }: Match<Meaning>): boolean {
	const { clause } = words[start]!;
	for (let index = start - 1; words[index]?.clause === clause; index--) {
		if (!COURTESIES.has(words[index]!.text)) return false;
	}
	for (let index = end; words[index]?.clause === clause; index++) {
		if (!COURTESIES.has(words[index]!.text)) return false;
	}
	return true;
}
