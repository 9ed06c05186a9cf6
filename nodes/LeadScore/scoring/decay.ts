/**
 * Decay that leaves half at `scale`: 1 at a distance of 0, 0.5 at `scale`, 0.25 at twice that.
 * Distances below 0 count as 0.
 * @see https://www.elastic.co/guide/en/elasticsearch/reference/current/query-dsl-function-score-query.html#function-decay
 */
export function exponentialDecay(distance: number, scale: number): number {
	return 0.5 ** (Math.max(0, distance) / scale);
}

/**
 * Decay that is gentle at first and steep later: 1 at 0, 0.5 at `scale`, 0.0625 at twice that. The
 * form exp(-d²/2σ²) with σ² = -scale²/(2 ln 0.5), written shorter.
 * @see https://www.elastic.co/guide/en/elasticsearch/reference/current/query-dsl-function-score-query.html#function-decay
 */
export function gaussDecay(distance: number, scale: number): number {
	return 0.5 ** ((Math.max(0, distance) / scale) ** 2);
}
