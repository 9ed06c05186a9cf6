/**
 * Text from outside as one line without control or invisible characters, at most `maxLength`
 * characters long; what is cut off leaves an ellipsis.
 */
export function oneLine(text: string, maxLength: number): string {
	// More than is kept, so that a hostile length costs nothing.
	const line = text
		.slice(0, maxLength * 4)
		.replace(/\p{Cc}/gu, ' ')
		// The two joiners that Persian, Indic scripts and emoji need are kept.
		.replace(/(?![\u200c\u200d])\p{Cf}|\p{Cs}/gu, '')
		.replace(/\s+/g, ' ')
		.trim();
	if (line.length <= maxLength) return line;
	return `${line.slice(0, maxLength - 1).replace(/\p{Cs}/gu, '')}…`;
}
