import { boundOf, rangeOf } from './bound';
import { type Quantity, textAt } from './quantity';
import type { Token } from './tokens';
import type { StatedRange } from './understanding';

const BEDS = new Set(
	'br brs bdr bdrm bdrms bd bedroom bedrooms bed beds kwarto kuwarto silid room rooms'.split(' '),
);
const BATHS = new Set(
	'bath baths bathroom bathrooms tb tnb banyo cr crs toilet toilets'.split(' '),
);
/** "T&B", split. */
const AND = new Set(['&', 'and', 'n']);
/** "1 bed space", "2 bed frames": no bedrooms. */
const NOT_BEDS = new Set(['space', 'spaces', 'spacer', 'frame', 'frames', 'sheets']);

const MOST_ROOMS = 30;
const COUNT = /^\d{1,2}(?:\.5)?$/;

/** A number of rooms and the token after it. */
export type Rooms = readonly [kind: 'beds' | 'baths', range: StatedRange, end: number];

/** Reads a number, or a range, as one of bedrooms or bathrooms: "3BR", "2 T&B". */
export function readRooms(
	tokens: readonly Token[],
	start: number,
	{ first, second, end }: Quantity,
): Rooms | undefined {
	if (first.magnitude || second?.magnitude) return undefined;
	const unit = textAt(tokens, end) === '-' ? end + 1 : end;
	const room = roomAt(tokens, unit);
	if (!room) return undefined;
	const [kind, after] = room;
	const [low, high] = [countOf(first.digits), countOf((second ?? first).digits)];
	if (low === undefined || high === undefined || low > high) return undefined;
	return [kind, rangeOf(low, high, boundOf(tokens, start, after)), after];
}

function roomAt(
	tokens: readonly Token[],
	index: number,
): readonly ['beds' | 'baths', number] | undefined {
	const word = textAt(tokens, index);
	if (BEDS.has(word)) {
		return NOT_BEDS.has(textAt(tokens, index + 1)) ? undefined : ['beds', index + 1];
	}
	if (BATHS.has(word)) return ['baths', index + 1];
	// "ba" alone is the Tagalog word that asks.
	if (word === 'ba' && tokens[index]!.isGlued) return ['baths', index + 1];
	const isToiletAndBath =
		word === 't' && AND.has(textAt(tokens, index + 1)) && textAt(tokens, index + 2).startsWith('b');
	return isToiletAndBath ? ['baths', index + 3] : undefined;
}

function countOf(digits: string): number | undefined {
	const count = COUNT.test(digits) ? Number(digits) : undefined;
	return count !== undefined && count <= MOST_ROOMS ? count : undefined;
}

/** Both together: "2BR or 3BR" is two to three. */
export function joinRanges(a: StatedRange | undefined, b: StatedRange): StatedRange {
	if (!a) return b;
	const isOneSided =
		(a.min === undefined || b.min === undefined) && (a.max === undefined || b.max === undefined);
	if (isOneSided) return { ...a, ...b };
	const joined: StatedRange = {};
	if (a.min !== undefined && b.min !== undefined) joined.min = Math.min(a.min, b.min);
	if (a.max !== undefined && b.max !== undefined) joined.max = Math.max(a.max, b.max);
	return joined;
}
