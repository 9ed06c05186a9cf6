import { SECRETS } from '../../../sandbox/sandbox.cts';
import { RENT_CAST_FAILURES } from '../../../sandbox/vendors/rentCast.cts';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import { executionsAfter, latestExecutionId } from '../executions.cts';
import { arrival, claimOf, newTexanListing, send } from '../listings.cts';
import { callbacksOf, deliveriesOf, firstDelivery } from '../messages.cts';
import { heal, world } from '../world.cts';

/** Value and market are asked side by side. */
const QUESTIONS = 2;
const ATTEMPTS = 3;

describe('RentCast fails', () => {
	beforeEach(heal);

	it.each<{ what: string; failure: Failure; attempts: number; says: RegExp }>([
		{
			what: '500, three times each',
			failure: RENT_CAST_FAILURES.serverError,
			attempts: ATTEMPTS,
			says: /RentCast is not available at the moment \(500\)\. Try again later/,
		},
		{
			what: '429 with Retry-After',
			failure: { ...RENT_CAST_FAILURES.rateLimited, headers: { 'retry-after': '1' } },
			attempts: ATTEMPTS,
			says: /RentCast limits how often it may be asked\. Wait and try again/,
		},
		{
			what: 'a cut connection',
			failure: 'reset',
			attempts: ATTEMPTS,
			says: /RentCast could not be reached\. Check the base URL/,
		},
		{
			what: '401',
			failure: RENT_CAST_FAILURES.unauthorized,
			attempts: 1,
			says: /RentCast refused the credential \(401\)\. Open the credential, check its key/,
		},
		{
			what: '403 over the bill',
			failure: RENT_CAST_FAILURES.billing,
			attempts: 1,
			says: /RentCast has no active subscription for this API key\. Open the API dashboard/,
		},
		{
			what: 'a web page',
			failure: 'html',
			attempts: 1,
			says: /RentCast gave an answer that cannot be read\. Check that the base URL/,
		},
		{
			what: 'an answer with nothing in it',
			failure: 'empty',
			attempts: 1,
			says: /RentCast gave an answer that cannot be read\. Check that the base URL/,
		},
	])('$what: says so, gives the claim back, and the listing arrives later', async (row) => {
		const { platform, rentCast } = world();
		const { failure, attempts, says } = row;
		const before = latestExecutionId();
		const listing = await newTexanListing();
		rentCast.failNext(failure, QUESTIONS * attempts);
		const sent = await send(listing);

		expect(await firstDelivery(sent)).toBe(500);
		expect(await claimOf(listing.property_id)).toBe('released');
		expect(await callbacksOf(sent)).toEqual([]);
		const [failed] = await executionsAfter(before);
		expect(failed!.status).toBe('error');
		expect(failed!.kept).toMatch(says);
		for (const secret of Object.values(SECRETS)) expect(failed!.kept).not.toContain(secret);

		platform.resume();
		expect((await arrival(sent)).source).toBe('rentcast');
		expect(await deliveriesOf(sent)).toEqual([500, 200]);
		expect(await callbacksOf(sent)).toEqual(['applied']);
		expect(rentCast.requests).toHaveLength(QUESTIONS * (attempts + 1));
	});

	it('waits as long as Retry-After asks', async () => {
		const { rentCast } = world();
		rentCast.failNext({ ...RENT_CAST_FAILURES.rateLimited, headers: { 'retry-after': '2' } }, 1);
		await arrival(await send(await newTexanListing()));
		const times = rentCast.requests.map(({ at }) => Date.parse(at));
		expect(times).toHaveLength(QUESTIONS + 1);
		expect(times.at(-1)! - times[0]!).toBeGreaterThanOrEqual(1_990);
	});

	it('one question fails for good, the other was paid for: it is not bought again', async () => {
		const { rentCast } = world();
		rentCast.failNext(RENT_CAST_FAILURES.unauthorized, 1);
		const sent = await send(await newTexanListing());
		await arrival(sent);
		expect(await deliveriesOf(sent)).toEqual([500, 200]);
		expect(rentCast.requests).toHaveLength(QUESTIONS + 1);
	});

	it.each([
		['404', RENT_CAST_FAILURES.notFound],
		['404 without a body', RENT_CAST_FAILURES.notFoundWithoutBody],
		['400', RENT_CAST_FAILURES.badRequest],
	])('%s is an answer: nothing known there, and no second try', async (_, failure) => {
		world().rentCast.failNext(failure, QUESTIONS);
		const sent = await send(await newTexanListing());
		expect(await arrival(sent)).toMatchObject({ estimate: null, source: 'insufficient_data' });
		expect(await deliveriesOf(sent)).toEqual([200]);
		expect(world().rentCast.requests).toHaveLength(QUESTIONS);
	});

	it('404, with comparables in the listing: estimates from those', async () => {
		world().rentCast.failNext(RENT_CAST_FAILURES.notFound, QUESTIONS);
		const comparables = [280_000, 300_000, 310_000, 320_000, 350_000].map((price, index) => ({
			id: `TX-${index + 1}`,
			price,
			floor_area_sqm: 170,
			property_type: 'single family',
			city: 'Centerville',
		}));
		const row = await arrival(await send(await newTexanListing({ comparables })));
		expect(row.source).toBe('comparables');
		expect(row.estimate).toBeGreaterThan(280_000);
		expect(row.estimate).toBeLessThan(350_000);
	});
});
