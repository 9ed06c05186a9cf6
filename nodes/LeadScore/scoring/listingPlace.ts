import type { Listing } from './input';
import { MAX_PARTS, type Places, type WrittenPlace } from '../../shared/places/places';

/** Where a listing is, in the ids of places. */
export interface ListingPlace {
	hasName: boolean;
	/** The narrowest name of it, for people. */
	label: string;
	/** The name of its city, or the narrowest where that is not known. */
	cityLabel: string;
	/** Neighbourhood, ZIP code and districts of the address, with the listing's own names of them. */
	areas: ReadonlyArray<{ id: string; label: string }>;
	city?: string;
	provinces: readonly string[];
}

/** Reads where a listing is, by all that it says; a known area or city stands for what holds it. */
export function listingPlace(listing: Listing, places: Places): ListingPlace {
	const { neighborhood, zipCode, city, state, address } = listing;
	const area = neighborhood ? places.read(neighborhood) : undefined;
	const town = city ? places.read(city) : undefined;
	const cityId = town?.id || area?.city;
	const areas: Array<{ id: string; label: string }> = [];
	if (area?.id) areas.push({ id: area.id, label: firstPart(neighborhood!) });
	else if (address) addDistricts(areas, address, places, cityId);
	if (zipCode) areas.push({ id: places.read(zipCode).id, label: zipCode });
	const provinces = provincesOf(town, area);
	if (state) provinces.push(places.provinceId(state));
	const label = firstPart(neighborhood ?? city ?? state ?? areas[0]?.label ?? '');
	return {
		hasName: areas.length > 0 || Boolean(cityId) || provinces.length > 0,
		label,
		cityLabel: city === undefined ? (cityId ?? label) : firstPart(city),
		areas,
		city: cityId,
		provinces,
	};
}

function provincesOf(town: WrittenPlace | undefined, area: WrittenPlace | undefined): string[] {
	const provinces = town ? [...town.within] : [];
	if (town?.province) provinces.push(town.province);
	if (area?.province) provinces.push(area.province);
	return provinces;
}

/** An address goes on from the street to the district and wider. */
function addDistricts(
	areas: Array<{ id: string; label: string }>,
	address: string,
	places: Places,
	city: string | undefined,
): void {
	const parts = address.split(',', MAX_PARTS);
	for (let index = 1; index < parts.length; index++) {
		const label = parts[index]!.trim();
		const { id, city: within } = places.read(label);
		const isCity = id === city || id === within;
		if (id !== '' && !isCity) areas.push({ id, label });
	}
}

function firstPart(name: string): string {
	const comma = name.indexOf(',');
	return (comma < 0 ? name : name.slice(0, comma)).trim();
}
