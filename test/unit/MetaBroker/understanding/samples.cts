import { compileUnderstanding } from '../../../../nodes/MetaBroker/understanding/understand';
import type { Understanding } from '../../../../nodes/MetaBroker/understanding/understanding';

/** A Monday in November, in UTC. */
export const NOW = new Date('2026-11-23T04:00:00Z');

const understandNow = compileUnderstanding({
	country: 'PH',
	rules: [],
	places: [],
	threshold: 0.5,
});

export function understood(text: string): Understanding {
	return understandNow(text, NOW);
}

/** The names of the intents, in the order of the alphabet. */
export function intentsIn(text: string): string[] {
	return understood(text)
		.intents.map(({ name }) => name)
		.sort();
}
