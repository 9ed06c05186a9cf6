import { distanceKm, proximity } from '../../../../nodes/shared/places/distance';

const at = (latitude: number, longitude: number) => ({ latitude, longitude });

describe('distance', () => {
	// Arcs of a sphere of 6371.0088 km: a degree is 111.195 km, a quarter 10007.557 km.
	it.each([
		['a point and itself', at(14.6, 121), at(14.6, 121), 0],
		['a degree of latitude', at(14, 121), at(15, 121), 111.195],
		['a degree of longitude at the equator', at(0, 120), at(0, 121), 111.195],
		['a degree of longitude at 60° north, half as long', at(60, 120), at(60, 121), 55.595],
		['pole and equator', at(90, 0), at(0, 33), 10_007.557],
		['across the date line', at(0, 179.5), at(0, -179.5), 111.195],
		['opposite ends of the Earth', at(0, 1), at(0, -179), 20_015.115],
	])('is right between %s', (_name, from, to, km) => {
		expect(distanceKm(from, to)).toBeCloseTo(km, 2);
	});

	it.each([
		['nothing', {}],
		['only a latitude', { latitude: 14.6 }],
		['NaN', at(NaN, 121)],
		['0, 0', at(0, 0)],
	])('is unknown from %s', (_name, place) => {
		expect(distanceKm(place, at(14.6, 121))).toBeUndefined();
	});
});

describe('proximity by name', () => {
	const home = { city: 'Makati', neighborhood: 'Poblacion' };

	it.each([
		['the same city and neighbourhood', home, 'neighborhood'],
		[
			'other spellings',
			{ city: 'MAKATI CITY, Metro Manila', neighborhood: 'Brgy. Poblacion' },
			'neighborhood',
		],
		['the neighbourhood, and no city', { neighborhood: 'poblacion' }, 'neighborhood'],
		['a neighbourhood of that name in another city', { ...home, city: 'Muntinlupa' }, 'elsewhere'],
		['another neighbourhood of the city', { ...home, neighborhood: 'Bel-Air' }, 'city'],
		['the city alone', { city: 'Makati' }, 'city'],
		['nothing', {}, 'unstated'],
		['another neighbourhood, and no city', { neighborhood: 'Bel-Air' }, 'unstated'],
		['blanks', { city: ' ', neighborhood: '' }, 'unstated'],
		['coordinates that the other lacks', { ...home, ...at(14.5, 121) }, 'neighborhood'],
	])('of a place that states %s', (_name, place, kind) => {
		expect(proximity(home, place).kind).toBe(kind);
		expect(proximity(place, home).kind).toBe(kind);
	});

	it('gives way to a measured distance, also across a city limit', () => {
		const here = { city: 'Makati', ...at(14.55, 121.02) };
		expect(proximity(here, { city: 'Taguig', ...at(14.55, 121.02) })).toEqual({
			kind: 'measured',
			km: 0,
		});
	});

	it('reads Parañaque with and without its tilde', () => {
		expect(proximity({ city: 'Parañaque' }, { city: 'paranaque city' }).kind).toBe('city');
	});
});
