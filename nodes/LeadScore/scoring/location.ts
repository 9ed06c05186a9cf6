import { distanceKm } from '../../shared/places/distance';
import { exponentialDecay } from './decay';
import { type Finding, INFERRED_SCORE, missing } from './finding';
import type { ScoringInput, WantedPlace } from './input';
import { listingPlace, type ListingPlace } from './listingPlace';
import { mustHaves } from './mustHaves';
import { comparePlaces, type Match, NO_MATCH } from './placeMatch';
import type { Places } from '../../shared/places/places';

const QUESTION = 'Which areas are you looking in?';

export interface LocationSettings {
	/** At this distance a listing scores half. */
	distanceScaleKm: number;
	inferFromProperty: boolean;
}

/**
 * How well the listing lies where the lead is looking: the best of the stated places by name (area
 * or ZIP code 100, city 75, province 40), or by distance where that says more. Where the lead lives
 * is never asked.
 * @see https://www.elastic.co/guide/en/elasticsearch/reference/current/query-dsl-function-score-query.html#function-decay
 */
export function scoreLocation(
	input: ScoringInput,
	settings: LocationSettings,
	places: Places,
): Finding {
	const { wanted, listing } = input;
	const place = listingPlace(listing, places);
	const km = distanceKm(wanted, listing);
	const isStated = wanted.areas.length > 0 || wanted.city !== undefined;
	if (!isStated && km === undefined) {
		if (wanted.latitude !== undefined) return missing(LISTING_UNPLACED);
		return inferred(place, settings) ?? missing('Places they look in not known', QUESTION);
	}
	if (!place.hasName && km === undefined) return missing(LISTING_UNPLACED);
	const match = place.hasName ? bestMatch(wanted, place, places) : NO_MATCH;
	const byName = match.score;
	const byDistance = km === undefined ? -1 : 100 * exponentialDecay(km, settings.distanceScaleKm);
	const wishes = mustHaves(wanted, listing);
	const score = Math.max(0, Math.min(100, Math.max(byName, byDistance) + wishes.points));
	const reason =
		km !== undefined && byDistance > byName
			? 'Looks ' + kilometres(km) + ' from the listing'
			: inWords(match, place, listing.state);
	// A name that no table knows may be nearer than it sounds.
	const isUnsure = km === undefined && match.kind === 'unplaced';
	return { status: isUnsure ? 'inferred' : 'known', score, reason: reason + wishes.words };
}

const LISTING_UNPLACED = 'Places they look in known, place of the listing not known';

function inferred(place: ListingPlace, settings: LocationSettings): Finding | undefined {
	if (!settings.inferFromProperty || !place.hasName) return undefined;
	return {
		status: 'inferred',
		score: INFERRED_SCORE,
		reason: 'Places they look in not known; asked about a listing in ' + place.label,
		question: QUESTION,
	};
}

/** The best match of all stated places. */
function bestMatch(wanted: WantedPlace, listing: ListingPlace, places: Places): Match {
	const city = wanted.city === undefined ? undefined : places.read(wanted.city);
	let best = city === undefined ? NO_MATCH : comparePlaces(city, listing, undefined, true);
	for (const area of wanted.areas) {
		const match = comparePlaces(places.read(area), listing, city);
		if (isBetter(match, best)) best = match;
	}
	return best;
}

function isBetter(a: Match, b: Match): boolean {
	if (a.score !== b.score) return a.score > b.score;
	if (a.kind !== b.kind) return a.kind === 'elsewhere';
	// Alike: whichever is read first by name, so that the order of the areas does not matter.
	if (a.label !== b.label) return (a.label ?? LAST) < (b.label ?? LAST);
	if (a.listingLabel !== b.listingLabel) return (a.listingLabel ?? LAST) < (b.listingLabel ?? LAST);
	if (a.isWhole !== b.isWhole) return a.isWhole === true;
	return (a.province ?? LAST) < (b.province ?? LAST);
}

const LAST = '\uffff';

/** Repeats no name that neither the listing nor the table of places knows. */
function inWords(match: Match, place: ListingPlace, state: string | undefined): string {
	const { label } = match;
	switch (match.kind) {
		case 'area': {
			const here = match.listingLabel ?? place.label;
			if (!label || label === here) return 'Looks for ' + here + ', where the listing is';
			return 'Looks for ' + label + ', and the listing is in ' + here;
		}
		case 'city':
			if (match.isWhole) return 'Looks in ' + (label ?? place.cityLabel) + ', where the listing is';
			return (
				'Looks for ' +
				(label ?? 'another part') +
				'; the listing is elsewhere in ' +
				place.cityLabel
			);
		case 'province': {
			const province = match.province ?? state;
			if (match.isWhole)
				return 'Looks in ' + province + ', and the listing is in ' + place.cityLabel;
			const where =
				'Looks ' + (label ? 'for ' + label : 'elsewhere') + (province ? ' in ' + province : '');
			return where + '; the listing is in ' + place.cityLabel;
		}
		case 'elsewhere':
			return (
				'Looks ' + (label ? 'for ' + label : 'elsewhere') + '; the listing is in ' + place.label
			);
		case 'unplaced':
			return 'Looks for a place not in the list of places; the listing is in ' + place.label;
	}
}

function kilometres(km: number): string {
	if (km < 0.1) return 'less than 100 m';
	return (km < 10 ? Math.round(km * 10) / 10 : Math.round(km)) + ' km';
}
