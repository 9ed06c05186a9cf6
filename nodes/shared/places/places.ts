import { placeKey } from './placeName';
import { PHILIPPINE_PLACES } from './philippinePlaces';
import { remember } from '../text/remember';

/** A place by whatever name it was called. Two names of one place have the same `id`. */
export interface KnownPlace {
	id: string;
	/** The city it is in, or itself where it is one; absent where no table knows it. */
	city?: string;
	province?: string;
	/** The name it was called by, as the table writes it: safe to repeat. */
	label?: string;
}

/** A place as written, with what stands after its commas: "Poblacion, Makati". */
export interface WrittenPlace extends KnownPlace {
	/** Ids of what stands after the commas, and of the provinces that these are known to be in. */
	within: readonly string[];
	/** Whether the table knows the place: then it needs no city to be told from others. */
	isKnown: boolean;
	/** Whether the table knows where it is, by itself or by what stands after the comma. */
	isPlaced: boolean;
}

export interface Places {
	/** Reads a name, which may go on after commas. Its id is empty where the name says nothing. */
	read(name: string): WrittenPlace;
	/** The id of a province or state. */
	provinceId(name: string): string;
}

/** After so many commas nothing is read. */
export const MAX_PARTS = 6;

/**
 * The places built in and, before them, the user's own: other names of places, such as
 * `{ 'The Heights': 'Loyola Heights' }`.
 */
export function createPlaces(aliases: Readonly<Record<string, string>>): Places {
	const table = new Map(BUILT_IN);
	for (const [alias, name] of Object.entries(aliases)) {
		const key = placeKey(name);
		const aliasKey = placeKey(alias);
		if (!key || !aliasKey) continue;
		const place = BUILT_IN.get(key) ?? { id: key };
		table.set(key, { label: name.trim(), ...place });
		table.set(aliasKey, { ...place, label: alias.trim() });
	}
	const find = (name: string): KnownPlace => {
		const key = placeKey(name);
		return table.get(key) ?? { id: key };
	};
	return {
		read: remember((name) => {
			const [first = '', ...rest] = name.split(',', MAX_PARTS);
			const place = find(first);
			const holders = rest.map(find);
			const within = holders.flatMap(({ id, province }) => [id, province ?? '']).filter(Boolean);
			const isKnown = place.label !== undefined;
			return { ...place, within, isKnown, isPlaced: isKnown || holders[0]?.label !== undefined };
		}),
		provinceId: remember((name) => {
			const key = placeKey(name);
			return PROVINCES.get(key) ?? table.get(key)?.id ?? key;
		}),
	};
}

const PROVINCES: ReadonlyMap<string, string> = new Map(
	PHILIPPINE_PLACES.flatMap(({ names }) => names.map((name) => [placeKey(name), names[0]!])),
);

/** Cities come after provinces: "Cebu" alone is the city, and known to be in the province. */
const BUILT_IN: ReadonlyMap<string, KnownPlace> = new Map([
	...PHILIPPINE_PLACES.flatMap(({ names }) => entries(names, { province: names[0]! })),
	...PHILIPPINE_PLACES.flatMap(({ names: [province], cities }) =>
		cities.flatMap(([names, areas = []]) => {
			const city = cityId(names[0]!);
			return [
				...entries(names, { id: city, city, province }),
				...areas.flatMap((area) => entries(area, { city, province })),
			];
		}),
	),
]);

/** Apart from the province of the same name, as Quezon City is from Quezon. */
function cityId(name: string): string {
	return name.endsWith(' City') ? name : name + ' City';
}

function entries(names: readonly string[], place: Partial<KnownPlace>) {
	return names.map(
		(name) => [placeKey(name), { id: names[0]!, ...place, label: name }] as [string, KnownPlace],
	);
}
