import { CHECKED_TERMS } from './checkedTerms';
import { CLAIM_RULES } from './claimRules';
import { findContactDetails } from './contactDetails';
import { coverNames } from './nameCover';
import { namesOf, type FactSheet } from './facts';
import { groundNames } from './groundNames';
import { groundNumbers } from './groundNumbers';
import { compilePhrases, findPhrases } from './phrases';
import { distinct, quoteText, quoteTokens, type Problem } from './problem';
import { tokenize, unmask, wordsOf, type Token } from './tokens';

const CLAIMS = compilePhrases(CLAIM_RULES);
const TERM_GROUPS = new Map(
	CHECKED_TERMS.flatMap((group) => group.map((word) => [word, group] as const)),
);
const MARKUP = /<[a-z!/]|\]\(|```/gi;

/**
 * What a text says that the facts do not bear out: numbers, currencies, names, amenities,
 * superlatives, promises, comparisons, contact details, markup. Empty where it is all true.
 * Linear in the text, whatever it holds; never throws.
 */
export function findUngrounded(text: string, sheet: FactSheet): Problem[] {
	const tokens = tokenize(text);
	const covered = coverNames(tokens, namesOf(sheet));
	return distinct([
		...contactProblems(text),
		...groundNumbers(tokens, covered, sheet),
		...groundNames(tokens, covered, sheet),
		...termProblems(tokens, covered, sheet),
		...claimProblems(tokens, covered, sheet),
	]);
}

/** Fact ids an answer cites that are not on the sheet. */
export function findUnknownFacts(factsUsed: readonly string[], sheet: FactSheet): Problem[] {
	const ids = new Set(sheet.facts.map(({ id }) => id));
	return distinct(
		factsUsed
			.filter((id) => !ids.has(id))
			.map((id) => ({
				rule: 'unknown-fact',
				quote: quoteText(id),
				message: 'is cited in facts_used and is no id of a fact',
			})),
	);
}

function contactProblems(text: string): Problem[] {
	const plain = unmask(text);
	const details = findContactDetails(plain).map(({ rule, quote }) => ({
		rule,
		quote: quoteText(quote),
		message: 'is a contact detail, which a narrative never gives',
	}));
	const markup = (plain.match(MARKUP) ?? []).map((quote) => ({
		rule: 'markup',
		quote,
		message: 'is markup; write plain text',
	}));
	return [...details, ...markup];
}

function termProblems(
	tokens: readonly Token[],
	covered: readonly boolean[],
	sheet: FactSheet,
): Problem[] {
	const known = new Set(sheet.facts.flatMap(({ text }) => wordsOf(text)));
	return tokens.flatMap(({ word, raw }, at) => {
		const group = covered[at] ? undefined : TERM_GROUPS.get(word);
		if (!group || group.some((term) => known.has(term))) return [];
		return [
			{
				rule: 'unsupported-detail',
				quote: raw,
				message: 'is something that no fact mentions',
			},
		];
	});
}

function claimProblems(
	tokens: readonly Token[],
	covered: readonly boolean[],
	sheet: FactSheet,
): Problem[] {
	return findPhrases(tokens, CLAIMS)
		.filter(({ from, to }) => !covered.slice(from, to).every(Boolean))
		.filter(({ rule }) => !rule.supportedBy?.(sheet))
		.map(({ rule, from, to }) => ({
			rule: rule.id,
			quote: quoteTokens(tokens, from, to),
			message: rule.message,
		}));
}
