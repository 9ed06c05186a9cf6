/**
 * Stand-in of RentCast with invented homes and markets.
 * @see https://developers.rentcast.io/reference/introduction
 */
import type { Context } from 'hono';

import { comparablesOf, drawsFrom, type Home, homeAt, rentOf, valueOf } from './rentCastHomes.cts';
import { marketOf } from './rentCastMarkets.cts';
import { type Place, placeOfAddress, placeOfCoordinates, stateOfZip } from './rentCastPlaces.cts';
import { type FailureAnswer, type StandIn, startStandIn } from './standIn.cts';

const REQUESTS_PER_SECOND = 20;
const PATHS = ['/v1/avm/value', '/v1/avm/rent/long-term', '/v1/markets', '/v1/properties'];
const TYPES = ['Single Family', 'Condo', 'Townhouse', 'Manufactured', 'Multi-Family', 'Apartment'];
/** Homes that the stand-in knows in one area. */
const HOMES_IN_AREA = 120;

function answer(status: number, error: string, message: string): FailureAnswer {
	return { status, body: { status, error, message } };
}

const UNKNOWN_KEY = answer(401, 'auth/api-key-invalid', 'The provided API key is not valid');
const ONLY_GET = answer(405, 'resource/method-not-allowed', 'Only GET requests are supported');
const NO_RESULTS = answer(404, 'resource/not-found', 'No results found for these parameters');

const NO_SUBSCRIPTION =
	'The provided API key is not associated with an active API subscription. ' +
	'View subscription status on your API dashboard: https://app.rentcast.io/app/api';

/** RentCast's failures as it words them, for `failNext`. */
export const RENT_CAST_FAILURES = {
	badRequest: answer(400, 'resource/bad-request', 'The request could not be understood'),
	unauthorized: answer(
		401,
		'auth/api-key-invalid',
		"No API key provided in request. An API key must be provided in the 'X-Api-Key' header",
	),
	billing: answer(403, 'billing/subscription-inactive', NO_SUBSCRIPTION),
	/** The same code under the status that older pages show. */
	billingAs401: answer(401, 'billing/subscription-inactive', NO_SUBSCRIPTION),
	notFound: NO_RESULTS,
	notFoundWithoutBody: { status: 404 },
	rateLimited: answer(
		429,
		'auth/rate-limit-exceeded',
		`The rate limit of ${REQUESTS_PER_SECOND} requests per second has been exceeded`,
	),
	serverError: answer(500, 'server/internal-error', 'An unexpected error occurred'),
	gatewayTimeout: answer(504, 'server/timeout', 'The request timed out'),
} satisfies Record<string, FailureAnswer>;

export interface RentCastOptions {
	port?: number;
	/** Absent: any key is taken. */
	apiKey?: string;
}

/** Starts the stand-in; its API is below `/v1`. */
export async function startRentCast(options: RentCastOptions = {}): Promise<StandIn> {
	let startsByKey = new Map<string, number[]>();

	function isTooFast(key: string): boolean {
		const now = Date.now();
		const starts = (startsByKey.get(key) ?? []).filter((start) => now - start < 1000);
		const isOver = starts.length >= REQUESTS_PER_SECOND;
		startsByKey.set(key, isOver ? starts : [...starts, now]);
		return isOver;
	}

	return await startStandIn({
		name: 'RentCast',
		port: options.port,
		onReset: () => (startsByKey = new Map()),
		routes(app) {
			app.use('/v1/*', async (context, next) => {
				const key = context.req.header('x-api-key');
				if (!key) return send(context, RENT_CAST_FAILURES.unauthorized);
				if (options.apiKey !== undefined && key !== options.apiKey) {
					return send(context, UNKNOWN_KEY);
				}
				if (isTooFast(key)) return send(context, RENT_CAST_FAILURES.rateLimited);
				return await next();
			});
			app.get('/v1/avm/value', (context) => avm(context, 'price', valueOf));
			app.get('/v1/avm/rent/long-term', (context) => avm(context, 'rent', rentOf));
			app.get('/v1/markets', markets);
			app.get('/v1/properties', properties);
			for (const path of PATHS) app.all(path, (context) => send(context, ONLY_GET));
			app.notFound((context) => send(context, NO_RESULTS));
		},
	});
}

function avm(
	context: Context,
	kind: 'price' | 'rent',
	figuresOf: (home: Home) => object,
): Response {
	const query = context.req.query();
	const count = query.compCount === undefined ? 15 : Number(query.compCount);
	if (!(Number.isInteger(count) && count >= 5 && count <= 25)) {
		return badRequest(context, "'compCount' must be an integer between 5 and 25");
	}
	if (query.propertyType !== undefined && !TYPES.includes(query.propertyType)) {
		return badRequest(context, `'propertyType' must be one of: ${TYPES.join(', ')}`);
	}
	for (const name of ['bedrooms', 'bathrooms', 'squareFootage', 'maxRadius', 'daysOld']) {
		if (query[name] !== undefined && !(Number(query[name]) >= 0)) {
			return badRequest(context, `'${name}' must be a number`);
		}
	}
	const place = placeAsked(query);
	if (place === 'nowhere') return send(context, NO_RESULTS);
	if (!place) return send(context, unplaced(query));
	const home = homeAt(place, attributesAsked(query));
	const comparables = comparablesOf(home, kind, new Date())
		.filter(({ distance }) => distance <= Number(query.maxRadius ?? Infinity))
		.filter(({ daysOld }) => daysOld <= Number(query.daysOld ?? Infinity))
		.slice(0, count);
	if (comparables.length === 0) {
		return badRequest(context, 'Not enough comparables were found for these parameters');
	}
	return context.json({ ...figuresOf(home), subjectProperty: home, comparables });
}

