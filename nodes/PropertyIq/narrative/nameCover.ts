import { tokenize, type Token } from './tokens';

/**
 * Marks the tokens that belong to a name standing in full in the text, such as `Christian Hills`
 * or `123 Main St`. A name that is written with a capital must be so in the text: a city called
 * Best does not cover "the best".
 */
export function coverNames(tokens: readonly Token[], names: readonly string[]): boolean[] {
	const covered = new Array<boolean>(tokens.length).fill(false);
	const namesByFirstWord = new Map<string, Token[][]>();
	for (const name of names.map(tokenize)) {
		const [first] = name;
		if (first === undefined) continue;
		namesByFirstWord.set(first.word, [...(namesByFirstWord.get(first.word) ?? []), name]);
	}
	tokens.forEach((token, from) => {
		for (const name of namesByFirstWord.get(token.word) ?? []) {
			if (standsAt(tokens, from, name)) covered.fill(true, from, from + name.length);
		}
	});
	return covered;
}

function standsAt(tokens: readonly Token[], from: number, name: readonly Token[]): boolean {
	return name.every((part, offset) => {
		const token = tokens[from + offset];
		if (token?.word !== part.word) return false;
		return offset > 0 || startsUpperCase(token.raw) || !startsUpperCase(part.raw);
	});
}

export function startsUpperCase(word: string): boolean {
	return /^\p{Lu}/u.test(word);
}
