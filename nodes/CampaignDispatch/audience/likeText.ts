import { inSmallLetters } from './letterCase';
import type { LikePart } from './likePattern';

/** Neither a wildcard of any database nor a backslash, which some databases read as an escape. */
export const ESCAPE = '!';

/** The pattern as SQL's LIKE takes it with ESCAPE '!'; its letters small where case is ignored. */
export function likeText(pattern: readonly LikePart[], ignoresCase: boolean): string {
	return pattern
		.map((part) => {
			if (part === 'any') return '%';
			if (part === 'one') return '_';
			const text = ignoresCase ? inSmallLetters(part.text) : part.text;
			return text.replace(/[!%_]/g, `${ESCAPE}$&`);
		})
		.join('');
}

/** What of a pattern is text. */
export function plainTextOf(pattern: readonly LikePart[]): string {
	return pattern.map((part) => (typeof part === 'object' ? part.text : '')).join('');
}
