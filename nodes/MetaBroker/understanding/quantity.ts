import type { Token } from './tokens';

type Magnitude = 'k' | 'm' | 'b';

/** A number as it is written, and the k or million behind it. */
export interface Figure {
	digits: string;
	/** As amounts are written: `k`, `m` or `b`. */
	magnitude?: Magnitude;
	/** A letter that stands apart, as in "5 m": it may mean something else. */
	isLoose?: boolean;
}

/** A number or a range in a message; `end` is the token after it. */
export interface Quantity {
	first: Figure;
	second?: Figure;
	end: number;
}

const MAGNITUDES: ReadonlyMap<string, Magnitude> = new Map([
	...words<Magnitude>('k', 'k thou thousand thousands libo libong'),
	...words<Magnitude>('m', 'm mm mn mio mil mill million millions milyon milyong'),
	...words<Magnitude>('b', 'b bn billion billions bilyon'),
]);

const NUMBERS: ReadonlyMap<string, string> = new Map([
	...words('1', 'one isa isang'),
	...words('2', 'two dalawa dalawang'),
	...words('3', 'three tatlo tatlong'),
	...words('4', 'four apat'),
	...words('5', 'five lima limang'),
	...words('6', 'six anim'),
	...words('7', 'seven pito pitong'),
	...words('8', 'eight walo walong'),
	...words('9', 'nine siyam'),
	...words('10', 'ten sampu sampung'),
]);

const RANGE = new Set(['-', 'to', 'hanggang']);
const AND = new Set(['and', '&', 'at']);
const CURRENCY_BETWEEN = new Set(['₱', '$', '€', '£', 'php', 'p', 'usd']);

function words<V>(value: V, list: string): Array<readonly [string, V]> {
	return list.split(' ').map((word) => [word, value] as const);
}

/** Text of a token; empty where there is none. */
export function textAt(tokens: readonly Token[], index: number): string {
	return tokens[index]?.text ?? '';
}

/** The number or range that begins at a token. "Two" and "apat na" count as numbers too. */
export function quantityAt(tokens: readonly Token[], start: number): Quantity | undefined {
	const first = figureAt(tokens, start);
	if (!first) return undefined;
	const [figure, end] = first;
	const second = secondOf(tokens, start, end);
	return second ? { first: figure, second: second[0], end: second[1] } : { first: figure, end };
}

function secondOf(
	tokens: readonly Token[],
	start: number,
	end: number,
): readonly [Figure, number] | undefined {
	// "5M up to 8M"
	const at = textAt(tokens, end) === 'up' ? end + 1 : end;
	const joint = textAt(tokens, at);
	const isBetween = AND.has(joint) && textAt(tokens, beforeCurrency(tokens, start)) === 'between';
	if (!RANGE.has(joint) && !isBetween) return undefined;
	const next = CURRENCY_BETWEEN.has(textAt(tokens, at + 1)) ? at + 2 : at + 1;
	return figureAt(tokens, next);
}

function beforeCurrency(tokens: readonly Token[], start: number): number {
	return CURRENCY_BETWEEN.has(textAt(tokens, start - 1)) ? start - 2 : start - 1;
}

function figureAt(tokens: readonly Token[], index: number): readonly [Figure, number] | undefined {
	const token = tokens[index];
	if (!token || token.kind === 'sign') return undefined;
	const digits = token.kind === 'number' ? token.text : NUMBERS.get(token.text);
	if (digits === undefined) return undefined;
	const end = token.kind === 'word' && textAt(tokens, index + 1) === 'na' ? index + 2 : index + 1;
	const after = tokens[end];
	const magnitude = after?.kind === 'word' ? MAGNITUDES.get(after.text) : undefined;
	if (!after || !magnitude) return [{ digits }, end];
	const isLoose = after.text.length === 1 && !after.isGlued;
	return [isLoose ? { digits, magnitude, isLoose } : { digits, magnitude }, end + 1];
}
