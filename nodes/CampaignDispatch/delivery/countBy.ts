/** How many of the values there are under each name, such as the reason why a person is left out. */
export function countBy<T>(
	values: readonly T[],
	nameOf: (value: T) => string,
): Record<string, number> {
	const counts = new Map<string, number>();
	for (const value of values) {
		const name = nameOf(value);
		counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	return Object.fromEntries(counts);
}
