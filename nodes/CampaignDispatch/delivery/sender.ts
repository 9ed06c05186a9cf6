import { normaliseAddress } from './recipient';

const LONGEST_NAME = 200;
/** Characters that a name may have only within quotes. */
const NEEDS_QUOTES = /[()[\]:;@,.]/;

/**
 * A sender as Resend takes it, from `sales@company.com` or `Name <sales@company.com>`. Throws a
 * RangeError for anything else, so that nobody writes headers of their own through a name.
 * @see https://www.rfc-editor.org/rfc/rfc5322#section-3.4
 */
export function normaliseSender(text: string): string {
	const [, quoted, plain = '', bracketed] =
		/^\s*(?:(?:"([^"\\]*)"|([^"<>\\]*?))\s*<([^<>]*)>)\s*$/.exec(text) ?? [];
	const address = normaliseAddress(bracketed ?? text);
	const name = (quoted ?? plain).trim();
	const isName = name.length <= LONGEST_NAME && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name);
	if (address === undefined || !isName || /[\r\n]/.test(text)) {
		throw new RangeError(
			'The sender has to be an address such as sales@company.com, or Name <sales@company.com>',
		);
	}
	if (name === '') return address;
	return NEEDS_QUOTES.test(name) ? `"${name}" <${address}>` : `${name} <${address}>`;
}

/** The address of `Name <address>`, or of an address alone, in lower case. */
export function senderAddress(sender: string): string {
	return (/<([^<>]*)>\s*$/.exec(sender)?.[1] ?? sender).trim().toLowerCase();
}
