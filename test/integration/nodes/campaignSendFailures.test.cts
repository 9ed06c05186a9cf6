/** Send Mails, where Resend does not do what it is asked: what stops a campaign, and what passes. */
import { RESEND_FAILURES } from '../../../sandbox/vendors/resend.cts';
import { batchOf, emailOf, members, portionOf, recordedIn } from './campaignPortions.cts';
import {
	type CampaignSurroundings,
	opened,
	startCampaignSurroundings,
} from './campaignSurroundings.cts';

let around: CampaignSurroundings;
beforeAll(async () => {
	around = await startCampaignSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

const { campaignId } = opened();

const send = async (...[batches, campaign]: Parameters<typeof portionOf>) =>
	await around.runOne('send', {}, [portionOf(batches, campaign)]);

const readers = () => around.resend.mails.flatMap(({ to }) => to).sort();

/** Two batches of two. */
const FOUR = [batchOf(1, members(2)), batchOf(2, members(2, 3))];
const allFour = [1, 2, 3, 4].map(emailOf);

describe('what concerns the whole campaign stops it, and keeps what was sent', () => {
	it('a quota that is used up in the middle', async () => {
		around.resend.exhaustQuota('daily', 2);
		const json = await send(FOUR);
		expect(json).toMatchObject({
			sent: 2,
			unsentBatches: 1,
			stopped: { kind: 'quota-exhausted', isPassing: false },
		});
		expect(recordedIn(json)).toMatchObject({
			batches: [
				{ batch: 1, outcome: 'sent' },
				{ batch: 2, outcome: 'unsent' },
			],
			stop: expect.stringMatching(/used up\. Go on tomorrow/),
		});
		around.resend.heal();
		expect(await send(FOUR)).toMatchObject({ sent: 4 });
		expect(readers()).toEqual(allFour);
	});

	it('a sender whose domain is not verified', async () => {
		const campaign = opened({ from: 'sales@unverified.example' });
		expect(await send(FOUR, campaign)).toMatchObject({
			sent: 0,
			refused: 0,
			unsentBatches: 2,
			stopped: { kind: 'rejected', message: expect.stringContaining('not verified') },
		});
		expect(readers()).toEqual([]);
	});

	it.each([
		['a key that Resend does not know', RESEND_FAILURES.invalidApiKey],
		['an account that is suspended', RESEND_FAILURES.suspended],
	])('%s', async (_what, failure) => {
		around.resend.failNext(failure, 10);
		const json = await send(FOUR);
		expect(json).toMatchObject({ stopped: { kind: 'credential-refused' }, unsentBatches: 2 });
		expect(recordedIn(json).stop).toEqual(expect.any(String));
	});
});

describe('what passes', () => {
	it.each([
		['an error of the server', RESEND_FAILURES.serverError],
		['a page of the gateway', RESEND_FAILURES.badGatewayPage],
		['a cut connection', 'reset' as const],
		['a limit that was met', RESEND_FAILURES.rateLimited],
	])('is tried again under the same key: %s', async (_what, failure) => {
		around.resend.failNext(failure);
		const json = await send(FOUR);
		expect(json).toMatchObject({ sent: 4, unsentBatches: 0 });
		expect(readers()).toEqual(allFour);
		const keys = around.resend.requests.map(({ headers }) => headers['idempotency-key']);
		expect(keys.sort()).toEqual([1, 1, 2].map((number) => `campaign/${campaignId}/${number}`));
	});

	it('also where Resend took the mails and only its answer was lost: nobody gets two', async () => {
		around.resend.failNext('reset', 1, { accepted: true });
		expect(await send(FOUR)).toMatchObject({ sent: 4 });
		expect(readers()).toEqual(allFour);
	});

	it('also where Resend takes longer than is waited for', async () => {
		around.resend.processingMs = 2400;
		expect(await send([batchOf(1, members(2))])).toMatchObject({ sent: 2, unsentBatches: 0 });
		expect(readers()).toEqual([emailOf(1), emailOf(2)]);
		expect(around.resend.requests.length).toBeGreaterThan(1);
	}, 15_000);

	it('does not pass in time for one batch: that one waits, and the others are sent', async () => {
		around.resend.failNext(RESEND_FAILURES.unavailable, 10, {
			matching: ({ headers }) => headers['idempotency-key']?.endsWith('/1') ?? false,
		});
		const json = await send(FOUR);
		expect(json).toMatchObject({ sent: 2, unsentBatches: 1 });
		expect(json).not.toHaveProperty('stopped');
		expect(recordedIn(json)).toMatchObject({
			batches: [{ outcome: 'unsent' }, { outcome: 'sent' }],
			stop: null,
		});
	}, 15_000);

	it('does not pass for three in a row: the campaign stops, and says that it may go on', async () => {
		around.resend.failNext('reset', 100);
		const batches = [1, 2, 3, 4].map((number) => batchOf(number, members(1, number)));
		expect(await send(batches)).toMatchObject({
			unsentBatches: 4,
			stopped: { kind: 'unreachable', isPassing: true },
		});
		expect(readers()).toEqual([]);
	}, 15_000);
});
