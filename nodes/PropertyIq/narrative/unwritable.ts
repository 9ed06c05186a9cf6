import { CLAIM_RULES } from './claimRules';
import { checkFairHousing } from './fairHousing';
import { compilePhrases, findPhrases } from './phrases';
import { tokenize } from './tokens';

const FORBIDDEN_CLAIMS = compilePhrases(CLAIM_RULES.filter((rule) => !rule.supportedBy));

/**
 * The rule for which a listing's own words may not be repeated, such as a feature that reads
 * "No children" or "Guaranteed returns"; undefined where they may.
 */
export function findUnwritable(text: string): string | undefined {
	const blocked = checkFairHousing(text, { names: [text] }).find(({ tier }) => tier === 'block');
	if (blocked) return `fair-housing/${blocked.ruleId}`;
	return findPhrases(tokenize(text), FORBIDDEN_CLAIMS)[0]?.rule.id;
}
