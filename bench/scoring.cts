import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

import { toScoringInput } from '../nodes/LeadScore/scoring/input';
import { createScorer } from '../nodes/LeadScore/scoring/scoreLead';
import { cpuMicroseconds } from './cpuTime.cts';
import { makeLeads } from './leads.cts';
import type { Measurement } from './report.cts';
import { interleave } from './rounds.cts';

const LEADS = 100_000;
/** 200,000 leads a second. */
const BELOW_US = 5;

/**
 * A lead's whole score with its reasons, in this process, against the least that a check of its
 * phone number costs without us. No two leads are alike, so that no answer can be kept.
 */
export async function benchScoring(isQuick: boolean): Promise<Measurement[]> {
	const now = Date.now();
	const leads = makeLeads(LEADS, now);
	const score = createScorer();
	const measure = (work: (lead: (typeof leads)[number]) => void) => () =>
		cpuMicroseconds(() => leads.forEach(work), 1) / LEADS;
	const subjects = {
		score: measure((lead) => void score(toScoringInput(lead), now)),
		phone: measure(({ phone }) => {
			parsePhoneNumberFromString(phone ?? '', 'PH')?.isValid();
		}),
	};
	subjects.score();
	const rounds = await interleave(subjects, isQuick ? 3 : 7);
	return [
		{
			name: 'score with reasons, a lead',
			measured: rounds.cost('score'),
			against: 'libphonenumber-js alone',
			alternative: rounds.cost('phone'),
			unit: 'µs',
			ratio: rounds.ratio('score', 'phone'),
			target: { below: BELOW_US },
		},
	];
}
