/** Where an address of the RentCast stand-in lies: a coarse geocoder of the United States. */

export interface Place {
	street: string;
	city: string;
	state: string;
	stateFips: string;
	zipCode: string;
	latitude: number;
	longitude: number;
}

/** USPS code, name, FIPS code, lowest ZIP, and the middle of the state. */
const STATES: readonly (readonly [string, string, string, number, number, number])[] = [
	['MA', 'Massachusetts', '25', 1001, 42.3, -71.8],
	['RI', 'Rhode Island', '44', 2801, 41.7, -71.6],
	['NH', 'New Hampshire', '33', 3031, 43.7, -71.6],
	['ME', 'Maine', '23', 3901, 45.4, -69.2],
	['VT', 'Vermont', '50', 5001, 44.1, -72.7],
	['CT', 'Connecticut', '09', 6001, 41.6, -72.7],
	['NJ', 'New Jersey', '34', 7001, 40.2, -74.7],
	['NY', 'New York', '36', 10001, 42.9, -75.6],
	['PA', 'Pennsylvania', '42', 15001, 40.9, -77.8],
	['DE', 'Delaware', '10', 19701, 39.0, -75.5],
	['DC', 'District of Columbia', '11', 20001, 38.9, -77.0],
	['MD', 'Maryland', '24', 20601, 39.1, -76.8],
	['VA', 'Virginia', '51', 22003, 37.5, -78.8],
	['WV', 'West Virginia', '54', 24701, 38.6, -80.6],
	['NC', 'North Carolina', '37', 27006, 35.5, -79.4],
	['SC', 'South Carolina', '45', 29001, 33.9, -80.9],
	['GA', 'Georgia', '13', 30002, 32.6, -83.4],
	['FL', 'Florida', '12', 32003, 28.6, -82.4],
	['AL', 'Alabama', '01', 35004, 32.8, -86.8],
	['TN', 'Tennessee', '47', 37010, 35.9, -86.4],
	['MS', 'Mississippi', '28', 38601, 32.7, -89.7],
	['KY', 'Kentucky', '21', 40003, 37.5, -85.3],
	['OH', 'Ohio', '39', 43001, 40.3, -82.8],
	['IN', 'Indiana', '18', 46001, 39.9, -86.3],
	['MI', 'Michigan', '26', 48001, 44.3, -85.4],
	['IA', 'Iowa', '19', 50001, 42.1, -93.5],
	['WI', 'Wisconsin', '55', 53001, 44.6, -89.7],
	['MN', 'Minnesota', '27', 55001, 46.3, -94.3],
	['SD', 'South Dakota', '46', 57001, 44.4, -100.2],
	['ND', 'North Dakota', '38', 58001, 47.5, -100.5],
	['MT', 'Montana', '30', 59001, 47.0, -109.6],
	['IL', 'Illinois', '17', 60001, 40.0, -89.2],
	['MO', 'Missouri', '29', 63001, 38.4, -92.5],
	['KS', 'Kansas', '20', 66002, 38.5, -98.4],
	['NE', 'Nebraska', '31', 68001, 41.5, -99.8],
	['LA', 'Louisiana', '22', 70001, 31.0, -92.0],
	['AR', 'Arkansas', '05', 71601, 34.8, -92.4],
	['OK', 'Oklahoma', '40', 73001, 35.6, -97.5],
	['TX', 'Texas', '48', 75001, 31.5, -99.3],
	['CO', 'Colorado', '08', 80001, 39.0, -105.5],
	['WY', 'Wyoming', '56', 82001, 43.0, -107.6],
	['ID', 'Idaho', '16', 83201, 44.4, -114.6],
	['UT', 'Utah', '49', 84001, 39.3, -111.7],
	['AZ', 'Arizona', '04', 85001, 34.3, -111.7],
	['NM', 'New Mexico', '35', 87001, 34.4, -106.1],
	['NV', 'Nevada', '32', 88901, 39.3, -116.6],
	['CA', 'California', '06', 90001, 37.2, -119.3],
	['HI', 'Hawaii', '15', 96701, 20.3, -156.4],
	['OR', 'Oregon', '41', 97001, 43.9, -120.6],
	['WA', 'Washington', '53', 98001, 47.4, -120.4],
	['AK', 'Alaska', '02', 99501, 64.2, -152.5],
];

