import { cut } from '../../shared/text/cut';
import { withoutHiddenCharacters } from '../../shared/text/hiddenCharacters';

/** Nobody asks for a home at greater length; what comes after is not looked at. */
export const MAX_LENGTH = 4_000;

const PLAIN = /^[\n\x20-\x7e]*$/;
const JOINERS = /[\u200c\u200d]/g;

/**
 * The first 4,000 characters of a message, without what cannot be seen, and with full-width and
 * other forms of letters and digits as their plain ones (NFKC).
 */
export function readableText(text: string): string {
	const start = cut(text, MAX_LENGTH);
	if (PLAIN.test(start)) return start;
	const shown = withoutHiddenCharacters(start).replace(JOINERS, '').normalize('NFKC');
	// A ligature may stand for a whole phrase.
	return cut(shown, MAX_LENGTH);
}

/** A text to compare by: lower case, no accents, plain quotes and hyphens. */
export function fold(text: string): string {
	if (PLAIN.test(text)) return text.toLowerCase();
	return text
		.normalize('NFD')
		.replace(/\p{Mn}/gu, '')
		.replace(/[‘’‛ʼ`´]/g, "'")
		.replace(/[‐‑‒–—―−]/g, '-')
		.replace(/\u2044/g, '/')
		.toLowerCase();
}
