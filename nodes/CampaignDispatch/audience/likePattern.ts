import { MAX_PATTERN_LENGTH } from './limits';

/** Plain text, exactly one character, or any number of them. */
export type LikePart = { text: string } | 'one' | 'any';

/**
 * The pattern of a LIKE in parts, or what is wrong with it. A character is a Unicode code point.
 * Nothing escapes unless ESCAPE names it: a backslash is a backslash.
 */
export function readLikePattern(
	pattern: string,
	escape: string | undefined,
): LikePart[] | { problem: string; hint: string } {
	const characters = [...pattern];
	if (characters.length > MAX_PATTERN_LENGTH) {
		return {
			problem: `A pattern has at most ${MAX_PATTERN_LENGTH} characters`,
			hint: 'Write a shorter one',
		};
	}
	const parts: LikePart[] = [];
	for (let at = 0; at < characters.length; at++) {
		const character = characters[at]!;
		if (character === escape) {
			at++;
			const escaped = characters[at];
			if (escaped !== '%' && escaped !== '_' && escaped !== escape) {
				return {
					problem: `In a pattern, ${escape} stands before %, _ or another ${escape}`,
					hint: `Write ${escape}${escape} for one ${escape}`,
				};
			}
			addText(parts, escaped);
		} else if (character === '%') {
			if (parts.at(-1) !== 'any') parts.push('any');
		} else if (character === '_') parts.push('one');
		else addText(parts, character);
	}
	return parts;
}

function addText(parts: LikePart[], character: string): void {
	const last = parts.at(-1);
	if (typeof last === 'object') last.text += character;
	else parts.push({ text: character });
}