function markets(context: Context): Response {
	const { zipCode = '', dataType = 'All', historyRange = '12' } = context.req.query();
	if (!/^\d{5}$/.test(zipCode))
		return badRequest(context, "'zipCode' must be a 5-digit US zip code");
	if (!['All', 'Sale', 'Rental'].includes(dataType)) {
		return badRequest(context, "'dataType' must be one of: All, Sale, Rental");
	}
	const months = Number(historyRange);
	if (!(Number.isInteger(months) && months >= 1)) {
		return badRequest(context, "'historyRange' must be a positive integer");
	}
	if (!stateOfZip(zipCode)) return send(context, NO_RESULTS);
	// Some areas have rentals only.
	const hasSales = !zipCode.endsWith('99');
	const now = new Date();
	return context.json({
		id: zipCode,
		zipCode,
		...(dataType !== 'Rental' && hasSales && { saleData: marketOf(zipCode, 'Price', months, now) }),
		...(dataType !== 'Sale' && { rentalData: marketOf(zipCode, 'Rent', months, now) }),
	});
}

function properties(context: Context): Response {
	const query = context.req.query();
	const [limit, offset] = [Number(query.limit ?? 50), Number(query.offset ?? 0)];
	if (!(Number.isInteger(limit) && limit >= 1 && limit <= 500)) {
		return badRequest(context, "'limit' must be an integer between 1 and 500");
	}
	if (!(Number.isInteger(offset) && offset >= 0)) {
		return badRequest(context, "'offset' must be an integer of at least 0");
	}
	if (query.address !== undefined) {
		const place = placeAsked(query);
		if (place === 'nowhere') return send(context, NO_RESULTS);
		return place ? context.json([record(place)]) : send(context, unplaced(query));
	}
	const { city = 'Centerville', state = '', zipCode = '' } = query;
	const area =
		query.latitude === undefined
			? placeOfAddress(`1 Main St, ${city}, ${state} ${zipCode}`)
			: placeOfCoordinates(Number(query.latitude), Number(query.longitude));
	if (!area) return badRequest(context, 'An address, an area or coordinates must be provided');
	const homes = Array.from({ length: HOMES_IN_AREA }, (_, index) =>
		record({ ...area, street: `${100 + index} Main St` }),
	);
	return context.json(homes.slice(offset, offset + limit));
}

/** A property record. The owner is personal data, and there so that a client can show it drops it. */
function record(place: Place) {
	const home = homeAt(place);
	const draw = drawsFrom(`record ${home.id}`);
	return {
		...home,
		assessorID: String(Math.floor(draw() * 1e9)),
		features: { cooling: true, garage: draw() > 0.5, floorCount: 1 + Math.floor(draw() * 2) },
		taxAssessments: { 2023: { year: 2023, value: Math.round(home.lastSalePrice * 0.9) } },
		propertyTaxes: { 2023: { year: 2023, total: Math.round(home.lastSalePrice * 0.018) } },
		owner: {
			names: ['Invented Owner'],
			type: 'Individual',
			mailingAddress: { formattedAddress: `PO Box 1, ${home.city}, ${home.state} ${home.zipCode}` },
		},
		ownerOccupied: draw() > 0.4,
	};
}

function placeAsked(query: Record<string, string>): Place | 'nowhere' | undefined {
	if (query.address?.includes('Nowhere')) return 'nowhere';
	if (query.address !== undefined) return placeOfAddress(query.address);
	return placeOfCoordinates(Number(query.latitude), Number(query.longitude));
}

function attributesAsked(query: Record<string, string>) {
	const { propertyType, bedrooms, bathrooms, squareFootage } = query;
	return {
		...(propertyType !== undefined && { propertyType }),
		...(bedrooms !== undefined && { bedrooms: Number(bedrooms) }),
		...(bathrooms !== undefined && { bathrooms: Number(bathrooms) }),
		...(squareFootage !== undefined && { squareFootage: Number(squareFootage) }),
	};
}

function unplaced({ address, latitude, longitude }: Record<string, string>): FailureAnswer {
	const place = address ?? `${latitude}, ${longitude}`;
	return answer(
		400,
		'resource/bad-request',
		`The provided address '${place}' could not be parsed or geolocated`,
	);
}

function badRequest(context: Context, message: string): Response {
	return send(context, answer(400, 'resource/bad-request', message));
}

function send(context: Context, { status, body }: FailureAnswer): Response {
	return context.json(body as object, status as 400);
}
