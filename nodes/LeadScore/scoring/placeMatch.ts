import type { ListingPlace } from './listingPlace';
import type { WrittenPlace } from '../../shared/places/places';

/** How a stated place and a listing's compare, and the words for it. */
export interface Match {
	/** `unplaced`: nothing says where the stated place is. */
	kind: 'area' | 'city' | 'province' | 'elsewhere' | 'unplaced';
	/** 0 to 100. */
	score: number;
	/** The stated place, by the table's name for it. */
	label?: string;
	/** The listing's own name of the area that matched. */
	listingLabel?: string;
	/** Whether the city or province itself was stated, and not a part of it. */
	isWhole?: boolean;
	province?: string;
}

const SCORE = { area: 100, city: 75, province: 40, elsewhere: 0 } as const;

export const NO_MATCH: Match = { kind: 'unplaced', score: 0 };

/**
 * Compares a place somebody looks for with that of a listing: the same area or ZIP code, the same
 * city, the same province, or none of them. A name alone is not enough where the cities differ:
 * Poblacion in Makati is not Poblacion in Muntinlupa.
 * `city` is where unknown areas are taken to be; `isCity` says that the place itself is a city.
 */
export function comparePlaces(
	wanted: WrittenPlace,
	listing: ListingPlace,
	city: WrittenPlace | undefined,
	isCity = false,
): Match {
	const { id, label, within } = wanted;
	if (!id) return NO_MATCH;
	const holder = wanted.isKnown ? undefined : (within[0] ?? city?.id);
	const isElsewhere = holder !== undefined && isApart(holder, listing);
	const here = listing.areas.find((area) => area.id === id);
	if (here && !isElsewhere)
		return { kind: 'area', score: SCORE.area, label, listingLabel: here.label };
	if (id === listing.city && !isOtherProvince(within, listing)) {
		return { kind: 'city', score: SCORE.city, label, isWhole: true };
	}
	const inCity = wanted.city ?? holder;
	if (inCity !== undefined && inCity === listing.city)
		return { kind: 'city', score: SCORE.city, label };
	if (listing.provinces.includes(id)) {
		return { kind: 'province', score: SCORE.province, label, isWhole: true, province: label };
	}
	const inProvince = wanted.province ?? (holder === undefined ? undefined : city?.province);
	const isInProvince = inProvince !== undefined && listing.provinces.includes(inProvince);
	if (isInProvince || within.some((name) => listing.provinces.includes(name))) {
		return {
			kind: 'province',
			score: SCORE.province,
			label,
			province: isInProvince ? inProvince : undefined,
		};
	}
	const isPlaced = wanted.isPlaced || city !== undefined || isCity;
	return isPlaced ? { kind: 'elsewhere', score: SCORE.elsewhere, label } : NO_MATCH;
}

/** Whether a listing is said to be in another city than the one named. */
function isApart(holder: string, { city, provinces, areas }: ListingPlace): boolean {
	if (city === undefined || holder === city || provinces.includes(holder)) return false;
	return areas.every(({ id }) => id !== holder);
}

/** San Fernando, Pampanga is not San Fernando, La Union. */
function isOtherProvince(within: readonly string[], { provinces }: ListingPlace): boolean {
	return (
		within.length > 0 && provinces.length > 0 && within.every((name) => !provinces.includes(name))
	);
}
