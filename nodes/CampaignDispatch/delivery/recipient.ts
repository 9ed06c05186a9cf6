import { createHash } from 'node:crypto';

const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL_PART = 64;
const LONGEST_LABEL = 63;
const KEY_LENGTH = 32;

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
/** Quoted local parts and those outside ASCII are taken by no provider of note. */
const LOCAL_PART = new RegExp(`^${ATOM}(\\.${ATOM})*$`);
const LABEL = /^[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;
const TOP_LEVEL = /^([a-z]{2,}|xn--[a-z0-9-]+)$/;

/**
 * An address as it is written to: trimmed, with its domain in lower case and in ASCII. Undefined for
 * whatever is not one plain address: a display name, a list, a line break.
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
 */
export function normaliseAddress(text: string): string | undefined {
	const trimmed = text.slice(0, LONGEST_ADDRESS * 4).trim();
	const at = trimmed.lastIndexOf('@');
	const localPart = trimmed.slice(0, Math.max(at, 0));
	if (localPart.length > LONGEST_LOCAL_PART || !LOCAL_PART.test(localPart)) return undefined;
	const domain = asciiDomain(trimmed.slice(at + 1));
	if (domain === undefined) return undefined;
	const address = `${localPart}@${domain}`;
	return address.length <= LONGEST_ADDRESS ? address : undefined;
}

/**
 * Who a person is in tags, ledger and suppression list: the same for every way to write the address,
 * and not the address itself.
 */
export function recipientKey(address: string): string {
	const hash = createHash('sha256').update(address.trim().toLowerCase()).digest('hex');
	return hash.slice(0, KEY_LENGTH);
}

function asciiDomain(domain: string): string | undefined {
	// Before the URL, which would take "1.2" for a number and "%65" for a letter.
	if (!domain.split('.').every((label) => LABEL.test(label))) return undefined;
	if (!URL.canParse(`http://${domain}/`)) return undefined;
	const { hostname } = new URL(`http://${domain}/`);
	const labels = hostname.split('.');
	const isDomain =
		labels.length > 1 &&
		labels.every((label) => label.length <= LONGEST_LABEL) &&
		TOP_LEVEL.test(labels.at(-1) ?? '');
	return isDomain ? hostname : undefined;
}
