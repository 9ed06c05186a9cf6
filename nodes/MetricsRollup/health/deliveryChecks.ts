import { type Finding, finding, type Standing } from './check';
import type { DeliveryFigures } from './figures';
import { seconds } from './quantities';
import type { Thresholds } from './thresholds';

/** Whether a flow has dead letters, and whether what waits is really tried again. */
export function deliveryChecks(
	{ flow, waiting, dead, oldestWaitingSeconds }: DeliveryFigures,
	{ waitingSeconds }: Thresholds,
	standing: Standing,
): Finding[] {
	const age = oldestWaitingSeconds ?? 0;
	return [
		finding(
			{
				key: `dead-letters:${flow}`,
				name: `Dead letters: ${flow}`,
				value: dead,
				levels: { critical: 0 },
				words: dead === 1 ? 'There is 1 dead letter' : `There are ${dead} dead letters`,
				advice:
					'When the cause is mended, run the workflow "Replay dead letters"; it also lists them.',
				isRaisedElsewhere: true,
			},
			standing,
		),
		finding(
			{
				key: `waiting:${flow}`,
				name: `Waiting deliveries: ${flow}`,
				value: age,
				levels: { warning: waitingSeconds },
				words: waiting === 0 ? 'Nothing waits' : `${waiting} wait, the first for ${seconds(age)}`,
				inWords: seconds,
				advice: 'Check that the workflow which delivers again is active.',
			},
			standing,
		),
	];
}
