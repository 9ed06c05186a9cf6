import { withoutHiddenCharacters } from '../../shared/text/hiddenCharacters';
import { stripContactDetails } from './contactDetails';

/**
 * Text from outside as one harmless line: no markup, web or e-mail addresses, telephone numbers,
 * control or invisible characters; at most `maxLength` characters, cut at a word.
 */
export function toPlainText(text: string, maxLength: number): string {
	// Far more than is kept, so that a hostile length costs nothing.
	const bounded = text.slice(0, maxLength * 10);
	const line = stripContactDetails(withoutHiddenCharacters(stripMarkup(bounded)));
	return cutAtWord(line.replace(/\s+/g, ' ').trim(), maxLength);
}

function stripMarkup(text: string): string {
	return text.replace(/<[^<>]{0,500}>/g, ' ').replace(/[<>`]/g, ' ');
}

function cutAtWord(line: string, maxLength: number): string {
	if (line.length <= maxLength) return line;
	const cut = line.slice(0, maxLength);
	const space = cut.lastIndexOf(' ');
	return (space > maxLength / 2 ? cut.slice(0, space) : cut).replace(/\p{Cs}/gu, '').trimEnd();
}
