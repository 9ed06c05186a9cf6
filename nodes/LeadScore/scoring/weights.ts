/** What a lead is scored by, and how much each of it counts. The four weights are the platform's. */
export const WEIGHTS = { budget: 40, location: 30, contact: 20, engagement: 10 } as const;

export type Factor = keyof typeof WEIGHTS;
export type Weights = Readonly<Record<Factor, number>>;

/** The factors in the order in which they are reported. */
export const FACTORS = Object.keys(WEIGHTS) as readonly Factor[];

/** Goes up with every change that may give the same lead another score. */
export const SCORING_VERSION = '1';

export type Grade = 'A' | 'B' | 'C' | 'D';
export type Priority = 'high' | 'medium' | 'low';

/** The least score of a grade, best grade first. */
const GRADE_FROM = [
	['A', 80],
	['B', 60],
	['C', 40],
] as const;

const PRIORITY = { A: 'high', B: 'medium', C: 'low', D: 'low' } as const;

/** Below this share of known weight (percent) no lead is an A. */
export const FULL_GRADE_COVERAGE = 50;
/** Below this share of known weight (percent) a score is provisional. */
export const FIRM_COVERAGE = 35;

/** What is wrong with the weights, in words; undefined where nothing is. */
export function checkWeights(weights: Weights): string | undefined {
	let sum = 0;
	for (const factor of FACTORS) {
		const weight: unknown = weights[factor];
		if (typeof weight !== 'number' || !(weight >= 0 && weight <= 100)) {
			return `The weight of ${factor} must be a number from 0 to 100`;
		}
		sum += weight;
	}
	if (Math.abs(sum - 100) < 1e-9) return undefined;
	return `The weights must add up to 100, and they add up to ${Number(sum.toFixed(4))}`;
}

/** The grade of a whole score from 0 to 100. */
export function gradeOf(score: number): Grade {
	for (const [grade, from] of GRADE_FROM) if (score >= from) return grade;
	return 'D';
}

export function priorityOf(grade: Grade): Priority {
	return PRIORITY[grade];
}
