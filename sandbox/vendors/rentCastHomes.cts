/** Invented homes of the RentCast stand-in: the same address always answers the same home. */
import { createHash } from 'node:crypto';

import type { Place } from './rentCastPlaces.cts';

const PROPERTY_TYPES = ['Single Family', 'Single Family', 'Condo', 'Townhouse', 'Multi-Family'];
const STREETS = ['Fern Lk', 'Oak Ridge Dr', 'Mill Creek Rd', 'Sunset Ave', 'Willow Ct', 'Elm St'];
const DAY_MS = 86_400_000;

/** The only address whose home and price are RentCast's own published sample. */
const SAMPLE_ADDRESS = '5500 Grand Lake Dr, San Antonio, TX 78244';
const SAMPLE_HOME = {
	county: 'Bexar',
	countyFips: '029',
	latitude: 29.476011,
	longitude: -98.351454,
	propertyType: 'Single Family',
	bedrooms: 3,
	bathrooms: 2,
	squareFootage: 1878,
	lotSize: 8843,
	yearBuilt: 1973,
	lastSaleDate: '2024-11-18T00:00:00.000Z',
	lastSalePrice: 270_000,
};
const SAMPLE_VALUE = { price: 221_000, priceRangeLow: 208_000, priceRangeHigh: 233_000 };

export interface Attributes {
	propertyType?: string;
	bedrooms?: number;
	bathrooms?: number;
	squareFootage?: number;
}

export type Home = ReturnType<typeof homeAt>;

/** Numbers from 0 up to 1 that depend on the seed alone (mulberry32 over SHA-256). */
export function drawsFrom(seed: string): () => number {
	let state = createHash('sha256').update(seed.toLowerCase()).digest().readUInt32BE(0);
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** Dollars per square foot in a ZIP: values and markets of the stand-in agree on it. */
export function pricePerSquareFoot(zipCode: string): number {
	return 90 + drawsFrom(`price ${zipCode}`)() * 260;
}

/** The home at a place, as `subjectProperty` has it. What the question says about it wins. */
export function homeAt(place: Place, asked: Attributes = {}) {
	const formattedAddress = `${place.street}, ${place.city}, ${place.state} ${place.zipCode}`;
	const draw = drawsFrom(formattedAddress);
	const bedrooms = asked.bedrooms ?? 1 + Math.floor(draw() * 4);
	return {
		id: formattedAddress.replaceAll(' ', '-'),
		formattedAddress,
		addressLine1: place.street,
		addressLine2: null,
		city: place.city,
		state: place.state,
		stateFips: place.stateFips,
		zipCode: place.zipCode,
		county: place.city,
		countyFips: '001',
		latitude: place.latitude,
		longitude: place.longitude,
		propertyType: PROPERTY_TYPES[Math.floor(draw() * PROPERTY_TYPES.length)]!,
		bedrooms,
		bathrooms: 1 + Math.floor(draw() * 3),
		squareFootage: Math.round(520 + bedrooms * (300 + draw() * 260)),
		lotSize: Math.round(3000 + draw() * 9000),
		yearBuilt: 1950 + Math.floor(draw() * 70),
		lastSaleDate: '2019-06-14T00:00:00.000Z',
		lastSalePrice: Math.round((110 + draw() * 300) * 1000),
		...(formattedAddress === SAMPLE_ADDRESS && SAMPLE_HOME),
		...asked,
	};
}

/** The answer of `/avm/value` without its comparables. */
export function valueOf(home: Home) {
	if (home.formattedAddress === SAMPLE_ADDRESS) return SAMPLE_VALUE;
	const draw = drawsFrom(`value ${home.formattedAddress}`);
	const price = home.squareFootage * pricePerSquareFoot(home.zipCode) * (0.94 + draw() * 0.12);
	return rangeAround(price, 0.04 + draw() * 0.04, 1000, 'price');
}

/** The answer of `/avm/rent/long-term` without its comparables: about 0.7 % of the value a month. */
export function rentOf(home: Home) {
	return rangeAround(valueOf(home).price * 0.007, 0.06, 10, 'rent');
}

/** Listed homes around, most alike first. `price` is the listed price, or the listed rent. */
export function comparablesOf(home: Home, kind: 'price' | 'rent', now: Date) {
	const draw = drawsFrom(`comparables ${home.formattedAddress}`);
	const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
	const unit = pricePerSquareFoot(home.zipCode) * (kind === 'rent' ? 0.007 : 1);
	return Array.from({ length: 25 }, (_, index) => {
		const street = `${100 + Math.floor(draw() * 9000)} ${STREETS[index % STREETS.length]!}`;
		const formattedAddress = `${street}, ${home.city}, ${home.state} ${home.zipCode}`;
		const squareFootage = Math.round(home.squareFootage * (0.88 + draw() * 0.24));
		const distance = round(0.1 + index * 0.18 + draw() * 0.1, 4);
		const daysOld = 1 + Math.floor(index * 10 + draw() * 10);
		const daysOnMarket = 5 + Math.floor(draw() * 80);
		const isActive = daysOld < 30;
		const lastSeen = today - daysOld * DAY_MS;
		return {
			id: formattedAddress.replaceAll(' ', '-'),
			formattedAddress,
			addressLine1: street,
			addressLine2: null,
			city: home.city,
			state: home.state,
			stateFips: home.stateFips,
			zipCode: home.zipCode,
			county: home.county,
			countyFips: home.countyFips,
			latitude: round(home.latitude + distance / 69, 6),
			longitude: home.longitude,
			propertyType: home.propertyType,
			bedrooms: Math.max(0, home.bedrooms + Math.round(draw() * 2 - 1)),
			bathrooms: home.bathrooms,
			squareFootage,
			lotSize: home.lotSize,
			// Attributes are missing in real answers too.
			...(index % 7 !== 6 && { yearBuilt: home.yearBuilt + Math.round(draw() * 20 - 10) }),
			status: isActive ? 'Active' : 'Inactive',
			price: Math.round((squareFootage * unit * (0.9 + draw() * 0.2)) / 100) * 100,
			listingType: 'Standard',
			listedDate: new Date(lastSeen - daysOnMarket * DAY_MS).toISOString(),
			removedDate: isActive ? null : new Date(lastSeen + DAY_MS).toISOString(),
			lastSeenDate: new Date(lastSeen).toISOString(),
			daysOnMarket,
			distance,
			daysOld,
			correlation: round(0.99 - index * 0.011, 4),
		};
	});
}

function rangeAround<K extends 'price' | 'rent'>(
	middle: number,
	share: number,
	step: number,
	kind: K,
) {
	const rounded = (amount: number) => Math.round(amount / step) * step;
	return {
		[kind]: rounded(middle),
		[`${kind}RangeLow`]: rounded(middle * (1 - share)),
		[`${kind}RangeHigh`]: rounded(middle * (1 + share)),
	} as Record<K | `${K}RangeLow` | `${K}RangeHigh`, number>;
}

function round(value: number, decimals: number): number {
	return Number(value.toFixed(decimals));
}
