import { textAt } from './quantity';
import type { StatedRange } from './understanding';
import type { Token } from './tokens';

export type Bound = 'most' | 'least';

const MOST_BEFORE = new Set(
	'below under max maximum within hanggang upto exceed exceeding exceeds lalampas lalagpas lampas lagpas less lower cheaper most'.split(
		' ',
	),
);
const LEAST_BEFORE = new Set(
	'above over min minimum from starting more higher least mula'.split(' '),
);
const MOST_AFTER = new Set('max maximum pababa below less lower tops'.split(' '));
const LEAST_AFTER = new Set('pataas up above min minimum more higher + plus'.split(' '));
const DENIES = new Set(['not', 'no', 'dont', 'hindi', 'di', 'wag', 'huwag']);
const FILLERS = new Set(
	'than of the is ay ang sa na po lang siguro to about around mga only : , . price budget'.split(
		' ',
	),
);
/** What may stand between a bound and its number. */
const REACH = 3;

/** Whether a number is the most or the least, by the words around it: "up to 5M", "2 beds and up". */
export function boundOf(tokens: readonly Token[], start: number, end: number): Bound | undefined {
	for (let index = start - 1; index >= 0 && index >= start - REACH; index--) {
		const word = textAt(tokens, index);
		const isUpTo = word === 'up' && textAt(tokens, index + 1) === 'to';
		if (isUpTo || MOST_BEFORE.has(word)) return 'most';
		if (LEAST_BEFORE.has(word)) {
			return word !== 'from' && DENIES.has(textAt(tokens, index - 1)) ? 'most' : 'least';
		}
		if (!FILLERS.has(word)) break;
	}
	const isJoined = ['and', 'or', '&'].includes(textAt(tokens, end));
	const after = textAt(tokens, isJoined ? end + 1 : end);
	if (MOST_AFTER.has(after)) return 'most';
	return LEAST_AFTER.has(after) ? 'least' : undefined;
}

export function rangeOf(low: number, high: number, bound: Bound | undefined): StatedRange {
	if (bound === 'most') return { max: high };
	return bound === 'least' ? { min: low } : { min: low, max: high };
}
