import fc from 'fast-check';

import { RESEND_FAILURES } from '../../../sandbox/vendors/resend.cts';
import { type CampaignWorld, HOUR_MS, startCampaignWorld } from './resendCampaign.cts';

const BATCHES = 6;
const MAILS_EACH = 7;

let world: CampaignWorld;

beforeAll(async () => {
	world = await startCampaignWorld();
});
afterAll(async () => await world.resend.close());

const FAILURES = {
	reset: 'reset',
	html: 'html',
	empty: 'empty',
	serverError: RESEND_FAILURES.serverError,
	badGateway: RESEND_FAILURES.badGatewayPage,
	rateLimited: RESEND_FAILURES.rateLimited,
	concurrent: RESEND_FAILURES.concurrentRequests,
	quota: RESEND_FAILURES.dailyQuota,
	wrongKey: RESEND_FAILURES.invalidApiKey,
} as const;

/** One execution and what it meets; then it is taken up again some hours later. */
const execution = fc.record({
	kill: fc.option(
		fc.record({
			atRequest: fc.integer({ min: 1, max: 12 }),
			when: fc.constantFrom('before' as const, 'after' as const),
		}),
		{ nil: undefined },
	),
	failure: fc.option(fc.constantFrom(...(Object.keys(FAILURES) as Array<keyof typeof FAILURES>)), {
		nil: undefined,
	}),
	accepted: fc.boolean(),
	times: fc.integer({ min: 1, max: 9 }),
	/** Requests that go well before the failure. */
	after: fc.integer({ min: 0, max: 6 }),
	inFlight: fc.integer({ min: 1, max: 4 }),
	hoursLater: fc.constantFrom(0, 0, 1, 22, 24, 25),
});

describe('whatever happens to a campaign', () => {
	it('everybody has one mail at the end, nobody two and nobody none', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(execution, { minLength: 1, maxLength: 6 }),
				fc.constantFrom('strict' as const, 'permissive' as const),
				async (executions, validation) => {
					world.open(BATCHES, MAILS_EACH);
					let hours = 0;
					for (const {
						kill,
						failure,
						accepted,
						times,
						after,
						inFlight,
						hoursLater,
					} of executions) {
						let wellGone = 0;
						if (failure) {
							world.resend.failNext(FAILURES[failure], times, {
								accepted,
								matching: ({ method }) => method === 'POST' && wellGone++ >= after,
							});
						}
						await world.run({ kill, validation, inFlight }).catch(() => {});
						world.resend.heal();
						// Resend's Pro plan lists a mail for three days.
						const later = hours + hoursLater <= 70 ? hoursLater : 0;
						hours += later;
						world.advance(later * HOUR_MS);
					}
					await world.finish(validation);
					// What was taken with an answer that got lost is found when its key has expired.
					if (hours <= 45) {
						world.advance(25 * HOUR_MS);
						await world.finish(validation);
					}
					expect(world.wrongCounts()).toEqual({});
					expect(world.resend.mails).toHaveLength(BATCHES * MAILS_EACH);
					for (const { results } of world.ledger) {
						expect(results?.map(({ state }) => state)).toEqual(Array(MAILS_EACH).fill('sent'));
					}
				},
			),
			{ numRuns: process.env.LONG === '1' ? 2000 : 60 },
		);
	}, 900_000);
});
