/** Millionths: whole numbers, so that arithmetic noise passes for no remainder. */
const FINE = 1_000_000;

/**
 * Rounds contributions to whole points that add up exactly to their rounded sum, by the largest
 * remainder: all are rounded down, and those that lost most get the points that are left. Equal
 * remainders go to the earlier one.
 * @see https://en.wikipedia.org/wiki/Quota_method#Largest_remainder_method
 */
export function toWholePoints(contributions: readonly number[]): { points: number[]; sum: number } {
	const points: number[] = [];
	const remainders: number[] = [];
	let exact = 0;
	let given = 0;
	for (const contribution of contributions) {
		const fine = Math.round(contribution * FINE);
		const whole = Math.floor(fine / FINE);
		points.push(whole);
		remainders.push(fine - whole * FINE);
		exact += fine;
		given += whole;
	}
	const sum = Math.round(exact / FINE);
	for (; given < sum; given++) {
		let most = 0;
		for (let index = 1; index < remainders.length; index++) {
			if (remainders[index]! > remainders[most]!) most = index;
		}
		remainders[most] = -1;
		points[most]!++;
	}
	return { points, sum };
}
