const FILLER = /\b(city of|municipality of|city|barangay|brgy|bgy)\b/g;

/**
 * A place or an address as a key to compare by: no case, accents or punctuation, and only what
 * stands before the first comma of a place ("Makati City, Metro Manila" is "makati").
 * Empty where nothing is left to compare.
 */
export function placeKey(name: string | undefined): string {
	return plain((name ?? '').split(',')[0] ?? '')
		.replace(FILLER, ' ')
		.replace(/ +/g, ' ')
		.trim();
}

/** A whole address as a key to compare by; empty where there is none. */
export function addressKey(address: string | undefined): string {
	return plain(address ?? '');
}

function plain(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{Mark}/gu, '')
		.toLowerCase()
		.replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
		.trim();
}
