/**
 * Checks phone numbers against the metadata of libphonenumber-js with regular expressions that are
 * compiled once; the library compiles them anew for every number, which costs ten times as much.
 * What is not plainly decided here is left to the library (undefined).
 * @see https://gitlab.com/catamphetamine/libphonenumber-js/-/blob/master/METADATA.md
 */
import { type CountryCode, Metadata } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';

/** What the library has in a numbering plan, beyond what its types say. */
interface LibraryPlan {
	callingCode(): string;
	IDDPrefix(): string;
	nationalNumberPattern(): string;
	nationalPrefixForParsing(): string | undefined;
	possibleLengths(): number[];
	leadingDigits(): string | undefined;
	type(name: string): { pattern(): string; possibleLengths(): number[] } | undefined;
}

interface NumberType {
	pattern: RegExp;
	lengths: readonly number[];
}

interface Plan {
	country: CountryCode;
	callingCode: string;
	lengths: readonly number[];
	/** A whole national number. */
	national: RegExp;
	/** What is dialled before a national number, at its start. */
	nationalPrefix?: RegExp;
	/** The same where it is nothing but digits, such as the 0 in most countries. */
	trunkDigits?: string;
	/** What is dialled to leave the country, at the start. */
	exitPrefix: RegExp;
	/** Which numbers of a shared calling code are this country's. */
	leadingDigits?: RegExp;
	fixedLine?: NumberType;
	/** `same` where the country does not tell mobile numbers from fixed lines. */
	mobile?: NumberType | 'same';
	others: readonly NumberType[];
}

/** `either` where the country's numbers do not tell. */
export type LineKind = 'mobile' | 'either' | 'other';

export interface CheckedNumber {
	/** E.164. */
	number: string;
	country: CountryCode;
	kind: LineKind;
}

const OTHER_TYPES = [
	'PREMIUM_RATE',
	'TOLL_FREE',
	'SHARED_COST',
	'VOIP',
	'PERSONAL_NUMBER',
	'PAGER',
	'UAN',
	'VOICEMAIL',
];

/** Numbers that are shorter or longer than any, country aside, are the library's to judge. */
const SHORTEST = 3;
const LONGEST = 15;

const BY_COUNTRY = new Map<CountryCode, Plan>();
const BY_CALLING_CODE = new Map<number, readonly Plan[]>();

/** A number with its calling code, digits only. Null where it is invalid. */
export function checkInternational(digits: string): CheckedNumber | null | undefined {
	// No calling code begins with 0.
	if (digits[0] === '0') return undefined;
	let callingCode = 0;
	for (let length = 1; length <= 3 && length < digits.length; length++) {
		callingCode = callingCode * 10 + Number(digits[length - 1]);
		const plans = plansOf(callingCode);
		if (plans) return checkNational(digits.slice(length), plans, plans[0]!);
	}
	return undefined;
}

/** A number as dialled within a country, digits only. Null where it is invalid. */
export function checkLocal(digits: string, country: CountryCode): CheckedNumber | null | undefined {
	const home = planOf(country);
	if (digits.startsWith(home.callingCode) || home.exitPrefix.test(digits)) return undefined;
	return checkNational(digits, plansOf(Number(home.callingCode))!, home);
}

/** Takes off what is dialled before, finds the country among those of a calling code, then the line. */
function checkNational(
	dialled: string,
	plans: readonly Plan[],
	home: Plan,
): CheckedNumber | null | undefined {
	if (dialled.length < SHORTEST || dialled.length > LONGEST) return undefined;
	if (home.trunkDigits === undefined && home.nationalPrefix?.exec(dialled)?.[0]) return undefined;
	const national = withoutTrunk(dialled, plans, home);
	const plan = planFor(national, plans) ?? home;
	const kind = kindOf(national, plan);
	if (!kind) return null;
	return { number: '+' + plan.callingCode + national, country: plan.country, kind };
}

/** Without the 0, unless the number is valid with it alone, or too short without it. */
function withoutTrunk(dialled: string, plans: readonly Plan[], home: Plan): string {
	const { trunkDigits, national } = home;
	if (trunkDigits === undefined || !dialled.startsWith(trunkDigits)) return dialled;
	const rest = dialled.slice(trunkDigits.length);
	if (!national.test(rest) && national.test(dialled)) return dialled;
	const { lengths } = planFor(rest, plans) ?? home;
	const isPossible = lengths.includes(rest.length) || rest.length > lengths.at(-1)!;
	return isPossible ? rest : dialled;
}

/** The plan that a number belongs to, of the countries that share a calling code. */
function planFor(national: string, plans: readonly Plan[]): Plan | undefined {
	if (plans.length === 1) return plans[0];
	return plans.find((plan) =>
		plan.leadingDigits ? plan.leadingDigits.test(national) : kindOf(national, plan),
	);
}

function kindOf(national: string, plan: Plan): LineKind | undefined {
	if (!plan.national.test(national)) return undefined;
	const { fixedLine, mobile, others } = plan;
	if (isOfType(national, fixedLine)) {
		if (mobile === 'same') return 'either';
		return isOfType(national, mobile) ? 'either' : 'other';
	}
	if (mobile !== 'same' && isOfType(national, mobile)) return 'mobile';
	return others.some((type) => isOfType(national, type)) ? 'other' : undefined;
}

function isOfType(national: string, type: NumberType | undefined): boolean {
	return (
		type !== undefined && type.lengths.includes(national.length) && type.pattern.test(national)
	);
}

/** The plans of the countries that share a calling code, the main one first. */
function plansOf(callingCode: number): readonly Plan[] | undefined {
	const known = BY_CALLING_CODE.get(callingCode);
	if (known) return known;
	const plans = metadata.country_calling_codes[String(callingCode)]?.map(planOf);
	if (plans) BY_CALLING_CODE.set(callingCode, plans);
	return plans;
}

function planOf(country: CountryCode): Plan {
	const known = BY_COUNTRY.get(country);
	if (known) return known;
	const plan = compilePlan(country);
	BY_COUNTRY.set(country, plan);
	return plan;
}

function compilePlan(country: CountryCode): Plan {
	const library = new Metadata(metadata);
	library.selectNumberingPlan(country);
	const plan = library.numberingPlan as unknown as LibraryPlan;
	const prefix = plan.nationalPrefixForParsing();
	const leading = plan.leadingDigits();
	const mobile = plan.type('MOBILE');
	return {
		country,
		callingCode: plan.callingCode(),
		lengths: plan.possibleLengths(),
		national: whole(plan.nationalNumberPattern()),
		...(prefix && { nationalPrefix: start(prefix) }),
		...(prefix && /^\d+$/.test(prefix) && { trunkDigits: prefix }),
		exitPrefix: start(plan.IDDPrefix()),
		...(leading && { leadingDigits: start(leading) }),
		fixedLine: compileType(plan.type('FIXED_LINE')),
		mobile: !mobile || mobile.pattern() === '' ? 'same' : compileType(mobile),
		others: OTHER_TYPES.map((name) => compileType(plan.type(name))).filter(
			(type) => type !== undefined,
		),
	};
}

function compileType(type: ReturnType<LibraryPlan['type']>): NumberType | undefined {
	if (!type?.pattern()) return undefined;
	return { pattern: whole(type.pattern()), lengths: type.possibleLengths() };
}

function whole(pattern: string): RegExp {
	return new RegExp('^(?:' + pattern + ')$');
}

function start(pattern: string): RegExp {
	return new RegExp('^(?:' + pattern + ')');
}
