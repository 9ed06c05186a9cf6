/** Fewer digits are an extension, and many people share the same. */
const LEAST_DIGITS = 7;

/** Whether two numbers are one, also where one has its country code and the other a leading zero. */
export function isSamePhone(one: string, other: string): boolean {
	const [short = '', long = ''] = [one, other]
		.map((phone) => phone.replace(/\D/g, '').replace(/^0+/, ''))
		.sort((a, b) => a.length - b.length);
	if (short.length < LEAST_DIGITS) return one.trim() === other.trim();
	return long.endsWith(short);
}
