import { setTimeout as wait } from 'node:timers/promises';

import { RESEND_FAILURES } from '../../../sandbox/vendors/resend.cts';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import { until } from '../../integration/platform/until.cts';
import {
	addressesOf,
	campaignRow,
	failSending,
	heardOf,
	ledgerOf,
	mailsOf,
	newAudience,
	newCampaign,
	newCrowd,
	readersOf,
	sendCampaign,
	type SentCampaign,
	statusesOf,
} from '../campaigns.cts';
import { failuresAfter, latestExecutionId } from '../executions.cts';
import { parked } from '../letters.cts';
import { answered, callbacksOf, firstDeliveries } from '../messages.cts';
import { heal, world } from '../world.cts';

type Audience = Awaited<ReturnType<typeof newAudience>>;

describe('Resend fails, and everybody still has one mail', () => {
	interface Row {
		what: string;
		failure: Failure;
		times?: number;
		accepted?: boolean;
	}

	const ROWS: Row[] = [
		{ what: '500 before the mails', failure: RESEND_FAILURES.serverError },
		{ what: '500 after the mails', failure: RESEND_FAILURES.serverError, accepted: true },
		{ what: '503 for longer than one try lasts', failure: RESEND_FAILURES.unavailable, times: 6 },
		{ what: '429 twice', failure: RESEND_FAILURES.rateLimited, times: 2 },
		{ what: '409, still at work', failure: RESEND_FAILURES.concurrentRequests },
		{ what: 'a cut connection before the mails', failure: 'reset' },
		{ what: 'a cut connection after the mails', failure: 'reset', accepted: true },
		{ what: 'a web page in place of an answer', failure: 'html' },
		{ what: 'a web page after the mails', failure: 'html', accepted: true },
		{ what: 'nothing in place of an answer', failure: 'empty', accepted: true },
		{ what: 'no answer before the mails', failure: 'timeout' },
		{ what: 'no answer after the mails', failure: 'timeout', accepted: true },
	];

	const people: Audience[] = [];
	const sent: SentCampaign[] = [];

	beforeAll(async () => {
		heal();
		for (const { failure, times, accepted } of ROWS) {
			const audience = await newCrowd(2);
			const campaign = await newCampaign(audience);
			failSending(campaign, failure, times, accepted);
			people.push(audience);
			sent.push(await sendCampaign(campaign));
		}
		// The watchdog's minutes are too short here for an answer that is waited for.
		await firstDeliveries(sent);
	}, 60_000);

	afterAll(heal);

	it.each(ROWS.map(({ what }, index) => ({ what, index })))('$what', async ({ index }) => {
		const { campaign } = sent[index]!;
		await answered(sent[index]!, 50_000);
		expect(readersOf(campaign)).toEqual(addressesOf(people[index]!));
		expect(await campaignRow(campaign)).toMatchObject({ status: 'completed', sent: 2, failed: 0 });
		expect((await ledgerOf(campaign)).counts).toMatchObject({ pending: 0, refused: 0 });
	});
});

