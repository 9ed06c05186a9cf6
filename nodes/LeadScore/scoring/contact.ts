import type { CountryCode } from 'libphonenumber-js/core';

import { countryCode } from '../../shared/contact/country';
import { type Email, readEmail } from '../../shared/contact/email';
import type { Finding } from './finding';
import type { ScoringInput } from './input';
import { type Phone, readPhone } from '../../shared/contact/phone';

/** What each part of the score is worth, and the line that says so. */
const PARTS = {
	email: part(25, 'e-mail can be written to'),
	lastingEmail: part(15, 'not a throw-away mailbox'),
	personalEmail: part(5, "a person's mailbox"),
	mistypedDomain: part(-10, 'e-mail domain looks mistyped'),
	phone: part(30, 'phone number exists'),
	mobile: part(5, 'a mobile number'),
	perhapsMobile: part(5, 'may be a mobile number'),
	localPhone: part(5, 'no international call'),
	bothChannels: part(10, 'two ways to reach them'),
	consent: part(10, 'consent to be contacted'),
};

const MOST = 100;

/** How the lead can be reached, cleaned up. */
export interface Contact {
	/** In lower case; absent where there is none that can be written to. */
	email?: string;
	/** The address that was probably meant, where its domain looks mistyped. */
	emailSuggestion?: string;
	/** E.164 where it could be read, else as it was given. */
	phone?: string;
	/** ISO 3166-1 alpha-2, of a phone number that could be read. */
	phoneCountry?: string;
}

/**
 * Whether the lead can be reached: by an e-mail address of the right form, lasting and personal, and
 * by a phone number that exists in its country's numbering plan. Where a mailbox is (a free provider
 * or not) counts nothing. Nothing of the address or the number is repeated in words.
 * @see https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
 * @see https://www.itu.int/rec/T-REC-E.164
 */
export function scoreContact(
	{ contact, listing }: ScoringInput,
	home: CountryCode | undefined,
): { finding: Finding; contact: Contact } {
	const givenEmail = contact.email?.trim() ?? '';
	const givenPhone = contact.phone?.trim() ?? '';
	const email = givenEmail === '' ? undefined : readEmail(givenEmail);
	const phone = givenPhone === '' ? undefined : readPhone(givenPhone, home);
	const market = listing.country === undefined ? home : (countryCode(listing.country) ?? home);
	const parts: Part[] = [];
	if (email) addEmail(parts, email);
	if (phone) addPhone(parts, phone, market);
	if (email && phone) parts.push(PARTS.bothChannels);
	if (contact.hasConsent && (email || phone)) parts.push(PARTS.consent);
	let score = 0;
	for (const { points } of parts) score += points;
	if (score > MOST) {
		parts.push(part(MOST - score, 'never more than 100'));
		score = MOST;
	}
	const finding: Finding = {
		status: 'known',
		score,
		reason: inWords(givenEmail !== '', email, givenPhone !== '', phone, contact.hasConsent),
	};
	if (parts.length > 0) finding.details = parts.map(({ line }) => line);
	return { finding, contact: reached(email, phone, givenPhone) };
}

interface Part {
	points: number;
	line: string;
}

function part(points: number, what: string): Part {
	return { points, line: what + (points < 0 ? ': ' : ': +') + points };
}

function addEmail(parts: Part[], email: Email): void {
	parts.push(PARTS.email);
	if (!email.isDisposable) parts.push(PARTS.lastingEmail);
	if (!email.isRole) parts.push(PARTS.personalEmail);
	if (email.suggestedDomain) parts.push(PARTS.mistypedDomain);
}

function addPhone(parts: Part[], phone: Phone, market: CountryCode | undefined): void {
	parts.push(PARTS.phone);
	if (phone.kind === 'mobile') parts.push(PARTS.mobile);
	if (phone.kind === 'either') parts.push(PARTS.perhapsMobile);
	if (market && phone.country === market) parts.push(PARTS.localPhone);
}

function inWords(
	hasEmail: boolean,
	email: Email | undefined,
	hasPhone: boolean,
	phone: Phone | undefined,
	hasConsent: boolean,
): string {
	if (!hasEmail && !hasPhone) return 'No e-mail and no phone number';
	const consent = hasConsent ? '' : '; no consent to be contacted';
	return phoneInWords(hasPhone, phone) + '; ' + emailInWords(hasEmail, email) + consent;
}

function phoneInWords(isGiven: boolean, phone: Phone | undefined): string {
	if (!isGiven) return 'No phone number';
	if (!phone) return 'Phone number could not be read';
	return phone.kind === 'mobile' ? 'Valid mobile number' : 'Valid phone number';
}

function emailInWords(isGiven: boolean, email: Email | undefined): string {
	if (!isGiven) return 'no e-mail';
	if (!email) return 'e-mail could not be read';
	if (email.suggestedDomain) return 'e-mail domain looks mistyped: ' + email.suggestedDomain + '?';
	if (email.isDisposable) return 'e-mail is a throw-away mailbox';
	return email.isRole ? 'e-mail is a shared mailbox' : 'e-mail can be written to';
}

function reached(email: Email | undefined, phone: Phone | undefined, givenPhone: string): Contact {
	const contact: Contact = {};
	if (email) contact.email = email.address;
	if (email?.suggestion) contact.emailSuggestion = email.suggestion;
	if (givenPhone !== '') contact.phone = phone ? phone.number : givenPhone;
	if (phone?.country) contact.phoneCountry = phone.country;
	return contact;
}
