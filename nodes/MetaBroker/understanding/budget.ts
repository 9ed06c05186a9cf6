import { type Amount, readAmount } from '../../shared/money/amount';
import { currencyOf } from '../../shared/money/currency';
import { boundOf, rangeOf } from './bound';
import {
	DISTANCE_AFTER,
	NO_BUDGET,
	NO_MONEY_AFTER,
	NO_MONEY_BEFORE,
	SAYS_BUDGET,
} from './budgetWords';
import { periodAfter, periodBefore } from './period';
import { type Quantity, textAt } from './quantity';
import type { Token } from './tokens';
import type { StatedBudget } from './understanding';

/** So many words before an amount may say what it is. */
const REACH = 4;
/** "P2" is a car park. */
const LEAST_WITH_CURRENCY = 100;
const LEAST_WITH_CUE = 500;
/** Behind these another amount is spoken of. */
const ENDS_CUE = new Set([',', '?', '!', '\n']);
const LEAST_BARE = 10_000;
/** "500m" is a distance unless something says that it is money. */
const MOST_MILLIONS = 100;

const YEAR = /^(?:19|20)\d\d$/;
/** Signs that several countries share, as this market means them. */
const OF_SIGN: Readonly<Record<string, string>> = { $: 'USD', '¥': 'JPY' };
const DOLLARS = new Set(['us', 's', 'a', 'hk', 'c', 'nz', 'ca', 'au']);
/** Currencies elsewhere, and mostly rooms here. */
const NO_CURRENCY = new Set(['r', 'rm']);

interface Named {
	currency: string | undefined;
	/** The token at which the currency begins, or after which it ends. */
	at: number;
}

/** Reads a number, or a range, as money to spend, and says where it ends. */
export function readBudget(
	tokens: readonly Token[],
	start: number,
	quantity: Quantity,
): readonly [budget: StatedBudget, end: number] | undefined {
	const before = currencyBefore(tokens, start);
	const after = currencyAfter(tokens, quantity.end);
	const period = periodAfter(tokens, after.at);
	const currency = before.currency ?? after.currency;
	const cue = cueAround(tokens, before.at, period.end);
	const bound = boundOf(tokens, before.at, period.end);
	const hints = {
		hasCurrency: currency !== undefined,
		hasCue: cue || bound !== undefined,
		hasPeriod: period.per !== undefined,
	};
	if (cue === undefined || !isMoney(tokens, start, quantity, hints)) return undefined;
	const amount = amountOf(quantity);
	if (amount?.low === undefined || amount.high === undefined) return undefined;
	if (!isEnough(amount.high, quantity, hints)) return undefined;
	const budget: StatedBudget = rangeOf(
		amount.low,
		amount.high,
		quantity.second ? undefined : bound,
	);
	if (currency !== undefined) budget.currency = currency;
	const per = period.per ?? periodBefore(tokens, before.at);
	if (per) budget.per = per;
	return [budget, period.end];
}

/** Both together where one says the most and the other the least; else the first. */
export function joinBudgets(a: StatedBudget | undefined, b: StatedBudget): StatedBudget {
	if (!a) return b;
	const isOtherEnd =
		(a.min === undefined && b.max === undefined) || (a.max === undefined && b.min === undefined);
	const joined = { ...b, ...a };
	return isOtherEnd && joined.min! <= joined.max! ? joined : a;
}

interface Hints {
	hasCurrency: boolean;
	hasCue: boolean;
	hasPeriod: boolean;
}

/** Whether the number can be money at all, by what stands beside it. */
function isMoney(
	tokens: readonly Token[],
	start: number,
	{ first, second, end }: Quantity,
	{ hasCurrency, hasCue, hasPeriod }: Hints,
): boolean {
	if (hasCurrency) return true;
	const { digits, magnitude, isLoose } = second ?? first;
	const isSpelledOut = tokens[start]!.kind === 'word';
	if (isSpelledOut && !magnitude) return false;
	const next = textAt(tokens, end);
	if (NO_MONEY_AFTER.has(next) || NO_MONEY_BEFORE.has(beforeNumber(tokens, start))) return false;
	if (hasCue || hasPeriod) return true;
	if (DISTANCE_AFTER.has(next)) return false;
	if (magnitude === undefined) return !YEAR.test(first.digits);
	if (isLoose || (magnitude === 'b' && textAt(tokens, end - 1) === 'b')) return false;
	return magnitude !== 'm' || Number(digits.replaceAll(',', '')) < MOST_MILLIONS;
}

/** "unit #1201" */
function beforeNumber(tokens: readonly Token[], start: number): string {
	const previous = textAt(tokens, start - 1);
	return previous === '.' || previous === ':' || previous === '-'
		? textAt(tokens, start - 2)
		: previous;
}

/** Large enough for what says that it is money. */
function isEnough(
	value: number,
	{ first, second }: Quantity,
	{ hasCurrency, hasCue, hasPeriod }: Hints,
): boolean {
	if (first.magnitude || second?.magnitude) return true;
	if (hasCurrency) return value >= LEAST_WITH_CURRENCY;
	if (hasPeriod || hasCue)
		return value >= LEAST_WITH_CUE && (hasPeriod || !YEAR.test(first.digits));
	const isGrouped = first.digits.includes(',');
	return value >= LEAST_BARE && (isGrouped || value % 100 === 0);
}

function amountOf({ first, second }: Quantity): Amount | undefined {
	const written = first.digits + (first.magnitude ?? '');
	return readAmount(second ? `${written} - ${second.digits}${second.magnitude ?? ''}` : written);
}

function currencyBefore(tokens: readonly Token[], start: number): Named {
	const at = textAt(tokens, start - 1) === '.' ? start - 2 : start - 1;
	const word = textAt(tokens, at);
	if (word === '$' && tokens[at]!.isGlued && DOLLARS.has(textAt(tokens, at - 1))) {
		return { currency: currencyOf(textAt(tokens, at - 1) + '$'), at: at - 1 };
	}
	const currency = currencyNamed(word);
	return currency === undefined ? { currency, at: start } : { currency, at };
}

function currencyAfter(tokens: readonly Token[], end: number): Named {
	const word = textAt(tokens, end);
	const currency =
		word.length > 1 || tokens[end]?.kind === 'sign' ? currencyNamed(word) : undefined;
	return { currency, at: currency === undefined ? end : end + 1 };
}

function currencyNamed(word: string): string | undefined {
	if (word === '' || NO_CURRENCY.has(word)) return undefined;
	const currency = currencyOf(word);
	return currency === undefined ? undefined : (OF_SIGN[currency] ?? currency);
}

/** Whether words say that it is a budget; undefined where they say that it is something else. */
function cueAround(tokens: readonly Token[], start: number, end: number): boolean | undefined {
	let isBudget = false;
	for (let index = start - 1; index >= 0 && index >= start - REACH; index--) {
		const word = textAt(tokens, index);
		if (ENDS_CUE.has(word)) break;
		if (NO_BUDGET.has(word)) return undefined;
		if (SAYS_BUDGET.has(word)) {
			isBudget = true;
			break;
		}
	}
	for (let index = end; index < end + 2; index++) {
		const word = textAt(tokens, index);
		if (ENDS_CUE.has(word)) break;
		if (NO_BUDGET.has(word)) return undefined;
		if (SAYS_BUDGET.has(word)) isBudget = true;
	}
	return isBudget;
}
