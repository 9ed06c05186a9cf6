import type { CountryCode } from 'libphonenumber-js/core';

import { type Phone, readPhone } from './phone';
import type { Span } from './span';

/** ITU-T E.164 has 15 digits; nobody's number with its area code has fewer than 7. */
const MOST_DIGITS = 15;
const LEAST_DIGITS = 7;
/** Without the 0 before it or a calling code, shorter ones are amounts. */
const LEAST_BARE_DIGITS = 8;
const MOST_GROUPS = 6;

/** Between two groups of digits of one number: "0998.765.4321", "(02) 8123-4567". */
const JOINT = /^[ ().-]{1,3}$/;
const ROUND = /0000$/;
/** 2026-11-22, 15.12.2026 */
const DATE = /^(?:(?:19|20)\d\d[-. ]\d{1,2}[-. ]\d{1,2}|\d{1,2}[-. ]\d{1,2}[-. ](?:19|20)\d\d)$/;
const MONEY_BEFORE = /[\p{Sc}\d.,]$/u;
const LETTER = /\p{L}/u;

export interface FoundPhone extends Span {
	/** E.164. */
	number: string;
}

/**
 * The phone numbers that stand in a text, in order. A number without a calling code belongs to
 * `home`; one without the 0 that is dialled before it counts only where it can be a mobile phone's.
 */
export function findPhones(text: string, home: CountryCode | undefined): FoundPhone[] {
	const groups = digitGroups(text);
	const found: FoundPhone[] = [];
	for (let first = 0; first < groups.length; first++) {
		const [phone, last] = longestFrom(text, groups, first, home) ?? [];
		if (!phone || last === undefined) continue;
		found.push(phone);
		first = last;
	}
	return found;
}

/** Runs of digits; none where all of them together are too few. */
function digitGroups(text: string): Span[] {
	const groups: Span[] = [];
	let digits = 0;
	for (let index = 0; index < text.length; index++) {
		if (!isDigit(text.charCodeAt(index))) continue;
		const start = index;
		while (index < text.length && isDigit(text.charCodeAt(index))) index++;
		digits += index - start;
		groups.push({ start, end: index });
	}
	return digits < LEAST_DIGITS ? [] : groups;
}

function isDigit(code: number): boolean {
	return code >= 48 && code <= 57;
}

/** The longest number that begins with a group, and its last group. */
function longestFrom(
	text: string,
	groups: readonly Span[],
	first: number,
	home: CountryCode | undefined,
): [FoundPhone, number] | undefined {
	const { start: firstDigit } = groups[first]!;
	let last = first;
	let digits = sizeOf(groups[first]!);
	while (last + 1 < groups.length && last - first + 1 < MOST_GROUPS) {
		const next = groups[last + 1]!;
		const isJoined = JOINT.test(
			text.slice(groups[last]!.end, Math.min(next.start, firstDigit + 64)),
		);
		if (!isJoined || digits + sizeOf(next) > MOST_DIGITS) break;
		digits += sizeOf(next);
		last++;
	}
	for (; last >= first && digits >= LEAST_DIGITS; digits -= sizeOf(groups[last]!), last--) {
		if (digits > MOST_DIGITS) return undefined;
		const span = { start: withSign(text, firstDigit), end: groups[last]!.end };
		const phone = readAt(text, span, digits, home);
		if (phone) return [{ ...span, number: phone.number }, last];
	}
	return undefined;
}

function sizeOf({ start, end }: Span): number {
	return end - start;
}

/** From the plus or the bracket before the first digit. */
function withSign(text: string, firstDigit: number): number {
	let start = firstDigit;
	if (text[start - 1] === '(') start--;
	if (text[start - 1] === '+') start--;
	return start;
}

function readAt(
	text: string,
	{ start, end }: Span,
	digits: number,
	home: CountryCode | undefined,
): Phone | undefined {
	const written = text.slice(start, end);
	const before = text.slice(Math.max(0, start - 1), start);
	const isDialled = /^(?:\+|\(?\+?0)/.test(written);
	if (MONEY_BEFORE.test(before) || LETTER.test(text[end] ?? '') || DATE.test(written)) {
		return undefined;
	}
	if (!isDialled && (LETTER.test(before) || digits < LEAST_BARE_DIGITS || ROUND.test(written))) {
		return undefined;
	}
	const phone = readPhone(written, home);
	if (!phone || isDialled || phone.kind !== 'other') return phone;
	const isInternational = phone.number.slice(1) === written.replace(/\D/g, '');
	return isInternational ? phone : undefined;
}
