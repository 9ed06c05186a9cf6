import { meansCurrency } from './currencies';
import type { Reading } from './digits';
import { namesOf, type Fact, type FactSheet } from './facts';
import type { Quantity } from './measures';
import { isCurrency } from './numberSurroundings';
import { quoteTokens, type Problem } from './problem';
import { numbersIn, readNumbers, type NumberClaim } from './readNumbers';
import { tokenize, type Token } from './tokens';

/** Rounding never takes a sum or an area further from the truth than this share of it. */
const ROUNDING_MAX = 0.025;
const EXACT = 1e-6;

const QUANTITIES: Readonly<Record<string, Quantity>> = {
	price: 'money',
	estimate: 'money',
	estimate_low: 'money',
	estimate_high: 'money',
	neighborhood_average: 'money',
	neighborhood_median: 'money',
	price_per_sqm: 'money-per-sqm',
	bedrooms: 'bedrooms',
	bathrooms: 'bathrooms',
	floor_area: 'area',
	lot_area: 'lot-area',
	year_built: 'year',
	comparables_used: 'sample',
	neighborhood_sample: 'sample',
	price_vs_estimate: 'percent',
	neighborhood_trend: 'percent',
};

/** Words that say whose sum a number is: an average must be the average. */
const ROLES: ReadonlyArray<[words: string[], ids: string[]]> = [
	[['asking', 'priced', 'hinihingi'], ['price']],
	[
		['estimate', 'estimated', 'valued', 'valuation', 'worth', 'range', 'estimado', 'estimada'],
		['estimate', 'estimate_low', 'estimate_high'],
	],
	[['average', 'mean', 'promedio', 'karaniwang'], ['neighborhood_average']],
	[['median', 'mediana'], ['neighborhood_median']],
];
const PRICE_WORDS = new Set(['price', 'cost', 'costs', 'precio', 'presyo']);

/** Every number of a text that no fact bears out, and every currency that is not the listing's. */
export function groundNumbers(
	tokens: readonly Token[],
	covered: readonly boolean[],
	sheet: FactSheet,
): Problem[] {
	const known = namesOf(sheet).flatMap((name) => numbersIn(tokenize(name)));
	const numbers = readNumbers(tokens)
		.filter(({ at }) => !covered[at])
		.filter((claim) => !isGrounded(claim, sheet, known))
		.map(({ at, end }) => ({
			rule: 'unknown-number',
			quote: quoteTokens(tokens, tokens[at - 1]?.kind === 'currency' ? at - 1 : at, end + 1),
			message: 'states a number that no fact bears out',
		}));
	const currencies = tokens.flatMap((token, at) => {
		if (covered[at] || !namesCurrency(tokens, at)) return [];
		if (meansCurrency(token.word, sheet.currency)) return [];
		return [
			{
				rule: 'unknown-currency',
				quote: token.raw,
				message: 'names a currency that is not the one of the listing',
			},
		];
	});
	return [...numbers, ...currencies];
}

function isGrounded(claim: NumberClaim, sheet: FactSheet, known: readonly number[]): boolean {
	const { quantity, readings } = claim;
	const facts = sheet.facts.filter((fact) => mayBeMeant(fact, claim));
	if (readings.some((reading) => facts.some((fact) => isNumberOf(fact, reading)))) return true;
	if (quantity !== undefined && quantity !== 'other') return false;
	if (quantity === undefined && rolesIn(claim.context).length > 0) return false;
	return readings.some(({ value }) => known.includes(value));
}

function mayBeMeant({ id }: Fact, { quantity, readings, context }: NumberClaim): boolean {
	const own = QUANTITIES[id];
	if (own === undefined || quantity === 'other') return false;
	const isSum = quantity === 'money' || (quantity === undefined && isLarge(readings));
	const roles = isSum ? rolesIn(context) : [];
	if (roles.length > 0) return roles.includes(id);
	if (quantity === 'area')
		return own === 'area' || (own === 'lot-area' && !context.includes('floor'));
	return quantity === undefined || own === quantity;
}

function isNumberOf({ id, value }: Fact, reading: Reading): boolean {
	if (typeof value !== 'number') return false;
	const fact = Math.abs(value);
	return Math.abs(fact - reading.value) <= toleranceFor(QUANTITIES[id], fact, reading) + EXACT;
}

function toleranceFor(quantity: Quantity | undefined, fact: number, { step }: Reading): number {
	if (quantity === 'percent') return step / 2;
	if (quantity === 'bedrooms' || quantity === 'bathrooms') return 0;
	if (quantity === 'year' || quantity === 'sample') return 0;
	return Math.min(step / 2, Math.max(fact * ROUNDING_MAX, EXACT));
}

/** Fact ids that the words before a number speak of; a bare "price" counts only by itself. */
function rolesIn(context: readonly string[]): string[] {
	const roles = ROLES.flatMap(([words, ids]) =>
		words.some((word) => context.includes(word)) ? ids : [],
	);
	return roles.length === 0 && context.some((word) => PRICE_WORDS.has(word)) ? ['price'] : roles;
}

function isLarge(readings: readonly Reading[]): boolean {
	return readings.some(({ value }) => value >= 1000);
}

function namesCurrency(tokens: readonly Token[], at: number): boolean {
	const besideNumber = tokens[at - 1]?.kind === 'number' || tokens[at + 1]?.kind === 'number';
	return isCurrency(tokens[at], besideNumber);
}
