const DIGIT_0 = 48;
/** "2026-11-22T09:00:00Z" and the same with milliseconds. */
const LENGTH = 20;
const LENGTH_WITH_MS = 24;

/**
 * Milliseconds since 1970 of an ISO 8601 time, NaN where it is none. The form that platforms write,
 * in UTC, is read by its places, in a third of the time that Date.parse takes.
 */
export function timeOf(iso: string): number {
	if (!isUsualForm(iso)) return Date.parse(iso);
	const year = two(iso, 0) * 100 + two(iso, 2);
	const month = two(iso, 5);
	const day = two(iso, 8);
	const hour = two(iso, 11);
	const minute = two(iso, 14);
	const second = two(iso, 17);
	// Whether there is a 29th, 30th or 31st depends on the month.
	const isPlain = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
	if (!isPlain || hour > 23 || minute > 59 || second > 59) return Date.parse(iso);
	const ms = iso.length === LENGTH ? 0 : two(iso, 20) * 10 + (iso.charCodeAt(22) - DIGIT_0);
	return Date.UTC(year, month - 1, day, hour, minute, second, ms);
}

/** The letters and digits stand where they should. */
function isUsualForm(iso: string): boolean {
	const { length } = iso;
	if (length !== LENGTH && length !== LENGTH_WITH_MS) return false;
	for (let index = 0; index < length - 1; index++) {
		const code = iso.charCodeAt(index);
		const expected = FORM.charCodeAt(index);
		if (expected === DIGIT_0 ? code < DIGIT_0 || code > 57 : code !== expected) return false;
	}
	return iso.endsWith('Z');
}

const FORM = '0000-00-00T00:00:00.000';

function two(text: string, at: number): number {
	return (text.charCodeAt(at) - DIGIT_0) * 10 + (text.charCodeAt(at + 1) - DIGIT_0);
}
