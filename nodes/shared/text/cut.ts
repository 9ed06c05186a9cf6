/** At most so many characters from the start of a text, and no half of one. */
export function cut(text: string, max: number): string {
	return text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
}