describe('Resend refuses until somebody does something', () => {
	beforeEach(heal);

	it.each<{ what: string; failure: Failure; says: RegExp }>([
		{
			what: 'the key is refused',
			failure: RESEND_FAILURES.invalidApiKey,
			says: /Resend refused the credential \(401\)/,
		},
		{
			what: 'the account is suspended',
			failure: RESEND_FAILURES.suspended,
			says: /Resend has suspended the API key.*support@resend\.com/,
		},
		{
			what: 'the domain of the sender is not verified',
			failure: RESEND_FAILURES.unverifiedDomain,
			says: /Resend does not send for this sender \(403\).*Verify the domain/,
		},
	])('$what: it is paused, says why, and goes on when it is posted again', async (row) => {
		const { platform } = world();
		const before = latestExecutionId();
		const people = await newCrowd(3);
		const campaign = await newCampaign(people);
		failSending(campaign, row.failure);
		const sent = await sendCampaign(campaign);
		await heardOf(campaign, 'paused');
		platform.pause();

		expect(mailsOf(campaign)).toEqual([]);
		expect(await ledgerOf(campaign)).toMatchObject({
			state: 'stopped',
			stopReason: expect.stringMatching(row.says) as string,
		});
		const [error] = await failuresAfter(before);
		expect(error).toMatch(row.says);

		await platform.redeliver(sent.id);
		platform.resume();
		await answered(sent);
		expect(readersOf(campaign)).toEqual(addressesOf(people));
		expect(await campaignRow(campaign)).toMatchObject({ status: 'completed', sent: 3 });
	});

	it('a sender whose domain is not verified pauses the campaign, and gives nobody up', async () => {
		const campaign = await newCampaign(await newCrowd(3), { sender: 'sales@unverified.example' });
		await sendCampaign(campaign);
		await heardOf(campaign, 'paused');
		expect(mailsOf(campaign)).toEqual([]);
		const { state, stopReason, counts } = await ledgerOf(campaign);
		expect(state).toBe('stopped');
		expect(stopReason).toMatch(/unverified\.example domain is not verified.*Check the sender/);
		expect(counts).toMatchObject({ pending: 3, refused: 0 });
	});

	it('the mails of the day are used up in the middle: the watchdog has it go on', async () => {
		const { resend } = world();
		const people = await newCrowd(250);
		resend.exhaustQuota('daily', 100);
		const campaign = await newCampaign(people);
		const sent = await sendCampaign(campaign);
		await heardOf(campaign, 'paused');
		expect(mailsOf(campaign)).toHaveLength(100);
		expect(await campaignRow(campaign)).toMatchObject({ sent: 100, failed: 0 });
		expect((await ledgerOf(campaign)).stopReason).toMatch(/may send in a day are used up/);

		resend.heal();
		await answered(sent, 40_000);
		expect(readersOf(campaign)).toEqual(addressesOf(people));
		expect(await campaignRow(campaign)).toMatchObject({ status: 'completed', sent: 250 });
	});
});

describe('the platform is down', () => {
	beforeEach(heal);
	afterEach(heal);

	it('while progress is reported: the campaign goes on, and the result arrives', async () => {
		const { platform, resend } = world();
		const people = await newCrowd(3);
		const campaign = await newCampaign(people);
		resend.processingMs = 500;
		const sent = await sendCampaign(campaign);
		await heardOf(campaign, 'sending');
		platform.goDown();
		await until(() => mailsOf(campaign).length === 3, 20_000);
		// Three tries take a second and a half at the most.
		await wait(1_500);
		platform.comeBack();
		await answered(sent, 30_000);
		expect(readersOf(campaign)).toEqual(addressesOf(people));
		expect(await campaignRow(campaign)).toMatchObject({ status: 'completed', sent: 3 });
	});

	it('when all is done: the result is kept until it hears it, and nobody gets a second mail', async () => {
		const { platform } = world();
		const people = await newCrowd(3);
		const campaign = await newCampaign(people);
		const callback = `campaign-status:${campaign.campaign_id}:`;
		platform.goDown();
		const sent = await sendCampaign(campaign);
		const kept = await until(async () => await parked(callback), 20_000);
		expect(kept).toMatchObject({ state: 'waiting', reason: 'The platform: unavailable' });
		expect(await ledgerOf(campaign)).toMatchObject({ state: 'completed' });
		expect(await statusesOf(campaign)).toEqual([]);

		platform.comeBack();
		await answered(sent);
		await until(async () => (await parked(callback))?.state === 'delivered');
		expect(await callbacksOf(sent)).toEqual(['applied']);
		expect(readersOf(campaign)).toEqual(addressesOf(people));
		expect(await campaignRow(campaign)).toMatchObject({ status: 'completed', sent: 3 });
	});
});
