/** Where something stands in a text: UTF-16 units from 0, `end` not included. */
export interface Span {
	start: number;
	end: number;
}

/** The text with blanks in place of what stands in the spans, which are in order. */
export function blank(text: string, spans: readonly Span[]): string {
	let blanked = '';
	let from = 0;
	for (const { start, end } of spans) {
		blanked += text.slice(from, start) + ' '.repeat(end - start);
		from = end;
	}
	return from === 0 ? text : blanked + text.slice(from);
}
