import type { Queryable } from './database.cts';
import type { ChannelSession } from './channelSession.cts';

/** Own names of places first, as replies say them. */
const PLACE_NAMES = [
	['BGC', 'Bonifacio Global City', 'Fort Bonifacio', 'The Fort', 'Global City'],
	['Cebu', 'Cebu City', 'Metro Cebu'],
	['Quezon City', 'QC'],
];

/** The longer word before the one that it ends with. */
const PROPERTY_TYPES = ['condo', 'townhouse', 'house', 'apartment', 'lot'];

/** Who names one figure takes what costs a little more. */
const BUDGET_STRETCH = 1.05;

const MILLIONS = /(\d{1,4}(?:\.\d{1,3})?) ?(?:m|million)\b/gi;

interface Range {
	min?: number;
	max?: number;
}

/** What somebody looks for; what is absent does not matter to them. */
export interface Wishes {
	/** In all their spellings, in lower case. */
	places: string[];
	/** The first place, as replies say it. */
	placeName?: string;
	beds?: Range;
	price: Range;
	currency?: string;
	propertyType?: string;
	isRent: boolean;
}

/** What one message says by itself. */
interface Said {
	places: string[];
	beds?: Range;
	budget?: Range;
	propertyType?: string;
}

/**
 * What the person looks for: what the broker understood where it says so, else what the message
 * itself says of places that the platform has homes in, beds, type and millions.
 */
export async function wishesOf(
	db: Queryable,
	message: string,
	{ preferences }: ChannelSession,
): Promise<{ wishes: Wishes; isSaidNow: boolean }> {
	const said = await readMessage(db, message);
	// A place that was named now counts more than those that were named before.
	const places = said.places.length > 0 ? said.places : preferences.places;
	const budget = preferences.budget ?? said.budget;
	const beds = preferences.beds ?? said.beds;
	const propertyType = typeOf(preferences.property_type ?? '') ?? said.propertyType;
	const [first] = places;
	return {
		wishes: {
			places: [...new Set(places.flatMap(spellingsOf))],
			...(first !== undefined && { placeName: spokenName(first) }),
			...(beds && { beds }),
			price: priceOf(budget),
			...(preferences.budget?.currency && { currency: preferences.budget.currency }),
			...(propertyType && { propertyType }),
			isRent: preferences.transaction === 'rent' || preferences.budget?.per !== undefined,
		},
		isSaidNow: said.places.length > 0 || said.beds !== undefined || said.budget !== undefined,
	};
}

async function readMessage(db: Queryable, message: string): Promise<Said> {
	const beds = /\b(\d{1,2}) ?-?(?:br\b|bed)/i.exec(message)?.[1];
	// Of a range such as 10M-12M the end.
	const millions = [...message.matchAll(MILLIONS)].at(-1)?.[1];
	const propertyType = typeOf(message);
	const count = beds ?? (/\bstudio\b/i.test(message) ? '0' : undefined);
	return {
		places: await placesIn(db, message),
		...(count !== undefined && { beds: { min: Number(count), max: Number(count) } }),
		...(millions !== undefined && { budget: { max: Number(millions) * 1_000_000 } }),
		...(propertyType && { propertyType }),
	};
}

async function placesIn(db: Queryable, message: string): Promise<string[]> {
	const { rows } = await db.query<{ place: string }>(
		`SELECT DISTINCT place FROM property, unnest(ARRAY[city, neighborhood]) AS place
		 WHERE place <> '' ORDER BY place`,
	);
	const known = [...rows.map(({ place }) => place), ...PLACE_NAMES.flat()];
	const text = message.toLowerCase();
	return known.filter((place) => isNamedIn(text, place.toLowerCase()));
}

/** Whether it stands there as a word of its own: no "Cebu" in "Cebuano". */
function isNamedIn(text: string, place: string): boolean {
	const isLetter = (character: string | undefined) => /\p{L}/u.test(character ?? '');
	for (let at = text.indexOf(place); at >= 0; at = text.indexOf(place, at + 1)) {
		if (!isLetter(text[at - 1]) && !isLetter(text[at + place.length])) return true;
	}
	return false;
}

function spellingsOf(place: string): string[] {
	return namesOf(place).map((name) => name.toLowerCase());
}

const spokenName = (place: string): string => namesOf(place)[0]!;

function namesOf(place: string): string[] {
	const isIt = (name: string) => name.toLowerCase() === place.toLowerCase();
	return PLACE_NAMES.find((names) => names.some(isIt)) ?? [place];
}

const typeOf = (text: string): string | undefined =>
	PROPERTY_TYPES.find((type) => text.toLowerCase().includes(type));

/** The broker writes one figure as both ends: it is what the person can pay, not a least price. */
function priceOf(budget: Range | undefined): Range {
	if (!budget) return {};
	const { min, max } = budget;
	return {
		...(min !== undefined && min !== max && { min }),
		...(max !== undefined && { max: max * BUDGET_STRETCH }),
	};
}
