import { currencyOf } from './currency';
import { remember } from '../text/remember';

/** More than the dearest building in the weakest currency; beyond it somebody mistyped. */
const MOST = 1e13;
const LEAST = 1;
const MAX_LENGTH = 60;

const MAGNITUDES: ReadonlyMap<string, number> = new Map([
	...['k', 'thousand'].map((word) => [word, 1e3] as const),
	...['m', 'mm', 'mn', 'mio', 'million', 'millions', 'milyon'].map((word) => [word, 1e6] as const),
	...['b', 'bn', 'billion', 'billions', 'bilyon'].map((word) => [word, 1e9] as const),
]);
/** As databases write it. */
const PLAIN = /^\d{4,15}(?:\.\d{1,2})?$/;
const RANGE = new Set(['-', '–', '—', 'to']);
const AT_MOST = new Set(['up to', 'max', 'maximum', 'under', 'below', 'at most', 'less than']);
const AT_LEAST = new Set(['from', 'min', 'minimum', 'over', 'above', 'at least', 'more than', '+']);
const SAYS_NOTHING = new Set([
	'about',
	'around',
	'approx',
	'approximately',
	'only',
	'budget',
	'~',
	'.',
]);

/** A number with its separators, two words that belong together, a word with its $, or a sign. */
const TOKEN =
	/\s*(\d(?:[\d.,'’\s]{0,58}\d)?|(?:up\s+to|(?:at|less|more)\s+(?:most|least|than))(?![a-z])|\p{L}+\$?|\p{Sc}|[-–—~+]|\.(?!\d))/iuy;

/** What an amount says: one value (`low` and `high` are the same), a range, or one end of it. */
export interface Amount {
	low?: number;
	high?: number;
	/** ISO 4217 code or shared sign, where the text itself says it. */
	currency?: string;
}

/**
 * Reads an amount as a number or as people write it: "5M", "₱5,000,000", "5.000.000,00",
 * "PHP 3M-5M", "up to 500k". Undefined for whatever is not plainly an amount above zero.
 */
export function readAmount(stated: number | string): Amount | undefined {
	if (typeof stated === 'number') return between(stated, stated);
	const text = stated.trim();
	if (text.length > MAX_LENGTH) return undefined;
	if (!PLAIN.test(text)) return readKnownText(text) ?? undefined;
	const value = Number(text);
	return between(value, value);
}

/** Budgets are round: the same few texts come again and again. */
const readKnownText = remember((text) => readText(text) ?? null);

function readText(text: string): Amount | undefined {
	const values: Array<{ digits: string; factor?: number }> = [];
	let currency: string | undefined;
	let isRange = false;
	let end: 'low' | 'high' | undefined;
	TOKEN.lastIndex = 0;
	while (TOKEN.lastIndex < text.length) {
		const token = TOKEN.exec(text)?.[1];
		if (token === undefined) return undefined;
		const word = token.toLowerCase().replace(/\s+/g, ' ');
		const last = values.at(-1);
		const factor = MAGNITUDES.get(word);
		if (/^\d/.test(token)) values.push({ digits: token });
		else if (factor && last && !last.factor) last.factor = factor;
		else if (RANGE.has(word) && values.length === 1 && !isRange) isRange = true;
		else if (AT_MOST.has(word) && !end) end = 'high';
		else if (AT_LEAST.has(word) && !end && (word !== '+' || last)) end = 'low';
		else if (SAYS_NOTHING.has(word)) continue;
		else {
			const named = currencyOf(token);
			if (!named || (currency && currency !== named)) return undefined;
			currency = named;
		}
	}
	const [first, second, ...more] = values;
	if (!first || more.length > 0 || isRange !== Boolean(second)) return undefined;
	const high = valueOf(second ?? first);
	const low = second ? lowerEnd(first, second) : high;
	if (second && (end || !(low < high))) return undefined;
	const read = between(low, high);
	if (!read) return undefined;
	if (currency) read.currency = currency;
	if (end === 'high') delete read.low;
	if (end === 'low') delete read.high;
	return read;
}

function between(low: number, high: number): Amount | undefined {
	return low >= LEAST && high <= MOST ? { low, high } : undefined;
}

/** "3-5M" is three to five million; "3,000,000 - 5M" says its own. */
function lowerEnd(first: { digits: string; factor?: number }, second: { factor?: number }): number {
	const value = valueOf(first);
	return first.factor || !second.factor || value >= 1000 ? value : value * second.factor;
}

function valueOf({ digits, factor }: { digits: string; factor?: number }): number {
	const value = readDigits(digits, factor !== undefined) * (factor ?? 1);
	// 4.35 * 1e6 is 4349999.999999999
	return Math.round(value * 100) / 100;
}

/** Groups of three by each separator, and the decimals that may follow them. */
const GROUPED_BY: Readonly<Record<string, RegExp>> = {
	',': /^\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?$/,
	'.': /^\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?$/,
	"'": /^\d{1,3}(?:'\d{3})+(?:[.,]\d{1,4})?$/,
	' ': /^\d{1,3}(?: \d{3})+(?:[.,]\d{1,4})?$/,
};

/**
 * Digits with separators as a number; NaN where the groups are not of three. A single separator
 * before three digits groups thousands ("5.000"), but not a point where "M" or "k" follows.
 */
function readDigits(written: string, hasFactor: boolean): number {
	const digits = written.replace(/\s/g, ' ').replace(/’/g, "'");
	const separator = /\D/.exec(digits)?.[0];
	if (separator === undefined) return Number(digits);
	const isOneGroup = digits.indexOf(separator) === digits.lastIndexOf(separator);
	const isDecimal = isOneGroup && (digits[0] === '0' || (separator === '.' && hasFactor));
	if (!isDecimal && GROUPED_BY[separator]?.test(digits)) {
		const ungrouped = digits.replaceAll(separator, '');
		return Number(ungrouped.replace(',', '.'));
	}
	return /^\d+[.,]\d+$/.test(digits) ? Number(digits.replace(',', '.')) : NaN;
}
