import { median } from './median.cts';

/** What is measured, by name; returns its cost in any unit. */
export type Subjects<Name extends string> = Record<Name, () => number | Promise<number>>;

export interface Rounds<Name extends string> {
	/** Median cost over the rounds. */
	cost(name: Name): number;
	/** Median over the rounds of the ratio within a round: what both suffer from cancels out. */
	ratio(name: Name, alternative: Name): number;
}

/**
 * Measures every subject once a round, in turn, because a machine's speed drifts. The order turns
 * around every other round, so that nobody always stands behind the same neighbour.
 */
export async function interleave<Name extends string>(
	subjects: Subjects<Name>,
	rounds: number,
	onRound: (round: number) => void = () => {},
): Promise<Rounds<Name>> {
	const names = Object.keys(subjects) as Name[];
	const costs: Record<Name, number>[] = [];
	for (let round = 0; round < rounds; round++) {
		onRound(round);
		const cost = {} as Record<Name, number>;
		for (const name of round % 2 === 0 ? names : names.toReversed()) {
			cost[name] = await subjects[name]();
		}
		costs.push(cost);
	}
	return {
		cost: (name) => median(costs.map((cost) => cost[name])),
		ratio: (name, alternative) => median(costs.map((cost) => cost[name] / cost[alternative])),
	};
}
