import { placeKey } from './placeName';

/**
 * How far away a comparable counts as that states no coordinates but a place. It ranks and
 * widens the search beside measured distances; it is never reported as a distance.
 */
export const ASSUMED_KM = { neighborhood: 0.8, city: 4, unstated: 20 } as const;

const EARTH_RADIUS_KM = 6371.0088;

/** What a distance needs to know of a property. */
export interface Place {
	latitude?: number;
	longitude?: number;
	city?: string;
	neighborhood?: string;
}

export type Proximity =
	| { kind: 'measured'; km: number }
	| { kind: 'neighborhood' | 'city' | 'unstated'; km: number }
	| { kind: 'elsewhere' };

/**
 * How near two properties are: measured in km where both have coordinates, else by what they say
 * of neighbourhood and city. A neighbourhood of the same name in another city is elsewhere.
 */
export function proximity(a: Place, b: Place): Proximity {
	const km = distanceKm(a, b);
	if (km !== undefined) return { kind: 'measured', km };
	const sameCity = sameName(a.city, b.city);
	if (sameCity === false) return { kind: 'elsewhere' };
	if (sameName(a.neighborhood, b.neighborhood)) return assumed('neighborhood');
	return assumed(sameCity ? 'city' : 'unstated');
}

/**
 * Great-circle distance in kilometres, or undefined where either lacks coordinates. The point
 * 0, 0 in the Gulf of Guinea is how software writes "unknown", and is taken so.
 * @see https://en.wikipedia.org/wiki/Haversine_formula
 */
export function distanceKm(a: Place, b: Place): number | undefined {
	const from = coordinates(a);
	const to = coordinates(b);
	if (!from || !to) return undefined;
	const haversine =
		Math.sin((to.latitude - from.latitude) / 2) ** 2 +
		Math.cos(from.latitude) *
			Math.cos(to.latitude) *
			Math.sin((to.longitude - from.longitude) / 2) ** 2;
	return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(haversine)));
}

function coordinates({ latitude, longitude }: Place) {
	if (latitude === undefined || longitude === undefined) return undefined;
	if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return undefined;
	if (latitude === 0 && longitude === 0) return undefined;
	return { latitude: (latitude * Math.PI) / 180, longitude: (longitude * Math.PI) / 180 };
}

function assumed(kind: keyof typeof ASSUMED_KM): Proximity {
	return { kind, km: ASSUMED_KM[kind] };
}

/** Undefined where either is unstated. */
function sameName(a: string | undefined, b: string | undefined): boolean | undefined {
	const [left, right] = [placeKey(a), placeKey(b)];
	return left && right ? left === right : undefined;
}
