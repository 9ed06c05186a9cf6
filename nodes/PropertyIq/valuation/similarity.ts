import type { Comparable } from '../../shared/contracts/comparable';
import type { Subject } from './subject';

type Trait = 'areaSqm' | 'beds' | 'baths' | 'yearBuilt' | 'lotSqm';

/**
 * What each trait weighs, and how far apart two properties are when they share nothing of it:
 * a difference, or a ratio for areas, whose meaning grows with size.
 */
const TRAITS: Record<Trait, { weight: number } & ({ difference: number } | { ratio: number })> = {
	areaSqm: { weight: 0.45, ratio: 1.67 },
	beds: { weight: 0.15, difference: 4 },
	baths: { weight: 0.15, difference: 3 },
	yearBuilt: { weight: 0.15, difference: 50 },
	lotSqm: { weight: 0.1, ratio: 4 },
};

/**
 * How alike two properties are, from 0 (nothing in common) to 1 (the same): Gower's coefficient.
 * A trait that either side does not state is skipped and its weight shared among the others.
 * 0 where no trait can be compared.
 * @see Gower, J. C. (1971), A general coefficient of similarity, Biometrics 27
 */
export function similarity(subject: Subject, comparable: Comparable): number {
	let [shared, weights] = [0, 0];
	for (const trait of Object.keys(TRAITS) as Trait[]) {
		const alike = likeness(trait, subject[trait], comparable[trait]);
		if (alike === undefined) continue;
		shared += TRAITS[trait].weight * alike;
		weights += TRAITS[trait].weight;
	}
	return weights === 0 ? 0 : shared / weights;
}

function likeness(trait: Trait, a: number | undefined, b: number | undefined): number | undefined {
	if (a === undefined || b === undefined || !Number.isFinite(a) || !Number.isFinite(b)) return;
	const scale = TRAITS[trait];
	if ('difference' in scale) return Math.max(0, 1 - Math.abs(a - b) / scale.difference);
	if (a <= 0 || b <= 0) return;
	return Math.max(0, 1 - Math.abs(Math.log(a / b)) / Math.log(scale.ratio));
}
