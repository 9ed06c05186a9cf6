/** Of the names the one that was most likely meant, if any is near enough. */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
	const lower = written.toLowerCase();
	// A short word is near to everything.
	let best = Math.min(2, Math.floor(lower.length / 3)) + 1;
	let nearest: string | undefined;
	for (const name of names) {
		if (Math.abs(name.length - lower.length) >= best) continue;
		const distance = editDistance(lower, name.toLowerCase());
		if (distance < best) [best, nearest] = [distance, name];
	}
	return nearest;
}

/**
 * How many letters must be put in, left out, changed or swapped with their neighbour.
 * @see https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance (optimal string alignment)
 */
function editDistance(a: string, b: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const changed = a[row - 1] === b[column - 1] ? 0 : 1;
			let least = Math.min(
				last[column]! + 1,
				current[column - 1]! + 1,
				last[column - 1]! + changed,
			);
			const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
			if (row > 1 && column > 1 && isSwapped) least = Math.min(least, beforeLast[column - 2]! + 1);
			current.push(least);
		}
		[beforeLast, last] = [last, current];
	}
	return last[b.length]!;
}
