import { withoutHiddenCharacters } from './hiddenCharacters';

/**
 * Text from outside as one line without control or invisible characters, at most `maxLength`
 * characters long; what is cut off leaves an ellipsis.
 */
export function oneLine(text: string, maxLength: number): string {
	// More than is kept, so that a hostile length costs nothing.
	const bounded = text.slice(0, maxLength * 4);
	const line = withoutHiddenCharacters(bounded).replace(/\s+/g, ' ').trim();
	if (line.length <= maxLength) return line;
	return `${line.slice(0, maxLength - 1).replace(/\p{Cs}/gu, '')}…`;
}
