import { toScoringInput } from '../nodes/LeadScore/scoring/input';
import { createScorer, type LeadScore } from '../nodes/LeadScore/scoring/scoreLead';
import type { LeadCreated } from '../nodes/shared/contracts/leadCreated';

const scorer = createScorer();

/** What a Code node calls: the very scoring of Score Lead, with its default settings. */
export function score(event: LeadCreated): LeadScore {
	return scorer(toScoringInput(event), Date.now());
}
