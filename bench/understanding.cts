import { compileUnderstanding } from '../nodes/MetaBroker/understanding/understand';
import { cpuMicroseconds } from './cpuTime.cts';
import { understandByHand } from './handWrittenUnderstanding.cts';
import { makeMessages } from './messages.cts';
import type { Measurement } from './report.cts';
import { interleave } from './rounds.cts';

const MESSAGES = 100_000;
/** Of the 50 µs that 20,000 messages a second leave for parsing and understanding. */
const BELOW_US = 35;

/**
 * What a message wants, in this process, against a page of regular expressions written by hand that
 * tells less. No two messages are alike, so that no answer can be kept.
 */
export async function benchUnderstanding(isQuick: boolean): Promise<Measurement[]> {
	const messages = makeMessages(MESSAGES);
	const now = new Date();
	const understand = compileUnderstanding({ country: 'PH', rules: [], places: [], threshold: 0.5 });
	const measure = (work: (message: string) => unknown) => () =>
		cpuMicroseconds(() => messages.forEach((message) => void work(message)), 1) / MESSAGES;
	const subjects = {
		ours: measure((message) => understand(message, now)),
		byHand: measure(understandByHand),
	};
	subjects.ours();
	subjects.byHand();
	const rounds = await interleave(subjects, isQuick ? 3 : 7);
	const cost = rounds.cost('ours');
	return [
		{
			name: `understanding a message, ${Math.round(1e6 / cost).toLocaleString('en')} a second`,
			measured: cost,
			against: 'a page of patterns',
			alternative: rounds.cost('byHand'),
			unit: 'µs',
			ratio: rounds.ratio('ours', 'byHand'),
			target: { below: BELOW_US },
		},
	];
}
