import { PHILIPPINE_PLACES } from '../../shared/places/philippinePlaces';
import { type Match, Phrases } from './phrases';
import { phraseWords } from './phraseWords';
import { BUILT_IN_RULES, IDIOMS } from './rules/builtInRules';
import { PROPERTY_TYPES, TRANSACTIONS } from './rules/homeWords';
import { checkPlace, checkRule } from './ruleProblem';
import type { IntentRule, PlaceAlias } from './understanding';
import type { Word } from './words';

/** What a phrase stands for. Nothing shorter counts inside an idiom. */
export type Meaning =
	| { kind: 'intent'; intent: string; weight: number; isAlone: boolean }
	| { kind: 'place'; place: string }
	| { kind: 'transaction'; transaction: 'buy' | 'rent' }
	| { kind: 'propertyType'; propertyType: string }
	| { kind: 'idiom' };

/** Names that mean something else in nearly every message. */
const MISLEADING_PLACES = new Set(['Malay', 'Angeles']);
const BUILT_IN_PLACES: readonly PlaceAlias[] = [
	...PHILIPPINE_PLACES.flatMap(({ names, cities }) => [
		toAlias(names),
		...cities.flatMap(([cityNames, areas = []]) => [toAlias(cityNames), ...areas.map(toAlias)]),
	]).filter(({ place }) => !MISLEADING_PLACES.has(place)),
	{ place: 'Angeles', aliases: ['Angeles City'] },
];

function toAlias([place = '', ...aliases]: readonly string[]): PlaceAlias {
	return { place, aliases };
}

/** Finds what a message says, by where it begins; the longest first. */
export type Vocabulary = (words: readonly Word[]) => Match<Meaning>[];

/** What is built in, and a person's own. Throws a RuleProblem for a phrase that cannot be used. */
export function createVocabulary(
	rules: readonly IntentRule[],
	places: readonly PlaceAlias[],
): Vocabulary {
	builtIn ??= builtInPhrases();
	const known = builtIn;
	if (rules.length === 0 && places.length === 0) return (words) => known.find(words);
	const own = ownPhrases(rules, places);
	return (words) => {
		const matches = [...own.find(words), ...known.find(words)];
		return matches.sort((a, b) => a.start - b.start || b.end - a.end);
	};
}

/** Read when first needed: a node that is loaded and not run costs nothing. */
let builtIn: Phrases<Meaning> | undefined;

function builtInPhrases(): Phrases<Meaning> {
	const phrases = new Phrases<Meaning>();
	for (const { intent, weight, phrases: texts, isAlone = false } of BUILT_IN_RULES) {
		add(phrases, texts, { kind: 'intent', intent, weight, isAlone }, intent);
	}
	for (const [transaction, texts] of TRANSACTIONS) {
		add(phrases, texts, { kind: 'transaction', transaction }, transaction);
	}
	for (const [propertyType, texts] of PROPERTY_TYPES) {
		add(phrases, texts, { kind: 'propertyType', propertyType }, propertyType);
	}
	for (const { place, aliases } of BUILT_IN_PLACES) {
		add(phrases, [place, ...aliases], { kind: 'place', place }, place);
	}
	add(phrases, IDIOMS, { kind: 'idiom' }, 'idiom');
	return phrases;
}

function ownPhrases(rules: readonly IntentRule[], places: readonly PlaceAlias[]): Phrases<Meaning> {
	const phrases = new Phrases<Meaning>();
	rules.forEach((rule, index) => {
		checkRule(rule, index + 1);
		const { intent, weight, phrases: texts } = rule;
		const meaning: Meaning = { kind: 'intent', intent, weight, isAlone: false };
		add(phrases, texts, meaning, `Rule ${index + 1} (${intent})`);
	});
	places.forEach((alias, index) => {
		checkPlace(alias, index + 1);
		const place = alias.place.trim();
		const texts = [place, ...alias.aliases];
		add(phrases, texts, { kind: 'place', place }, `Place ${index + 1} (${place})`);
	});
	return phrases;
}

function add(
	phrases: Phrases<Meaning>,
	texts: readonly string[],
	meaning: Meaning,
	where: string,
): void {
	for (const text of texts) phrases.add(phraseWords(text, where), meaning);
}
