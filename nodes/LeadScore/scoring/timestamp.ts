const DIGIT_0 = 48;
const HYPHEN = 45;
const POINT = 46;
const COLON = 58;
const LETTER_T = 84;
const LETTER_Z = 90;
/** "2026-11-22T09:00:00Z" and the same with milliseconds. */
const LENGTH = 20;
const LENGTH_WITH_MS = 24;

/**
 * Milliseconds since 1970 of an ISO 8601 time, NaN where it is none. The form that platforms write,
 * in UTC, is read by its places, which takes less than half the time of Date.parse.
 */
export function timeOf(iso: string): number {
	if (!isUsualForm(iso)) return Date.parse(iso);
	const year = two(iso, 0) * 100 + two(iso, 2);
	const month = two(iso, 5);
	const day = two(iso, 8);
	const hour = two(iso, 11);
	const minute = two(iso, 14);
	const second = two(iso, 17);
	const ms = iso.length === LENGTH ? 0 : two(iso, 20) * 10 + (two(iso, 21) % 10);
	// Whether there is a 29th, 30th or 31st depends on the month.
	const isPlain = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
	if (!isPlain || !(hour <= 23 && minute <= 59 && second <= 59 && ms <= 999))
		return Date.parse(iso);
	return Date.UTC(year, month - 1, day, hour, minute, second, ms);
}

function isUsualForm(iso: string): boolean {
	const { length } = iso;
	return (
		(length === LENGTH || (length === LENGTH_WITH_MS && iso.charCodeAt(19) === POINT)) &&
		iso.charCodeAt(4) === HYPHEN &&
		iso.charCodeAt(7) === HYPHEN &&
		iso.charCodeAt(10) === LETTER_T &&
		iso.charCodeAt(13) === COLON &&
		iso.charCodeAt(16) === COLON &&
		iso.charCodeAt(length - 1) === LETTER_Z
	);
}

/** Two digits as a number; NaN where they are none. */
function two(text: string, at: number): number {
	const tens = text.charCodeAt(at) - DIGIT_0;
	const ones = text.charCodeAt(at + 1) - DIGIT_0;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}
