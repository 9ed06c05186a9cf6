import type { FairHousingRule, FairHousingTier } from './fairHousingRule';
import { FAIR_HOUSING_RULES } from './fairHousingRules';
import { coverNames } from './nameCover';
import { compilePhrases, findPhrases } from './phrases';
import { quoteTokens } from './problem';
import { tokenize, wordsOf } from './tokens';

/** A phrase of the caller's own, in ordinary words. */
export interface ExtraRule {
	phrase: string;
	tier: FairHousingTier;
}

export interface Finding {
	ruleId: string;
	tier: FairHousingTier;
	/** The words that match, at most 40 characters. */
	quote: string;
	reason: string;
	/** Quote and reason, one sentence. */
	message: string;
	source: string;
}

const RULES = compilePhrases(FAIR_HOUSING_RULES);

/**
 * Finds what may not stand in a housing advertisement, or needs a person's eye: each rule once.
 * Case, diacritics, spacing, invisible and look-alike characters make no difference. `names` are
 * the address, the city and the like: a religion's name inside one of them is not meant as such.
 */
export function checkFairHousing(
	text: string,
	{ names = [], extraRules = [] }: { names?: readonly string[]; extraRules?: ExtraRule[] } = {},
): Finding[] {
	const tokens = tokenize(text);
	const covered = coverNames(tokens, names);
	const matches = [
		...findPhrases(tokens, RULES),
		...findPhrases(tokens, compilePhrases(extraRules.map(toRule))),
	];
	const findings = new Map<string, Finding>();
	for (const { rule, from, to } of matches) {
		if (findings.has(rule.id)) continue;
		if (rule.yieldsToNames && covered.slice(from, to).every(Boolean)) continue;
		const { id: ruleId, tier, reason, source } = rule;
		const quote = quoteTokens(tokens, from, to);
		const message = `"${quote}" ${reason}.`;
		findings.set(ruleId, { ruleId, tier, quote, reason, message, source });
	}
	return [...findings.values()];
}

function toRule({ phrase, tier }: ExtraRule, index: number): FairHousingRule {
	return {
		id: `own-${index + 1}`,
		tier,
		// Through the tokeniser, so that no sign in it can mean anything but itself.
		phrases: [wordsOf(phrase).join(' ')],
		reason: 'is on your own list',
		source: 'your own list',
	};
}
