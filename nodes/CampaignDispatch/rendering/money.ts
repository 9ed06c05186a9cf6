/** Fixed, because a mail has to be the same on every machine. */
const LOCALE = 'en-US';
const CURRENCY = /^[A-Za-z]{3}$/;
const FORMATS = new Map<string, Intl.NumberFormat>();

/**
 * An amount with its currency, `₱5,000,000`, and decimals only where it has any. What is no number
 * ("Price on request") stays as it is.
 */
export function formatMoney(value: unknown, currency: unknown): unknown {
	const amount = readNumber(value);
	if (amount === undefined) return value;
	const code = typeof currency === 'string' && CURRENCY.test(currency) ? currency : '';
	return formatFor(code, Number.isInteger(amount)).format(amount);
}

function readNumber(value: unknown): number | undefined {
	const isText = typeof value === 'string' && value.trim() !== '';
	if (!isText && typeof value !== 'number') return undefined;
	const amount = Number(value);
	return Number.isFinite(amount) ? amount : undefined;
}

function formatFor(currency: string, isWhole: boolean): Intl.NumberFormat {
	const key = `${currency.toUpperCase()} ${isWhole}`;
	let format = FORMATS.get(key);
	if (!format) {
		format = new Intl.NumberFormat(LOCALE, {
			...(currency && { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
			...(isWhole && { maximumFractionDigits: 0 }),
		});
		FORMATS.set(key, format);
	}
	return format;
}
