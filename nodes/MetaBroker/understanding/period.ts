import { textAt } from './quantity';
import type { Token } from './tokens';

export type Period = 'night' | 'month' | 'year';

const UNITS: ReadonlyMap<string, Period> = new Map([
	...pair('month', 'mo mos mon month months buwan mnth mth'),
	...pair('night', 'night nights gabi day'),
	...pair('year', 'yr year years taon annum'),
]);
const ADVERBS: ReadonlyMap<string, Period> = new Map([
	...pair('month', 'monthly buwanan buwanang'),
	...pair('night', 'nightly'),
	...pair('year', 'yearly annually annual taunan'),
]);
const PER = new Set(['/', 'per', 'a', 'kada', 'every', 'each', 'isang', 'bawat']);
const REACH = 4;

function pair(period: Period, list: string): Array<readonly [string, Period]> {
	return list.split(' ').map((word) => [word, period] as const);
}

/** What stands behind an amount: "/mo", "per month", "monthly", "kada buwan". */
export function periodAfter(
	tokens: readonly Token[],
	start: number,
): { per: Period | undefined; end: number } {
	const word = textAt(tokens, start);
	const adverb = ADVERBS.get(word);
	if (adverb) return { per: adverb, end: start + 1 };
	// "25k pm"
	if (word === 'pm' && textAt(tokens, start - 1) !== '' && tokens[start - 1]!.kind === 'word') {
		return { per: 'month', end: start + 1 };
	}
	const per = PER.has(word) ? UNITS.get(textAt(tokens, start + 1)) : undefined;
	return per ? { per, end: start + 2 } : { per: undefined, end: start };
}

/** "monthly budget of 30k" */
export function periodBefore(tokens: readonly Token[], start: number): Period | undefined {
	for (let index = start - 1; index >= 0 && index >= start - REACH; index--) {
		const adverb = ADVERBS.get(textAt(tokens, index));
		if (adverb) return adverb;
	}
	return undefined;
}
