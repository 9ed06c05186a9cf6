/**
 * RentCast: what a home in the United States is worth, and what homes around it are listed for.
 * @see https://developers.rentcast.io/reference/introduction
 */
import { createHash } from 'node:crypto';

import type { z } from 'zod';

import { comparable, type Comparable, toComparable } from '../contracts/comparable';
import type { HttpRequest, HttpResponse } from '../http/send';
import { VendorError } from '../http/vendorError';
import { type Market, marketAnswer, type Subject, valueAnswer } from './rentCast/answers';
import { rentCastError } from './rentCast/errors';
import type { ListingPlace } from './rentCast/evidence';
import { RENT_CAST } from './rentCast/policy';
import { contradiction } from './rentCast/subject';
import { addressTail, isZip } from './rentCast/unitedStates';

export type { Market, Subject } from './rentCast/answers';
export { type Evidence, type ListingPlace, rentCastEvidence } from './rentCast/evidence';
export { RENT_CAST } from './rentCast/policy';

const SQUARE_FEET_PER_SQUARE_METRE = 1 / 0.09290304;

/** RentCast's names, which are case-sensitive, by the words that people use. */
const PROPERTY_TYPES: Readonly<Record<string, readonly string[]>> = {
	'Single Family': ['single family', 'single family home', 'detached', 'house', 'villa'],
	Condo: ['condo', 'condominium', 'condo unit', 'condominium unit'],
	Townhouse: ['townhouse', 'townhome', 'town house', 'rowhouse', 'row house'],
	Manufactured: ['manufactured', 'manufactured home', 'mobile home'],
	'Multi-Family': ['multi family', 'multifamily', 'duplex', 'triplex', 'fourplex'],
	Apartment: ['apartment', 'apartment building'],
};

/** The place of a listing and what RentCast may know better than its own records. */
export interface ListingToValue extends ListingPlace {
	beds?: number | null;
	baths?: number | null;
	floor_area_sqm?: number | null;
	property_type?: string | null;
}

/** What RentCast says a home is worth. All amounts are US dollars. */
export interface MarketValue {
	price: number;
	/** Bounds of the 85 % confidence band. */
	rangeLow: number;
	rangeHigh: number;
	currency: 'USD';
	/** The home as RentCast knows it; square feet. */
	subject?: Subject;
	/** Listed, not sold, homes; the most alike first. */
	comparables: Comparable[];
}

/** The question for a home's value. Ask it only where `rentCastEvidence` says so. */
export function valueQuestion(listing: ListingToValue): HttpRequest {
	const propertyType = rentCastType(listing.property_type);
	const { beds, baths, floor_area_sqm: area } = listing;
	return {
		method: 'GET',
		path: '/avm/value',
		query: {
			address: fullAddress(listing),
			...(propertyType && { propertyType }),
			...(isNumber(beds) && { bedrooms: beds }),
			...(isNumber(baths) && { bathrooms: baths }),
			...(isNumber(area) && { squareFootage: Math.round(area * SQUARE_FEET_PER_SQUARE_METRE) }),
		},
		timeoutMs: RENT_CAST.timeoutMs,
	};
}

/** The question for the sales of a ZIP code, the only geography that RentCast has figures for. */
export function marketQuestion(zip: string): HttpRequest {
	return {
		method: 'GET',
		path: '/markets',
		query: { zipCode: zip.trim().slice(0, 5), dataType: 'Sale', historyRange: 12 },
		timeoutMs: RENT_CAST.timeoutMs,
	};
}

/** The value in an answer. Throws a VendorError, also where the answer is about another place. */
export function readValue(
	response: HttpResponse,
	listing: ListingPlace,
	nowMs: number,
): MarketValue {
	const answer = read(valueAnswer, response, nowMs);
	const subject = answer.subjectProperty ?? undefined;
	const { latitude, longitude } = answer;
	const problem = contradiction(subject ?? { latitude, longitude }, listing);
	if (problem !== undefined) throw otherPlace(subject, problem);
	return {
		price: answer.price,
		rangeLow: answer.priceRangeLow,
		rangeHigh: answer.priceRangeHigh,
		currency: 'USD',
		...(subject && { subject }),
		comparables: (answer.comparables ?? []).flatMap((row, position) => {
			const parsed = comparable.safeParse(row);
			return parsed.success ? [toComparable(parsed.data, position)] : [];
		}),
	};
}

/** The market in an answer; `saleData` is missing where nothing was for sale. Throws a VendorError. */
export function readMarket(response: HttpResponse, nowMs: number): Market {
	return read(marketAnswer, response, nowMs);
}

/** The same key for the same question, so that an answer is paid for once. Letter case is ignored. */
export function questionKey({ method, path, query = {} }: HttpRequest): string {
	const parameters = Object.entries(query)
		.map(([name, value]) => [name, String(value).trim().replace(/\s+/g, ' ').toLowerCase()])
		.sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
	return createHash('sha256')
		.update(JSON.stringify([method, path, parameters]))
		.digest('hex');
}

function read<S extends z.ZodTypeAny>(shape: S, response: HttpResponse, nowMs: number): z.infer<S> {
	const parsed = response.status === 200 ? shape.safeParse(response.body) : undefined;
	if (parsed?.success) return parsed.data;
	throw rentCastError(response, nowMs);
}

function otherPlace(subject: Subject | undefined, problem: string): VendorError {
	const { city, state, zipCode } = subject ?? {};
	const place = [city, state, zipCode].filter(Boolean).join(' ') || 'another place';
	return new VendorError({
		vendor: RENT_CAST.name,
		kind: 'not-found',
		status: 200,
		code: 'subject-mismatch',
		message: `RentCast answered for ${place}, which is not the listing. ${problem}`,
		advice: 'Give state, ZIP code and country with the address.',
	});
}

/** `Street, City, State, Zip`, without saying twice what the address already ends with. */
function fullAddress({ address, city, state, zip_code }: ListingPlace): string {
	const street = oneLine(address);
	if (addressTail(street)) return street;
	const parts = [street];
	if (!street.toLowerCase().endsWith(`, ${oneLine(city).toLowerCase()}`)) parts.push(oneLine(city));
	const zip = oneLine(zip_code ?? '');
	if (!addressTail(city)) parts.push(oneLine(state ?? ''), isZip(zip) ? zip : '');
	return parts.filter((part) => part !== '').join(', ');
}

function rentCastType(text: string | null | undefined): string | undefined {
	const words = oneLine((text ?? '').replace(/[-_/]+/g, ' ')).toLowerCase();
	return Object.keys(PROPERTY_TYPES).find((type) => PROPERTY_TYPES[type]?.includes(words));
}

function oneLine(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}

function isNumber(value: number | null | undefined): value is number {
	return typeof value === 'number';
}
