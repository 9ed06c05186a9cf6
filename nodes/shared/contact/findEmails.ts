import { readEmail } from './email';
import type { Span } from './span';

/** RFC 5321, 4.5.3.1. */
const MAX_LOCAL = 64;
const MAX_DOMAIN = 255;

/** What stands in addresses that people type; a quote or a bracket around one is none of it. */
const LOCAL = /[A-Za-z0-9._%+-]/;
const DOMAIN = /[A-Za-z0-9.-]/;
const WORD = /[\p{L}\p{N}]/u;
const EDGE = /[.-]/;

export interface FoundEmail extends Span {
	/** In lower case. */
	address: string;
}

/** The e-mail addresses that stand in a text, in order, without the full stop behind them. */
export function findEmails(text: string): FoundEmail[] {
	const found: FoundEmail[] = [];
	let from = 0;
	for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
		const span = around(text, at, from);
		const email = readEmail(text.slice(span.start, span.end));
		// Letters that no mailbox has are part of a word that is none.
		if (!email || (span.start > from && WORD.test(text[span.start - 1]!))) continue;
		found.push({ ...span, address: email.address });
		from = span.end;
	}
	return found;
}

function around(text: string, at: number, from: number): Span {
	const first = Math.max(from, at - MAX_LOCAL);
	let start = at;
	while (start > first && LOCAL.test(text[start - 1]!)) start--;
	while (start < at && EDGE.test(text[start]!)) start++;
	const last = Math.min(text.length, at + 1 + MAX_DOMAIN);
	let end = at + 1;
	while (end < last && DOMAIN.test(text[end]!)) end++;
	while (end > at && EDGE.test(text[end - 1]!)) end--;
	return { start, end };
}
