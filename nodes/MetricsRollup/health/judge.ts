import type { OpenAlert, Severity } from './figures';
import type { Levels } from './thresholds';

/** What a value means for its alert. */
export interface Verdict {
	state: 'ok' | Severity;
	/** What the value was held against. */
	limit: number;
	/** Absent where an open alert stays as it is. */
	condition?: 'breached' | 'calm';
}

/**
 * Holds a value, of which more is worse, against its levels. Once an alert is open, its level is
 * passed back only at `clearShare` of it; in between nothing changes.
 */
export function judge(
	value: number,
	levels: Levels,
	open: Pick<OpenAlert, 'severity'> | undefined,
	clearShare: number,
): Verdict {
	const grades = (['critical', 'warning'] as const).flatMap((state) => {
		const limit = levels[state];
		return limit === undefined ? [] : [{ state, limit }];
	});
	const mildest = grades.at(-1)!;
	for (const grade of grades) {
		if (value > grade.limit) return { ...grade, condition: 'breached' };
		const isOpen = open !== undefined && (open.severity === grade.state || grade === mildest);
		const clearLimit = grade.limit * clearShare;
		if (isOpen && value > clearLimit) return { state: grade.state, limit: clearLimit };
	}
	return {
		state: 'ok',
		limit: open ? mildest.limit * clearShare : mildest.limit,
		condition: 'calm',
	};
}
