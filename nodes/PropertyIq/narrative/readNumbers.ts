import { readingsOf, roundedReading, type Reading } from './digits';
import { valueOfNumberWord, type Quantity } from './measures';
import {
	isExponent,
	isMoney,
	isPerArea,
	isPercent,
	measureAfter,
	scaleAt,
	wordsBefore,
} from './numberSurroundings';
import type { Token } from './tokens';

/** How many words around a number say that a year is one of building, an area one of the lot. */
const NEAR = 3;

const ROUNDING_WORDS = new Set(
	'about around roughly approximately approx nearly almost over just circa unos casi halos'.split(
		' ',
	),
);
const BUILDING_WORDS = new Set(
	'built constructed completed erected circa dates dating construido construida itinayo'.split(' '),
);
const LOT_WORDS = new Set(['lot', 'land', 'parcel', 'lote', 'terreno', 'lupa']);

/** A number that a text states. */
export interface NumberClaim {
	at: number;
	/** Position after the last token that belongs to the number itself. */
	end: number;
	readings: Reading[];
	/** Undefined where the text does not say what is counted. */
	quantity: Quantity | undefined;
	/** Folded words before it in the same sentence, back to the number before. */
	context: string[];
}

/** Reads every number a text states, with what it counts. Years, sums, `2.45k`, `three bedrooms`. */
export function readNumbers(tokens: readonly Token[]): NumberClaim[] {
	return tokens.flatMap((token, at) => {
		if (token.kind === 'word') return readSpelled(tokens, at);
		if (token.kind !== 'number' || isExponent(tokens, at)) return [];
		return [readClaim(tokens, at, at + 1, readingsOf(token.raw))];
	});
}

/** Values of the digits and number words in a name, such as `2-car garage` or `Tower One`. */
export function numbersIn(tokens: readonly Token[]): number[] {
	return tokens.flatMap(({ kind, raw, word }) => {
		if (kind === 'number') return readingsOf(raw).map(({ value }) => value);
		return valueOfNumberWord(word) ?? [];
	});
}

/** Number words count only with a scale or before what they count: "one of the joys" is no number. */
function readSpelled(tokens: readonly Token[], at: number): NumberClaim[] {
	const value = valueOfNumberWord(tokens[at]?.word ?? '');
	if (value === undefined) return [];
	// The `five` of `twenty-five` was read with the `twenty`.
	const before = valueOfNumberWord(tokens[at - 1]?.word ?? '') ?? 0;
	if (before >= 20 && value < 10) return [];
	const ones = value >= 20 ? (valueOfNumberWord(tokens[at + 1]?.word ?? '') ?? 0) : 0;
	const end = ones > 0 ? at + 2 : at + 1;
	const claim = readClaim(tokens, at, end, [{ value: value + ones, step: 1 }]);
	return claim.quantity === undefined && claim.end === end ? [] : [claim];
}

function readClaim(
	tokens: readonly Token[],
	at: number,
	endOfFigure: number,
	figure: Reading[],
): NumberClaim {
	let [readings, end] = [figure, endOfFigure];
	// "Five hundred thousand" has two scales; no number has more than a few.
	for (
		let scale = scaleAt(tokens, end);
		scale && end < endOfFigure + 3;
		scale = scaleAt(tokens, end)
	) {
		readings = scale.flatMap((factor) => scaled(readings, factor));
		end++;
	}
	const context = wordsBefore(tokens, at);
	if (ROUNDING_WORDS.has(context.at(-1) ?? '')) readings = readings.map(roundedReading);

	if (isMoney(tokens, at, end)) {
		const quantity = isPerArea(tokens, end) ? 'money-per-sqm' : 'money';
		return { at, end, readings, quantity, context };
	}
	if (isPercent(tokens, end)) return { at, end, readings, quantity: 'percent', context };
	const measure = measureAfter(tokens, end);
	if (measure === undefined) {
		const isBuilt = context.slice(-NEAR).some((word) => BUILDING_WORDS.has(word));
		return { at, end, readings, quantity: isBuilt ? 'year' : undefined, context };
	}
	const nearby = [...context, ...tokens.slice(end, end + NEAR).map(({ word }) => word)];
	const isLot = measure.quantity === 'area' && nearby.some((word) => LOT_WORDS.has(word));
	return {
		at,
		end,
		readings: scaled(readings, measure.factor ?? 1),
		quantity: isLot ? 'lot-area' : measure.quantity,
		context,
	};
}

function scaled(readings: readonly Reading[], factor: number): Reading[] {
	return readings.map(({ value, step }) => ({ value: value * factor, step: step * factor }));
}
