/** What RentCast covers: the 50 states and the District of Columbia. */

const STATES: Readonly<Record<string, string>> = {
	AL: 'Alabama',
	AK: 'Alaska',
	AZ: 'Arizona',
	AR: 'Arkansas',
	CA: 'California',
	CO: 'Colorado',
	CT: 'Connecticut',
	DE: 'Delaware',
	DC: 'District of Columbia',
	FL: 'Florida',
	GA: 'Georgia',
	HI: 'Hawaii',
	ID: 'Idaho',
	IL: 'Illinois',
	IN: 'Indiana',
	IA: 'Iowa',
	KS: 'Kansas',
	KY: 'Kentucky',
	LA: 'Louisiana',
	ME: 'Maine',
	MD: 'Maryland',
	MA: 'Massachusetts',
	MI: 'Michigan',
	MN: 'Minnesota',
	MS: 'Mississippi',
	MO: 'Missouri',
	MT: 'Montana',
	NE: 'Nebraska',
	NV: 'Nevada',
	NH: 'New Hampshire',
	NJ: 'New Jersey',
	NM: 'New Mexico',
	NY: 'New York',
	NC: 'North Carolina',
	ND: 'North Dakota',
	OH: 'Ohio',
	OK: 'Oklahoma',
	OR: 'Oregon',
	PA: 'Pennsylvania',
	RI: 'Rhode Island',
	SC: 'South Carolina',
	SD: 'South Dakota',
	TN: 'Tennessee',
	TX: 'Texas',
	UT: 'Utah',
	VT: 'Vermont',
	VA: 'Virginia',
	WA: 'Washington',
	WV: 'West Virginia',
	WI: 'Wisconsin',
	WY: 'Wyoming',
};

const CODES_BY_NAME = new Map(
	Object.entries(STATES).flatMap(([code, name]) => [
		[code, code],
		[plain(name), code],
	]),
);

const COUNTRY_NAMES = ['US', 'USA', 'UNITED STATES', 'UNITED STATES OF AMERICA'];

const OUTSIDE_THE_STATES = [
	...['PR', 'PUERTO RICO', 'VI', 'VIRGIN ISLANDS', 'US VIRGIN ISLANDS', 'GU', 'GUAM'],
	...['AS', 'AMERICAN SAMOA', 'MP', 'NORTHERN MARIANA ISLANDS', 'AA', 'AE', 'AP'],
];

/** Puerto Rico and the Virgin Islands, Guam and the Pacific, and the armed forces abroad. */
const ZIPS_ABROAD = /^(00[6-9]|969|09[0-8]|340|96[2-6])/;
const ZIP = /^(\d{5})(-\d{4})?$/;
const LOWEST_ZIP = 501;

/** South, north, west and east in degrees: the lower 48, Alaska, Hawaii. Neighbours overlap. */
const BOXES = [
	[24.4, 49.4, -125, -66.9],
	[51, 71.5, -180, -129.9],
	[18.8, 22.4, -160.6, -154.7],
] as const;

export interface Coordinates {
	latitude: number;
	longitude: number;
}

/** `TX` for `TX`, `tx`, `T.X.` and `Texas`; undefined for anything that is no state. */
export function stateCode(text: string | null | undefined): string | undefined {
	return CODES_BY_NAME.get(plain(text ?? ''));
}

export function stateName(code: string): string {
	return STATES[code] ?? code;
}

export function isUnitedStates(country: string): boolean {
	return COUNTRY_NAMES.includes(plain(country));
}

/** A territory or a post office of the armed forces: American, and not covered. */
export function isOutsideTheStates(state: string): boolean {
	return OUTSIDE_THE_STATES.includes(plain(state));
}

/** Whether it looks like a ZIP or ZIP+4, covered or not. */
export function isZip(text: string): boolean {
	return ZIP.test(text.trim());
}

/** The five digits of a ZIP or ZIP+4 that RentCast can cover; undefined for anything else. */
export function coveredZip(text: string | null | undefined): string | undefined {
	const zip = ZIP.exec((text ?? '').trim())?.[1];
	const isCovered = zip !== undefined && Number(zip) >= LOWEST_ZIP && !ZIPS_ABROAD.test(zip);
	return isCovered ? zip : undefined;
}

/** Both coordinates, where they are known. 0/0 is how systems write "unknown". */
export function coordinatesOf(place: {
	latitude?: number | null;
	longitude?: number | null;
}): Coordinates | undefined {
	const { latitude, longitude } = place;
	if (typeof latitude !== 'number' || typeof longitude !== 'number') return undefined;
	return latitude === 0 && longitude === 0 ? undefined : { latitude, longitude };
}

export function isInBoxes({ latitude, longitude }: Coordinates): boolean {
	return BOXES.some(
		([south, north, west, east]) =>
			latitude >= south && latitude <= north && longitude >= west && longitude <= east,
	);
}

/** State and ZIP from the end of `…, San Antonio, TX 78244`, with what stands before them. */
export function addressTail(
	text: string,
): { before: string; state: string; zip: string } | undefined {
	const local = text.trim().replace(/[,\s]+(USA?|United States)\.?$/i, '');
	const [, place = '', digits] = /^(.*\S)\s+(\d{5}(?:-\d{4})?)$/.exec(local) ?? [];
	const zip = coveredZip(digits);
	if (zip === undefined) return undefined;
	const words = place.replace(/,$/, '').split(/(?=[\s,])/);
	// The longest name first: "West Virginia" ends like "Virginia".
	for (let count = Math.min(3, words.length); count >= 1; count--) {
		const name = words
			.slice(-count)
			.join('')
			.replace(/^[\s,]+/, '');
		const state = stateCode(name);
		// A lower-case pair of letters is a word: "calle la 28001".
		if (state === undefined || (name.length === 2 && name !== state)) continue;
		const before = words.slice(0, -count).join('');
		return { before: before.replace(/[\s,]+$/, ''), state, zip };
	}
	return undefined;
}

function plain(text: string): string {
	return text.replaceAll('.', '').replace(/\s+/g, ' ').trim().toUpperCase();
}
