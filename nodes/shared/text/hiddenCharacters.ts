/** A text as it may be shown: line breaks stay, what cannot be seen goes. */
export function withoutHiddenCharacters(text: string): string {
	return (
		text
			.replace(/\r\n?/g, '\n')
			.replace(/[^\P{Cc}\n]/gu, ' ')
			// The two joiners that Persian, Indic scripts and emoji need are kept.
			.replace(/(?![\u200c\u200d])\p{Cf}|\p{Cs}/gu, '')
	);
}
