import { differInType, sameType } from '../../shared/places/propertyType';
import type { MustHaves } from './input';
import { rememberPairs } from '../../shared/text/remember';

/** What a wish that is met adds to the score for location, and one that is not takes away. */
const POINTS = 5;

/** Compares what a home has to have with the listing; wishes that either side leaves open say nothing. */
export function mustHaves(
	wanted: MustHaves,
	listing: MustHaves,
): { points: number; words: string } {
	let points = 0;
	let words = '';
	if (wanted.beds !== undefined && listing.beds !== undefined) {
		const isMet = listing.beds >= wanted.beds;
		points += isMet ? POINTS : -POINTS;
		words +=
			'; ' +
			listing.beds +
			(listing.beds === 1 ? ' bedroom' : ' bedrooms') +
			' of ' +
			wanted.beds +
			' wanted';
	}
	if (wanted.propertyType !== undefined && listing.propertyType !== undefined) {
		const kinds = compareTypes(wanted.propertyType, listing.propertyType);
		points += kinds.points;
		words += kinds.words;
	}
	return { points, words };
}

const SAME_KIND = { points: POINTS, words: '; the kind of home they want' };
const OTHER_KIND = { points: -POINTS, words: '; another kind of home than they want' };
const NO_KIND = { points: 0, words: '' };

const compareTypes = rememberPairs((wanted, listed) => {
	if (sameType(wanted, listed)) return SAME_KIND;
	return differInType(wanted, listed) ? OTHER_KIND : NO_KIND;
});
