import type { NarrativeAnswer } from './answer';
import { checkFairHousing, type ExtraRule, type Finding } from './fairHousing';
import { namesOf, type FactSheet } from './facts';
import { findUngrounded, findUnknownFacts } from './grounding';
import { quoteText, type Problem } from './problem';

export interface NarrativeVerdict {
	/** Why the text may not be published; empty where it may. */
	problems: Problem[];
	/** What a person should look at; the text may be published. */
	review: Finding[];
}

/** Holds a narrative against the facts and the fair-housing rules, every field of it. */
export function checkNarrative(
	narrative: NarrativeAnswer,
	sheet: FactSheet,
	extraRules: ExtraRule[] = [],
): NarrativeVerdict {
	const text = [
		narrative.headline,
		narrative.description,
		narrative.market_summary,
		...narrative.highlights,
		...narrative.caveats,
	].join('\n');
	const findings = checkFairHousing(text, { names: namesOf(sheet), extraRules });
	const blocked = findings.filter(({ tier }) => tier === 'block');
	return {
		problems: [
			...findUngrounded(text, sheet),
			...findUnknownFacts(narrative.facts_used, sheet),
			...blocked.map(({ ruleId, quote, reason }) => ({
				rule: `fair-housing/${ruleId}`,
				quote: quoteText(quote),
				message: reason,
			})),
		],
		review: findings.filter(({ tier }) => tier === 'review'),
	};
}
