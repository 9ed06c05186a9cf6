/**
 * Web addresses, e-mail addresses and telephone numbers: never part of a narrative, since they
 * are personal data or lead a reader away. Every pattern is bounded, so that none is quadratic.
 */
const TOP_LEVEL =
	'com|net|org|info|biz|edu|gov|io|co|ph|us|uk|ca|au|es|mx|de|fr|it|nl|ru|cn|in|me|ly|to|app|dev|' +
	'site|online|shop|store|xyz|link|click|top|club|live|page|web|homes|realty|test|example|invalid';

const WEB = [
	/(?<![\p{L}\d])[a-z][a-z\d+.-]{1,20}:\/\/\S*/giu,
	/(?<![\p{L}\d])(?:www\.|(?:javascript|data|mailto|tel):)\S*/giu,
	new RegExp(
		`(?<![\\p{L}\\d.-])[\\p{L}\\d][\\p{L}\\d.-]{0,200}\\.(?:${TOP_LEVEL})(?![\\p{L}\\d-])(?:/\\S*)?`,
		'gu',
	),
];
const EMAIL = /[^\s@]{1,64}@[^\s@]{1,255}/gu;
const PHONE = /(?<![\p{L}\d.,])\+?\(?\d(?:[ ()./-]{0,2}\d){6,14}(?!\d)/gu;
const ZIP_PLUS_FOUR = /^\d{5}-\d{4}$/;

export interface ContactDetail {
	rule: 'web-address' | 'email-address' | 'phone-number';
	quote: string;
}

export function findContactDetails(text: string): ContactDetail[] {
	return [
		...WEB.flatMap((pattern) => quotes(text, pattern)).map((quote) => detail('web-address', quote)),
		...quotes(text, EMAIL).map((quote) => detail('email-address', quote)),
		...quotes(text, PHONE)
			.filter(isPhone)
			.map((quote) => detail('phone-number', quote)),
	];
}

export function stripContactDetails(text: string): string {
	const withoutMail = text.replace(EMAIL, ' ');
	const withoutWeb = WEB.reduce((rest, pattern) => rest.replace(pattern, ' '), withoutMail);
	return withoutWeb.replace(PHONE, (digits) => (isPhone(digits) ? ' ' : digits));
}

/** Plain and dotted digits are numbers for the number check: `5000000`, `5.000.000`, `0.100000`. */
function isPhone(digits: string): boolean {
	if (/^\d+\.\d+$/.test(digits)) return false;
	return /^[+0(]|[ ()/-]/.test(digits) && !ZIP_PLUS_FOUR.test(digits);
}

function quotes(text: string, pattern: RegExp): string[] {
	return text.match(pattern) ?? [];
}

function detail(rule: ContactDetail['rule'], quote: string): ContactDetail {
	return { rule, quote };
}
