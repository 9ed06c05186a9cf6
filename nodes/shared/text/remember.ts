/** How many answers are kept: more than an agency has places, domains or campaigns. */
const LIMIT = 5_000;
const FEW = 70;

/**
 * A function that keeps what it worked out for a text. Names of places and campaigns come again with
 * every lead; where they do not, everything is forgotten at the limit, so that memory stays bounded.
 */
export function remember<V>(compute: (text: string) => V, limit = LIMIT): (text: string) => V {
	const known = new Map<string, V>();
	return (text) => {
		const kept = known.get(text);
		if (kept !== undefined) return kept;
		const value = compute(text);
		if (known.size >= limit) known.clear();
		known.set(text, value);
		return value;
	};
}

/** The same for two texts, without joining them to one for every look. */
export function rememberPairs<V>(
	compute: (a: string, b: string) => V,
): (a: string, b: string) => V {
	const byFirst = remember((a) => remember((b) => compute(a, b), FEW), FEW);
	return (a, b) => byFirst(a)(b);
}
