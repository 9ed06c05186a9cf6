import { readAmount } from '../../shared/money/amount';
import { boundOf, rangeOf } from './bound';
import { type Figure, type Quantity, textAt } from './quantity';
import type { Token } from './tokens';
import type { StatedRange } from './understanding';

/** @see https://www.nist.gov/pml/owm/metric-si/unit-conversion the international foot is 0.3048 m */
const SQUARE_FOOT = 0.3048 ** 2;
const HECTARE = 10_000;

/** Words for a unit of area, in square metres. */
const UNITS: ReadonlyMap<string, number> = new Map([
	...'sqm sqms sqmt sqmtr sqmtrs sqmeter sqmeters'.split(' ').map((word) => [word, 1] as const),
	...'sqft sqfeet'.split(' ').map((word) => [word, SQUARE_FOOT] as const),
	...'hectare hectares ektarya'.split(' ').map((word) => [word, HECTARE] as const),
]);
const SQUARE = new Set(['sq', 'square']);
const AFTER_SQUARE: ReadonlyMap<string, number> = new Map([
	...'m meter meters metre metres mtr mtrs'.split(' ').map((word) => [word, 1] as const),
	...'ft feet foot'.split(' ').map((word) => [word, SQUARE_FOOT] as const),
]);

/** Reads a number, or a range, as an area in square metres: "120 sqm", "1,200 sq ft". */
export function readArea(
	tokens: readonly Token[],
	start: number,
	quantity: Quantity,
): readonly [range: StatedRange, end: number] | undefined {
	const { first, second } = quantity;
	const unit = unitAfter(tokens, quantity);
	if (!unit) return undefined;
	const [factor, end] = unit;
	const [low, high] = [squareMetres(first, factor), squareMetres(second ?? first, factor)];
	if (low === undefined || high === undefined || low > high) return undefined;
	return [rangeOf(low, high, boundOf(tokens, start, end)), end];
}

function unitAfter(
	tokens: readonly Token[],
	{ first, second, end }: Quantity,
): readonly [factor: number, end: number] | undefined {
	const figure = second ?? first;
	// "120 m2" was read as 120 million.
	if (figure.magnitude === 'm') {
		const isSquare = textAt(tokens, end) === '2' && tokens[end]!.isGlued;
		return isSquare ? [1, end + 1] : undefined;
	}
	if (figure.magnitude) return undefined;
	const at = textAt(tokens, end) === '-' ? end + 1 : end;
	const word = textAt(tokens, at);
	const factor = UNITS.get(word);
	if (factor !== undefined) return [factor, at + 1];
	if (word === 'ha' && tokens[at]!.isGlued) return [HECTARE, at + 1];
	if (!SQUARE.has(word)) return undefined;
	const next = textAt(tokens, at + 1) === '.' ? at + 2 : at + 1;
	const squared = AFTER_SQUARE.get(textAt(tokens, next));
	return squared === undefined ? undefined : [squared, next + 1];
}

/** With one decimal at most. */
function squareMetres({ digits }: Figure, factor: number): number | undefined {
	const value = readAmount(digits)?.low;
	return value === undefined ? undefined : Math.round(value * factor * 10) / 10;
}
