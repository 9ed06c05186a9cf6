import type { Subject } from './answers';
import { type ListingPlace, rentCastEvidence } from './evidence';
import {
	addressTail,
	type Coordinates,
	coordinatesOf,
	coveredZip,
	stateCode,
} from './unitedStates';

/** Two geocoders may disagree about a rural address, but not by more than this. */
const FARTHEST_KM = 30;
const EARTH_RADIUS_KM = 6371;

const ABBREVIATIONS: Readonly<Record<string, string>> = { ST: 'SAINT', FT: 'FORT', MT: 'MOUNT' };

/**
 * Why the subject of an answer is not the listing that was asked about; undefined where nothing
 * contradicts it. Equal ZIP codes settle the city, because a place has more names than one.
 */
export function contradiction(subject: Subject, listing: ListingPlace): string | undefined {
	const evidence = rentCastEvidence(listing);
	if (!evidence.inUnitedStates) return evidence.because;

	const tail = addressTail(listing.address) ?? addressTail(listing.city);
	const found = addressTail(subject.formattedAddress ?? '');
	const states = [
		stateCode(listing.state) ?? tail?.state,
		stateCode(subject.state) ?? found?.state,
	];
	if (differ(states)) return `The listing is in ${states[0]}.`;

	const zips = [
		coveredZip(listing.zip_code) ?? tail?.zip,
		coveredZip(subject.zipCode) ?? found?.zip,
	];
	if (differ(zips)) return `The ZIP code of the listing is ${zips[0]}.`;

	const isSameZip = zips[0] !== undefined && zips[0] === zips[1];
	const city = addressTail(listing.city)?.before ?? listing.city;
	if (!isSameZip && subject.city && plainCity(city) !== plainCity(subject.city)) {
		return `The city of the listing is ${city}.`;
	}

	const [from, to] = [coordinatesOf(listing), coordinatesOf(subject)];
	if (from && to && kilometresBetween(from, to) > FARTHEST_KM) {
		return 'It lies far from the coordinates of the listing.';
	}
	return undefined;
}

/** Whether both are known and not the same. */
function differ([asked, answered]: Array<string | undefined>): boolean {
	return asked !== undefined && answered !== undefined && asked !== answered;
}

/** `ST LOUIS, MO` and `Saint Louis` as one; `New York City` and `New York` too. */
function plainCity(text: string): string {
	return (text.split(',')[0] ?? '')
		.normalize('NFD')
		.toUpperCase()
		.replace(/[^A-Z0-9\s-]/g, '')
		.split(/[\s-]+/)
		.filter((word) => word !== '')
		.map((word) => ABBREVIATIONS[word] ?? word)
		.join(' ')
		.replace(/ CITY$/, '');
}

/** Great-circle distance. @see https://en.wikipedia.org/wiki/Haversine_formula */
function kilometresBetween(from: Coordinates, to: Coordinates): number {
	const radians = Math.PI / 180;
	const haversine =
		Math.sin(((to.latitude - from.latitude) * radians) / 2) ** 2 +
		Math.cos(from.latitude * radians) *
			Math.cos(to.latitude * radians) *
			Math.sin(((to.longitude - from.longitude) * radians) / 2) ** 2;
	return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(haversine));
}
