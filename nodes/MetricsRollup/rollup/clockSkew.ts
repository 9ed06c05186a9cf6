/** `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that a server may write. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/**
 * How many seconds the clock of whoever answered is ahead of ours, by the `Date` of the answer;
 * negative where it is behind. The header counts whole seconds. Undefined where there is none, or
 * where a cache answered with an old one.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1 Date
 */
export function clockSkewSeconds(
	headers: Readonly<Record<string, string>>,
	nowMs: number,
): number | undefined {
	const { date = '', age = '0' } = headers;
	const theirs = HTTP_DATE.test(date) && age.trim() === '0' ? Date.parse(date) : Number.NaN;
	// Adding 0 turns -0 into 0.
	return Number.isNaN(theirs) ? undefined : Math.round((theirs - nowMs) / 1000) + 0;
}
