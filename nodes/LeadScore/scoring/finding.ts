/** What is found out about one factor of a lead. */
export interface Finding {
	/** `inferred` is weak evidence and counts half. */
	status: 'known' | 'inferred' | 'missing';
	/** 0 to 100; 0 where it is missing. */
	score: number;
	/** One sentence for the people who call the lead. */
	reason: string;
	/** How the score came about, a line a part. */
	details?: string[];
	/** What to ask the lead to know more; absent where only the agency can tell. */
	question?: string;
}

/** How much of a factor's weight a finding carries, 0 to 1; the rest stays neutral. */
export function certaintyOf({ status }: Finding): number {
	if (status === 'known') return 1;
	return status === 'inferred' ? 0.5 : 0;
}

/**
 * An inquiry about a listing says that it is of interest, not that it fits: a preference inferred
 * from the listing itself never scores as one that was stated.
 */
export const INFERRED_SCORE = 75;

export function missing(reason: string, question?: string): Finding {
	return { status: 'missing', score: 0, reason, ...(question && { question }) };
}
