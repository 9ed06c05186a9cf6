/** Providers of private mailboxes that people mistype, the most common first. */
const MISTYPED = [
	'gmail.com',
	'yahoo.com',
	'hotmail.com',
	'outlook.com',
	'icloud.com',
	'yahoo.com.ph',
	'googlemail.com',
	'protonmail.com',
] as const;

/** Domains one letter from a provider that are nobody's slip. */
const REAL: ReadonlySet<string> = new Set([
	...MISTYPED,
	'mail.com',
	'email.com',
	'ymail.com',
	'yahoo.com.pe',
	'yahoo.com.pk',
]);

/** Slips of more than one letter, or of names too short for counting letters. */
const SLIPS: ReadonlyMap<string, string> = new Map([
	['gmail.com.ph', 'gmail.com'],
	['gmail.ph', 'gmail.com'],
	['gmial.co', 'gmail.com'],
	['gamil.co', 'gmail.com'],
	['gmaill.co', 'gmail.com'],
	['googlemail.co', 'googlemail.com'],
	['yaho.co', 'yahoo.com'],
	['yahoo.con.ph', 'yahoo.com.ph'],
	['hotmal.co', 'hotmail.com'],
	['outlok.co', 'outlook.com'],
	['live.con', 'live.com'],
	['live.cmo', 'live.com'],
	['aol.con', 'aol.com'],
	['aol.cmo', 'aol.com'],
	['msn.con', 'msn.com'],
]);

/**
 * The provider's domain that a mistyped one was probably meant to be: one letter wrong, missing, too
 * many or swapped with the next (Damerau-Levenshtein distance 1), or a known slip.
 * @see https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance
 */
export function suggestDomain(domain: string): string | undefined {
	if (REAL.has(domain)) return undefined;
	return SLIPS.get(domain) ?? MISTYPED.find((provider) => isOneEditApart(domain, provider));
}

/** Whether one insertion, deletion, substitution or swap of neighbours turns one text into the other. */
export function isOneEditApart(a: string, b: string): boolean {
	if (a === b || Math.abs(a.length - b.length) > 1) return false;
	let at = 0;
	while (at < a.length && a[at] === b[at]) at++;
	if (a.length > b.length) return a.slice(at + 1) === b.slice(at);
	if (a.length < b.length) return a.slice(at) === b.slice(at + 1);
	const isSwapped = a[at] === b[at + 1] && a[at + 1] === b[at];
	return a.slice(at + 1) === b.slice(at + 1) || (isSwapped && a.slice(at + 2) === b.slice(at + 2));
}
