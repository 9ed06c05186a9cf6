import type { Exclusion, ExclusionReason } from './exclusion';

export interface InsufficientEvidence {
	status: 'insufficient';
	reason: 'no-floor-area' | 'too-few-comparables';
	/** For a person: what is missing, and how to go on. */
	message: string;
	/** Comparables that could have been used. */
	usable: number;
	excluded: Exclusion[];
}

const ADVICE: Partial<Record<ExclusionReason, string>> = {
	'no price': 'state a price above zero for each',
	'no floor area': 'state floor_area_sqm for each',
	'another type of property': 'add some of the same type',
	'older than 365 days': 'add some of the last 12 months',
	'in another city': 'add some of the same city',
	'more than 20 km away': 'add some that are nearer',
	'too small or too large': 'add some of a similar floor area',
	'price far out of line': 'check the prices',
};

/** The answer where the property itself states no floor area to compare by. */
export function noFloorArea(usable: number, excluded: Exclusion[]): InsufficientEvidence {
	return {
		status: 'insufficient',
		reason: 'no-floor-area',
		message:
			'The property has no floor area, so the prices of others cannot be related to its size: ' +
			'state floor_area_sqm.',
		usable,
		excluded,
	};
}

/** The answer where fewer comparables than needed are left. */
export function tooFewComparables(
	usable: number,
	needed: number,
	excluded: Exclusion[],
): InsufficientEvidence {
	const counts = new Map<ExclusionReason, number>();
	for (const { reason } of excluded) counts.set(reason, (counts.get(reason) ?? 0) + 1);
	const reasons = [...counts].sort(([, a], [, b]) => b - a);
	const why = reasons.map(([reason, count]) => `${count} ${reason}`).join(', ');
	const advice = reasons.map(([reason]) => ADVICE[reason]).find((text) => text !== undefined);
	return {
		status: 'insufficient',
		reason: 'too-few-comparables',
		message:
			`An estimate needs at least ${needed} comparables and ${usable} of ` +
			`${usable + excluded.length} can be used${why && ` (left out: ${why})`}. ` +
			`To get one, ${advice ?? 'add comparables from the same area'}.`,
		usable,
		excluded,
	};
}
