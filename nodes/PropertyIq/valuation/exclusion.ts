/** Why a comparable was not used, in words for a person. */
export type ExclusionReason =
	| 'no price'
	| 'no floor area'
	| 'the property itself'
	| 'listed twice'
	| 'another type of property'
	| 'dated after the day of valuation'
	| 'older than 365 days'
	| 'in another city'
	| 'more than 20 km away'
	| 'too small or too large'
	| 'farther away than needed'
	| 'less alike than the 15 used'
	| 'price far out of line';

export interface Exclusion {
	id: string;
	reason: ExclusionReason;
}

/** Splits rows into those a test has no objection to and those it has, with the reason. */
export function exclude<T extends { comparable: { id: string } }>(
	rows: readonly T[],
	objection: (row: T) => ExclusionReason | false,
): { kept: T[]; excluded: Exclusion[] } {
	const kept: T[] = [];
	const excluded: Exclusion[] = [];
	for (const row of rows) {
		const reason = objection(row);
		if (reason) excluded.push({ id: row.comparable.id, reason });
		else kept.push(row);
	}
	return { kept, excluded };
}
