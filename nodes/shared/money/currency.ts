/** Signs and words for currencies as people write them before or after an amount. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
	PHP: ['₱', 'php', 'p', 'peso', 'pesos', 'piso'],
	USD: ['us$', 'usd'],
	EUR: ['€', 'eur', 'euro', 'euros'],
	GBP: ['£', 'gbp'],
	SGD: ['s$', 'sgd'],
	HKD: ['hk$', 'hkd'],
	AUD: ['a$', 'au$', 'aud'],
	NZD: ['nz$', 'nzd'],
	CAD: ['c$', 'ca$', 'cad'],
	JPY: ['jpy', 'yen'],
	CNY: ['cny', 'rmb'],
	KRW: ['₩', 'krw'],
	INR: ['₹', 'inr'],
	MYR: ['rm', 'myr'],
	IDR: ['rp', 'idr'],
	THB: ['฿', 'thb', 'baht'],
	VND: ['₫', 'vnd'],
	AED: ['aed', 'dh', 'dhs'],
	ZAR: ['r', 'zar'],
	$: ['$', 'dollar', 'dollars'],
	'¥': ['¥'],
};

/** Signs that several currencies share. */
const SHARED: ReadonlyMap<string, ReadonlySet<string>> = new Map([
	['$', new Set('USD SGD HKD AUD NZD CAD TWD BND FJD JMD MXN COP CLP ARS'.split(' '))],
	['¥', new Set(['JPY', 'CNY'])],
]);

const BY_SPELLING = new Map(
	Object.entries(SPELLINGS).flatMap(([code, spellings]) =>
		spellings.map((spelling) => [spelling, code] as const),
	),
);

/** What is written before an amount; a code and a space where a currency has no sign of its own. */
const SIGNS: ReadonlyMap<string, string> = new Map(
	Object.entries({
		...{ PHP: '₱', USD: '$', EUR: '€', GBP: '£', JPY: '¥', KRW: '₩', INR: '₹', THB: '฿' },
		...{ SGD: 'S$', HKD: 'HK$', AUD: 'A$', NZD: 'NZ$', CAD: 'C$', $: '$', '¥': '¥' },
	}),
);

/** The currency that a sign or a word stands for: an ISO 4217 code, or a sign that several share. */
export function currencyOf(word: string): string | undefined {
	return BY_SPELLING.get(word.toLowerCase()) ?? (/^[A-Z]{3}$/.test(word) ? word : undefined);
}

/** Whether two amounts can be compared as they stand. An unstated currency is taken to be the same. */
export function mayBeSameCurrency(a: string | undefined, b: string | undefined): boolean {
	if (a === undefined || b === undefined || a === b) return true;
	return Boolean(SHARED.get(a)?.has(b) || SHARED.get(b)?.has(a));
}

/** Of two currencies that may be the same, the one that says more. */
export function clearerCurrency(a: string | undefined, b: string | undefined): string | undefined {
	return a === undefined || (b !== undefined && b !== a && SHARED.has(a)) ? b : a;
}

/** An amount as people say it: ₱18.5M, $850,000, AED 25,000. */
export function formatAmount(amount: number, currency: string | undefined): string {
	const sign = currency === undefined ? '' : (SIGNS.get(currency) ?? currency + ' ');
	if (amount >= 999_995_000) return sign + hundredths(amount / 1e9) + 'B';
	const whole = Math.round(amount);
	if (whole >= 1_000_000) return sign + hundredths(amount / 1e6) + 'M';
	const thousands = Math.floor(whole / 1000);
	if (thousands === 0) return sign + whole;
	return sign + thousands + ',' + String(whole % 1000).padStart(3, '0');
}

/** With two decimals at most: 18.5, 18.25, 18. */
function hundredths(value: number): string {
	const rounded = Math.round(value * 100);
	const fraction = rounded % 100;
	const whole = String((rounded - fraction) / 100);
	if (fraction === 0) return whole;
	if (fraction % 10 === 0) return whole + '.' + fraction / 10;
	return whole + (fraction < 10 ? '.0' : '.') + fraction;
}
