/**
 * The letters of a text that have exactly one other case, each as its capital and its small letter.
 * İ, ı, ß, ſ and the like are left out: they have several, or none that leads back.
 */
export function casedLetters(text: string): Array<[capital: string, small: string]> {
	const found = new Map<string, string>();
	for (const letter of text) {
		const small = smallLetter(letter);
		if (small !== undefined) found.set(small.toUpperCase(), small);
	}
	return [...found];
}

/** The text with every letter small that `casedLetters` finds in it. */
export function inSmallLetters(text: string): string {
	return Array.from(text, (letter) => smallLetter(letter) ?? letter).join('');
}

function smallLetter(letter: string): string | undefined {
	const small = letter.toLowerCase();
	const capital = letter.toUpperCase();
	const isPair =
		small !== capital &&
		small.length === 1 &&
		capital.length === 1 &&
		small.toUpperCase() === capital &&
		capital.toLowerCase() === small;
	return isPair ? small : undefined;
}
