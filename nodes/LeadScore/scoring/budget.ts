import { type Amount, readAmount } from '../../shared/money/amount';
import { clearerCurrency, formatAmount, mayBeSameCurrency } from '../../shared/money/currency';
import { gaussDecay } from './decay';
import { type Finding, INFERRED_SCORE, missing } from './finding';
import type { ScoringInput, StatedAmount } from './input';

/** Where no least budget is stated, a price from this share of the budget on fits fully. */
const FITS_FROM = 0.85;
/** Somebody who can pay more may still want less: however cheap, it never scores below this. */
const CHEAP_FLOOR = 40;
/** The share of the budget at which the floor is reached. */
const FLOOR_AT = 0.4;
/** A price this share above the budget scores half. */
const ABOVE_SCALE = 0.1;
/** From here on a price is said in times of the budget, not in percent. */
const SAID_IN_TIMES = 3;

const QUESTION = 'What is your budget?';

interface Band {
	min?: number;
	max?: number;
	currency?: string;
}

/**
 * How well the price fits the budget: 100 within it, a steep decline above it (50 at 10 % above), a
 * slow one below (40 at 40 % of it). Amounts in different currencies are not compared.
 * @see https://www.elastic.co/guide/en/elasticsearch/reference/current/query-dsl-function-score-query.html#function-decay
 */
export function scoreBudget(
	{ budget, listing }: ScoringInput,
	{ inferFromProperty }: { inferFromProperty: boolean },
): Finding {
	const price = listing.price === undefined ? undefined : readPrice(listing.price);
	if (budget.min === undefined && budget.max === undefined) {
		if (!inferFromProperty || price?.low === undefined)
			return missing('Budget not known', QUESTION);
		const asked = formatAmount(price.low, price.currency ?? listing.currency);
		return {
			status: 'inferred',
			score: INFERRED_SCORE,
			reason: 'Budget not known; asked about a listing at ' + asked,
			question: QUESTION,
		};
	}
	const band = readBudget(budget);
	if (typeof band === 'string') return missing(band, QUESTION);
	if (listing.price === undefined) return missing('Budget known, price of the listing not known');
	if (price?.low === undefined) return missing('Price could not be read (price_amount)');
	const priced = price.currency ?? listing.currency;
	if (!mayBeSameCurrency(band.currency, priced)) {
		return missing(
			'Budget is in ' + band.currency + ', the listing is priced in ' + priced + ': not compared',
		);
	}
	return compare(price.low, band, clearerCurrency(priced, band.currency));
}

/** A price is one amount; what it starts at or ends at says too little. */
function readPrice(stated: StatedAmount): Amount | undefined {
	const price = readAmount(stated);
	return price !== undefined && price.low === price.high ? price : undefined;
}

/** The budget as a band, or what is wrong with it. */
function readBudget({ min, max, currency }: ScoringInput['budget']): Band | string {
	const least = min === undefined ? undefined : readAmount(min);
	const most = max === undefined ? undefined : readAmount(max);
	const unread = unreadField(min, least, 'budget_min') ?? unreadField(max, most, 'budget_max');
	if (!least && !most) return 'Budget could not be read (' + unread + ')';
	if (!mayBeSameCurrency(least?.currency, most?.currency)) {
		return 'Budget is in two currencies (budget_min, budget_max): not compared';
	}
	const high = most?.high ?? (isOneAmount(least) ? undefined : least?.high);
	const low = least?.low ?? (isOneAmount(most) ? undefined : most?.low);
	return {
		max: high,
		// A least budget above the most one is a slip; the most one is what they can pay.
		min: low !== undefined && high !== undefined && low > high ? undefined : low,
		currency: clearerCurrency(most?.currency, least?.currency) ?? currency,
	};
}

function unreadField(stated: unknown, read: Amount | undefined, field: string): string | undefined {
	return stated !== undefined && read === undefined ? field : undefined;
}

function isOneAmount(amount: Amount | undefined): boolean {
	return amount !== undefined && amount.low === amount.high;
}

function compare(price: number, { min, max }: Band, currency: string | undefined): Finding {
	const asks = 'Asks ' + formatAmount(price, currency);
	if (max === undefined) return compareWithLeast(price, min ?? 0, asks, currency);
	const budget = formatAmount(max, currency);
	const ratio = price / max;
	if (ratio > 1) {
		const score = 100 * gaussDecay(ratio - 1, ABOVE_SCALE);
		return {
			status: 'known',
			score,
			reason: asks + ', ' + above(ratio) + ' the budget of ' + budget,
		};
	}
	const fitsFrom = min === undefined ? FITS_FROM : Math.min(FITS_FROM, min / max);
	if (ratio >= fitsFrom) {
		const reason =
			min === undefined || price < min
				? asks + (ratio === 1 ? ', exactly the budget' : ', within the budget of ' + budget)
				: asks + ', within the budget of ' + formatAmount(min, currency) + ' to ' + budget;
		return { status: 'known', score: 100, reason };
	}
	const under =
		min === undefined
			? below(ratio) + ' the budget of ' + budget
			: below(price / min) + ' the least of ' + formatAmount(min, currency);
	return { status: 'known', score: cheapScore(ratio / fitsFrom), reason: asks + ', ' + under };
}

/** Only the least is stated: what they can pay at most stays open. */
function compareWithLeast(
	price: number,
	min: number,
	asks: string,
	currency: string | undefined,
): Finding {
	const least = formatAmount(min, currency);
	if (price >= min) {
		const reason = asks + ', from the least of ' + least + ' up; the most is not known';
		return { status: 'inferred', score: 100, reason, question: QUESTION };
	}
	const reason = asks + ', ' + below(price / min) + ' the least of ' + least;
	return { status: 'known', score: cheapScore(price / min), reason };
}

/** From 100 where the band begins down to the floor, as a line; `share` is of where it begins. */
function cheapScore(share: number): number {
	const floorAt = FLOOR_AT / FITS_FROM;
	return Math.max(CHEAP_FLOOR, 100 - ((100 - CHEAP_FLOOR) * (1 - share)) / (1 - floorAt));
}

function above(ratio: number): string {
	if (ratio >= SAID_IN_TIMES) return Math.round(ratio) + ' times';
	const percent = Math.round((ratio - 1) * 100);
	return percent === 0 ? 'just above' : percent + ' % above';
}

function below(ratio: number): string {
	const percent = Math.round((1 - ratio) * 100);
	return percent === 0 ? 'just below' : percent + ' % below';
}
