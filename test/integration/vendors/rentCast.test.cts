/** The adapter against the stand-in, over real HTTP and through the retry policy. */
import { setTimeout as sleep } from 'node:timers/promises';

import { createPacer } from '../../../nodes/shared/http/pace';
import { withRetries } from '../../../nodes/shared/http/retry';
import type { Clock, Send } from '../../../nodes/shared/http/send';
import { VendorError, type VendorErrorKind } from '../../../nodes/shared/http/vendorError';
import {
	type ListingPlace,
	marketQuestion,
	readMarket,
	readValue,
	RENT_CAST,
	rentCastEvidence,
	valueQuestion,
} from '../../../nodes/shared/vendors/rentCast';
import { neighborhoodFromMarket } from '../../../nodes/PropertyIq/valuation/neighborhood';
import { RENT_CAST_FAILURES, startRentCast } from '../../../sandbox/vendors/rentCast.cts';
import type { Failure, StandIn } from '../../../sandbox/vendors/standIn.cts';
import { fetchSend } from '../fetchSend.cts';

const KEY = 'rent-cast-test-key';

const SAN_ANTONIO = {
	address: '5500 Grand Lake Dr',
	city: 'San Antonio',
	state: 'TX',
	zip_code: '78244',
};

describe('RentCast over HTTP', () => {
	let rentCast: StandIn;
	let send: Send;

	/** Real time, but waits are a hundredth of what they are in earnest. */
	const hurried: Clock = { now: Date.now, wait: (ms) => sleep(ms / 100) };

	beforeAll(async () => {
		rentCast = await startRentCast({ apiKey: KEY });
		send = fetchSend(`${rentCast.url}/v1`, { 'x-api-key': KEY }, 500);
	});
	beforeEach(() => rentCast.reset());
	afterAll(() => rentCast.close());

	const valueOf = async (listing: ListingPlace, by = send) =>
		readValue(await by(valueQuestion(listing)), listing, Date.now());

	async function errorOf(work: Promise<unknown>): Promise<VendorError> {
		const error = await work.then(
			() => undefined,
			(reason: unknown) => reason,
		);
		if (error instanceof VendorError) return error;
		throw new Error('There was no VendorError', { cause: error });
	}

	it('values a home', async () => {
		const value = await valueOf(SAN_ANTONIO);
		expect(value).toMatchObject({ price: 221000, rangeLow: 208000, rangeHigh: 233000 });
		expect(value.comparables).toHaveLength(15);
		expect(rentCast.requests).toMatchObject([
			{ path: '/v1/avm/value', headers: { 'x-api-key': '(present)' } },
		]);
	});

	it('sends what is known about the home, so that it is valued as such', async () => {
		const listing = {
			...SAN_ANTONIO,
			address: '10 Elm St',
			beds: 2,
			floor_area_sqm: 100,
			property_type: 'condominium',
		};
		expect((await valueOf(listing)).subject).toMatchObject({
			propertyType: 'Condo',
			bedrooms: 2,
			squareFootage: 1076,
		});
	});

	it('reads a market into the neighbourhood that a callback carries', async () => {
		const market = readMarket(await send(marketQuestion('78244')), Date.now());
		const neighborhood = neighborhoodFromMarket(market, { propertyType: 'Condo' });
		expect(neighborhood.source).toBe('rentcast');
		expect(neighborhood.average).toBeGreaterThan(neighborhood.median ?? Infinity);
		expect(neighborhood.scope).toBe('ZIP 78244, Condo');
	});

	it('reads an area without sales', async () => {
		const market = readMarket(await send(marketQuestion('78299')), Date.now());
		expect(market).toEqual({ zipCode: '78299' });
	});

	it('has no evidence for Manila, and refuses Arkansas where somebody asks all the same', async () => {
		const manila = { address: '123 Main St', city: 'Manila' };
		expect(rentCastEvidence(manila).inUnitedStates).toBe(false);
		const error = await errorOf(valueOf(manila));
		expect(error.details).toMatchObject({ kind: 'not-found', code: 'subject-mismatch' });
		expect(error.message).toContain('Manila AR 72442');
	});

	it.each<[string, Failure, VendorErrorKind]>([
		['a bad request', RENT_CAST_FAILURES.badRequest, 'rejected'],
		['a refused key', RENT_CAST_FAILURES.unauthorized, 'credential-refused'],
		['an inactive subscription', RENT_CAST_FAILURES.billing, 'credential-refused'],
		['the same as 401', RENT_CAST_FAILURES.billingAs401, 'credential-refused'],
		['nothing found', RENT_CAST_FAILURES.notFound, 'not-found'],
		['nothing found and no body', RENT_CAST_FAILURES.notFoundWithoutBody, 'not-found'],
		['too many questions', RENT_CAST_FAILURES.rateLimited, 'rate-limited'],
		['a server error', RENT_CAST_FAILURES.serverError, 'unavailable'],
		['a gateway timeout', RENT_CAST_FAILURES.gatewayTimeout, 'unavailable'],
		['a web page', 'html', 'unreadable'],
		['an empty answer', 'empty', 'unreadable'],
		['no answer', 'timeout', 'timed-out'],
		['a cut connection', 'reset', 'unreachable'],
	])('tells %s from the rest', async (_name, failure, kind) => {
		rentCast.failNext(failure);
		expect((await errorOf(valueOf(SAN_ANTONIO))).details.kind).toBe(kind);
	});

	it.each<[string, ListingPlace, VendorErrorKind]>([
		['an unknown address', { ...SAN_ANTONIO, address: '1 Nowhere Rd' }, 'not-found'],
		['no address at all', { address: '', city: '', country: 'US' }, 'rejected'],
	])('says that there is no data for %s', async (_name, listing, kind) => {
		expect((await errorOf(valueOf(listing))).details.kind).toBe(kind);
	});

	it.each<[string, Failure[], number]>([
		['a server that recovers', [RENT_CAST_FAILURES.serverError, 'reset'], 3],
		['a rate limit that passes', [RENT_CAST_FAILURES.rateLimited], 2],
	])('gets its value in spite of %s', async (_name, failures, requests) => {
		for (const failure of failures) rentCast.failNext(failure);
		const patient = withRetries(send, { clock: hurried, random: Math.random });
		expect((await valueOf(SAN_ANTONIO, patient)).price).toBe(221000);
		expect(rentCast.requests).toHaveLength(requests);
	});

	it('does not repeat what cannot heal', async () => {
		rentCast.failNext(RENT_CAST_FAILURES.billing, 3);
		const patient = withRetries(send, { clock: hurried, random: Math.random });
		await errorOf(valueOf(SAN_ANTONIO, patient));
		expect(rentCast.requests).toHaveLength(1);
	});

	it('keeps below the limit of twenty a second when many are asked at once', async () => {
		const clock: Clock = { now: Date.now, wait: (ms) => sleep(ms) };
		const paced = createPacer(RENT_CAST.perSecond, clock)(send);
		const answers = await Promise.all(
			Array.from({ length: 30 }, () => paced(marketQuestion('78244'))),
		);
		expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200));
	});
});
