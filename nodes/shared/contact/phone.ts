import parsePhoneNumber, { type CountryCode } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';

import { checkInternational, checkLocal, type CheckedNumber, type LineKind } from './phonePatterns';

const MAX_LENGTH = 64;
/** Nobody's number is shorter; texts below it cost no look at the metadata. */
const MIN_DIGITS = 4;

/** Letters that may stand in a number: "ext. 12", "x12". */
const EXTENSION = /^\P{L}+(?:ext|extn|extension|x)\P{L}+$/iu;

export interface Phone {
	/** E.164, and the extension after it where there is one. */
	number: string;
	country?: CountryCode;
	kind: LineKind;
}

/**
 * Reads a phone number as people write it; `home` is the country of numbers without a calling code.
 * Undefined for what is no valid number, letters for digits ("1-800-FLOWERS") included.
 * @see https://gitlab.com/catamphetamine/libphonenumber-js
 */
export function readPhone(given: string, home: CountryCode | undefined): Phone | undefined {
	const text = given.trim();
	if (text.length > MAX_LENGTH) return undefined;
	const checked = checkQuickly(text, home);
	return checked === undefined ? askLibrary(text, home) : (checked ?? undefined);
}

/** Decides the forms that nearly all numbers have; undefined where only the library can. */
function checkQuickly(
	text: string,
	home: CountryCode | undefined,
): CheckedNumber | null | undefined {
	const isInternational = text[0] === '+';
	const digits = digitsOf(text, isInternational ? 1 : 0);
	if (digits === undefined || digits.length < MIN_DIGITS) return undefined;
	if (isInternational) return checkInternational(digits);
	return home && checkLocal(digits, home);
}

/** The digits of a text that has nothing else but spaces, hyphens, dots and brackets. */
function digitsOf(text: string, from: number): string | undefined {
	let digits = '';
	let runStart = from;
	for (let index = from; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code >= 48 && code <= 57) continue;
		// space ( ) - .
		if (code !== 32 && code !== 40 && code !== 41 && code !== 45 && code !== 46) return undefined;
		digits += text.slice(runStart, index);
		runStart = index + 1;
	}
	return runStart === from ? text.slice(from) : digits + text.slice(runStart);
}

function askLibrary(text: string, home: CountryCode | undefined): Phone | undefined {
	const hasLetters = /\p{L}/u.test(text);
	if (hasLetters && !EXTENSION.test(text)) return undefined;
	// Without letters, brackets around the calling code may be skipped; with an extension the whole
	// text has to be a number.
	const options = { defaultCountry: home, extract: !hasLetters };
	const found = parsePhoneNumber(text, options, metadata);
	if (!found?.isValid()) return undefined;
	const { number, ext, country } = found;
	return {
		number: ext ? number + ' ext. ' + ext : number,
		...(country && { country }),
		kind: kindOf(found.getType()),
	};
}

function kindOf(type: string | undefined): LineKind {
	if (type === 'MOBILE') return 'mobile';
	return type === 'FIXED_LINE_OR_MOBILE' ? 'either' : 'other';
}
