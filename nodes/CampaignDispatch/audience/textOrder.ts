const FIRST_SURROGATE = 0xd800;
const BEHIND_SURROGATES = 0xe000;

/**
 * Which of two texts comes first by code points, as a number below, above or equal to 0. JavaScript's
 * own order is that of UTF-16, where an emoji comes before the last letters of the first plane.
 */
export function compareByCodePoint(left: string, right: string): number {
	const length = Math.min(left.length, right.length);
	for (let at = 0; at < length; at++) {
		const a = left.charCodeAt(at);
		const b = right.charCodeAt(at);
		if (a !== b) return inCodePointOrder(a) - inCodePointOrder(b);
	}
	return left.length - right.length;
}

/** Moves the surrogates behind all other units. */
function inCodePointOrder(unit: number): number {
	if (unit < FIRST_SURROGATE) return unit;
	return unit < BEHIND_SURROGATES ? unit + 0x2000 : unit - 0x800;
}
