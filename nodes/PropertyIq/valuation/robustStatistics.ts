/** Makes the median absolute deviation estimate a standard deviation of normal data. */
const MAD_TO_SIGMA = 1.4826;

/** Middle value; the mean of the two middle ones for an even count; NaN for none. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const upper = sorted.length >> 1;
	const lower = sorted.length % 2 === 1 ? upper : upper - 1;
	return ((sorted[lower] ?? NaN) + (sorted[upper] ?? NaN)) / 2;
}

/** Arithmetic mean; NaN for none. */
export function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation as outliers cannot move it: 1.4826 times the median absolute deviation. */
export function robustSigma(values: readonly number[]): number {
	const middle = median(values);
	return MAD_TO_SIGMA * median(values.map((value) => Math.abs(value - middle)));
}

/**
 * Mean and standard deviation under weights that sum to 1. The deviation divides by 1 - Σw², so
 * that a few dominant weights do not pass for agreement; it is 0 where one weight is all.
 * @see https://en.wikipedia.org/wiki/Weighted_arithmetic_mean#Reliability_weights
 */
export function weightedMoments(values: readonly number[], weights: readonly number[]) {
	const weightOf = (index: number) => weights[index] ?? 0;
	const center = values.reduce((sum, value, i) => sum + weightOf(i) * value, 0);
	const spread = values.reduce((sum, value, i) => sum + weightOf(i) * (value - center) ** 2, 0);
	const freedom = 1 - weights.reduce((sum, weight) => sum + weight ** 2, 0);
	return { mean: center, sigma: freedom > 1e-9 ? Math.sqrt(spread / freedom) : 0 };
}

/**
 * Theil-Sen line through points, the median of the slopes between all pairs, with the
 * Mann-Kendall score `z` of how far their order is from chance.
 * @see https://en.wikipedia.org/wiki/Theil%E2%80%93Sen_estimator
 */
export function theilSen(points: ReadonlyArray<{ x: number; y: number }>) {
	const slopes = points.flatMap((a, index) =>
		points
			.slice(index + 1)
			.filter((b) => b.x !== a.x)
			.map((b) => (b.y - a.y) / (b.x - a.x)),
	);
	const n = points.length;
	const balance = slopes.reduce((sum, slope) => sum + Math.sign(slope), 0);
	const deviation = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
	return { slope: median(slopes), z: (balance - Math.sign(balance)) / deviation };
}
