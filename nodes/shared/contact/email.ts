import { DISPOSABLE_DOMAINS } from './disposableDomains';
import { suggestDomain } from './mailProviders';
import { remember } from '../text/remember';

/** RFC 5321, 4.5.3.1: what a mail server has to take. */
const MAX_LENGTH = 254;
const MAX_LOCAL = 64;

/**
 * Mailboxes of a function and not of a person.
 * @see https://www.rfc-editor.org/rfc/rfc2142
 */
const ROLES = new Set(
	(
		'info marketing sales support noc security abuse postmaster hostmaster webmaster www admin ' +
		'administrator office contact contactus hello help helpdesk billing accounts accounting ' +
		'finance hr jobs careers team enquiries enquiry inquiries inquiry noreply no-reply donotreply ' +
		'do-not-reply service customerservice reception mail root'
	).split(' '),
);

export interface Email {
	/** Trimmed and in lower case. */
	address: string;
	isRole: boolean;
	isDisposable: boolean;
	/** The domain that was probably meant, where the one given looks mistyped. */
	suggestedDomain?: string;
	/** The address with that domain. */
	suggestion?: string;
}

/**
 * Reads an e-mail address. Undefined for what cannot be written to: not the form that browsers
 * accept, too long, a domain without a dot, or dots where no mail system takes them.
 * @see https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
 */
export function readEmail(given: string): Email | undefined {
	const address = given.trim().toLowerCase();
	const at = address.indexOf('@');
	if (at < 1 || at > MAX_LOCAL || address.length > MAX_LENGTH) return undefined;
	const domain = isLocalPart(address, at) ? judgeDomain(address.slice(at + 1)) : null;
	if (domain === null) return undefined;
	const local = address.slice(0, at);
	const { isDisposable, suggestion } = domain;
	const read: Email = { address, isRole: ROLES.has(withoutTag(local)), isDisposable };
	if (suggestion !== undefined) {
		read.suggestedDomain = suggestion;
		read.suggestion = local + '@' + suggestion;
	}
	return read;
}

interface Domain {
	isDisposable: boolean;
	/** The domain that was probably meant. */
	suggestion?: string;
}

/** Null for what is no domain. Most people share a few domains. */
const judgeDomain: (domain: string) => Domain | null = remember((domain) => {
	if (!isDomain(domain)) return null;
	return { isDisposable: isDisposable(domain), suggestion: suggestDomain(domain) };
});

/** Characters of a local part besides letters, digits and dots. */
const LOCAL_SIGNS = new Set([..."!#$%&'*+/=?^_`{|}~-"].map((sign) => sign.charCodeAt(0)));
const DOT = 46;

/** Dots stand between other characters only. */
function isLocalPart(address: string, end: number): boolean {
	let previous = DOT;
	for (let index = 0; index < end; index++) {
		const code = address.charCodeAt(index);
		if (code === DOT ? previous === DOT : !isAlphanumeric(code) && !LOCAL_SIGNS.has(code)) {
			return false;
		}
		previous = code;
	}
	return previous !== DOT;
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Labels of letters, digits and inner hyphens, at least two of them, the last not of digits. */
function isDomain(domain: string): boolean {
	const labels = domain.split('.');
	const top = labels.at(-1)!;
	return (
		labels.length > 1 &&
		top.length > 1 &&
		/[a-z]/.test(top) &&
		labels.every((label) => LABEL.test(label))
	);
}

function isAlphanumeric(code: number): boolean {
	return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** "sales+web" is the mailbox "sales". */
function withoutTag(local: string): string {
	const plus = local.indexOf('+');
	return plus < 0 ? local : local.slice(0, plus);
}

/** Also of a subdomain, as "x.mailinator.com" is of mailinator.com. */
function isDisposable(domain: string): boolean {
	if (DISPOSABLE_DOMAINS.has(domain)) return true;
	for (let dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
		if (DISPOSABLE_DOMAINS.has(domain.slice(dot + 1))) return true;
	}
	return false;
}