/**
 * Cities that a geocoder finds without a state. Several share their name with a place abroad: that
 * is the danger which a careful client must see.
 */
const CITIES: readonly (readonly [string, string, string, number, number])[] = [
	['San Antonio', 'TX', '78244', 29.476011, -98.351454],
	['Austin', 'TX', '78701', 30.2711, -97.7437],
	['Manila', 'AR', '72442', 35.8801, -90.1673],
	['Manila', 'UT', '84046', 40.988, -109.7224],
	['Paris', 'TX', '75460', 33.6609, -95.5555],
	['Toronto', 'OH', '43964', 40.4642, -80.6009],
	['Naples', 'FL', '34102', 26.142, -81.7948],
	['London', 'KY', '40741', 37.129, -84.0833],
	['Springfield', 'IL', '62701', 39.8017, -89.6437],
];

const COUNTRY = /^(US|USA|United States)$/i;

/** The place of `Street, City, State, Zip`; undefined where nothing says that it is in the US. */
export function placeOfAddress(address: string): Place | undefined {
	const parts = address
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '' && !COUNTRY.test(part));
	const [, beforeZip, zipCode] = /^(.*?)\s*\b(\d{5})(?:-\d{4})?$/.exec(parts.at(-1) ?? '') ?? [];
	if (zipCode !== undefined) parts.splice(-1, 1, ...(beforeZip ? [beforeZip] : []));
	const named = stateNamed(parts.at(-1) ?? '');
	if (named) parts.pop();
	const [street, city] = [parts.slice(0, -1).join(', '), parts.at(-1)];
	if (street === '' || city === undefined) return undefined;

	const known = CITIES.find(
		([name, code, zip]) =>
			name.toLowerCase() === city.toLowerCase() &&
			(!named || named[0] === code) &&
			(!zipCode || zipCode === zip),
	);
	const state = named ?? (known && stateNamed(known[1])) ?? stateOfZip(zipCode);
	if (!state) return undefined;
	const [code, , stateFips, lowestZip, latitude, longitude] = state;
	return {
		street,
		city: known?.[0] ?? city,
		state: code,
		stateFips,
		zipCode: zipCode ?? known?.[2] ?? String(lowestZip).padStart(5, '0'),
		latitude: known?.[3] ?? latitude,
		longitude: known?.[4] ?? longitude,
	};
}

/** The city, or else the state, that lies nearest; undefined far from all of them. */
export function placeOfCoordinates(latitude: number, longitude: number): Place | undefined {
	const addresses = [
		...CITIES.map(([city, code, zip, lat, lon]) => [`${city}, ${code} ${zip}`, lat, lon] as const),
		...STATES.map(([code, , , , lat, lon]) => [`Centerville, ${code}`, lat, lon] as const),
	];
	const near = addresses
		.map(([place, lat, lon]) => ({ place, degrees: Math.hypot(lat - latitude, lon - longitude) }))
		.reduce((nearest, next) => (next.degrees < nearest.degrees ? next : nearest));
	if (near.degrees > 5) return undefined;
	const place = placeOfAddress(`100 Main St, ${near.place}`);
	return place && { ...place, latitude, longitude };
}

/** The state that a five-digit ZIP lies in, roughly; undefined for the territories. */
export function stateOfZip(zipCode: string | undefined) {
	return zipCode === undefined
		? undefined
		: STATES.findLast(([, , , zip]) => zip <= Number(zipCode));
}

function stateNamed(text: string) {
	const wanted = text.toLowerCase();
	return STATES.find(
		([code, name]) => code.toLowerCase() === wanted || name.toLowerCase() === wanted,
	);
}
