/** How currencies are written and recognised. A code that is not here is written as it is. */
interface Currency {
	/** Put before an amount where it means this currency and no other. */
	symbol?: string;
	/** Folded signs and words that may mean it. */
	marks: readonly string[];
}

const DOLLAR = ['$', 'dollar', 'dollars'];
const PESO = ['peso', 'pesos'];

const CURRENCIES: Record<string, Currency> = {
	PHP: { symbol: '₱', marks: ['₱', 'p', ...PESO] },
	USD: { symbol: '$', marks: [...DOLLAR, 'us'] },
	EUR: { symbol: '€', marks: ['€', 'euro', 'euros'] },
	GBP: { symbol: '£', marks: ['£', 'pound', 'pounds', 'sterling'] },
	JPY: { symbol: '¥', marks: ['¥', 'yen'] },
	CNY: { marks: ['¥', 'yuan', 'rmb'] },
	INR: { symbol: '₹', marks: ['₹', 'rupee', 'rupees'] },
	KRW: { symbol: '₩', marks: ['₩'] },
	VND: { symbol: '₫', marks: ['₫', 'dong'] },
	THB: { marks: ['฿', 'baht'] },
	IDR: { marks: ['rupiah', 'rp'] },
	MYR: { marks: ['ringgit', 'rm'] },
	AED: { marks: ['dirham', 'dirhams'] },
	MXN: { marks: ['$', ...PESO] },
	SGD: { marks: DOLLAR },
	AUD: { marks: DOLLAR },
	CAD: { marks: DOLLAR },
	NZD: { marks: DOLLAR },
	HKD: { marks: DOLLAR },
};

/** Marks that are ordinary words or letters unless a number stands beside them. */
const BESIDE_NUMBERS_ONLY = new Set(['p', 'us', 'rm', 'rp', 'pound', 'pounds', 'dong', 'sterling']);

const ALL_MARKS = new Set(
	Object.entries(CURRENCIES).flatMap(([code, { marks }]) => [code.toLowerCase(), ...marks]),
);

/** `₱5,000,000`, `AUD 5,000,000`, or the plain number where the currency is not known. */
export function writeMoney(amount: number, currency: string | undefined): string {
	const digits = amount.toLocaleString('en-US', { maximumFractionDigits: 2 });
	if (currency === undefined) return digits;
	const symbol = CURRENCIES[currency]?.symbol;
	return symbol === undefined ? `${currency} ${digits}` : `${symbol}${digits}`;
}

/** The currency a listing names by code or by a sign that has one meaning; else undefined. */
export function readCurrency(written: string | null | undefined): string | undefined {
	const mark = written?.trim().toUpperCase() ?? '';
	if (/^[A-Z]{3}$/.test(mark)) return mark;
	return Object.entries(CURRENCIES).find(([, { symbol }]) => symbol === mark)?.[0];
}

/** Whether a folded word names a currency; `besideNumber` widens it to `P`, `US`, `pounds`. */
export function isCurrencyMark(word: string, besideNumber: boolean): boolean {
	return ALL_MARKS.has(word) && (besideNumber || !BESIDE_NUMBERS_ONLY.has(word));
}

export function meansCurrency(word: string, currency: string | undefined): boolean {
	if (currency === undefined) return false;
	return word === currency.toLowerCase() || (CURRENCIES[currency]?.marks ?? []).includes(word);
}
