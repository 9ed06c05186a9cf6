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
import { template } from '../editor.cts';
import { errorsIn, executionsAfter, latestExecutionId } from '../executions.cts';
import { answered, firstDeliveries } from '../messages.cts';
import { postSigned } from '../signed.cts';
import { heal, webhookAnswers, world } from '../world.cts';

type Audience = Awaited<ReturnType<typeof newAudience>>;

/** What the executions after a mark failed with. */
async function errorsAfter(id: number): Promise<string[]> {
	const failed = (await executionsAfter(id)).filter(({ status }) => status === 'error');
	return failed.map(({ kept }) => (errorsIn(kept)[0] as Error).message);
}

describe('a campaign that cannot be sent as it is', () => {
	interface Mistake {
		what: string;
		rows?: Parameters<typeof newAudience>[0];
		change: Parameters<typeof newCampaign>[1];
		says: RegExp;
	}

	const MISTAKES: Mistake[] = [
		{
			what: 'an unknown field',
			change: { audience_query: 'budget_max > 5000000 AND bed >= 2' },
			says: /Unknown field "bed", at column 26\. Did you mean "beds"\?/,
		},
		{
			what: 'a second statement behind the query',
			change: { audience_query: 'beds >= 2; DROP TABLE contact' },
			says: /A query is one condition, at column 10\. Leave the semicolon out/,
		},
		{
			what: 'a condition that is always true',
			change: { audience_query: "beds = 9 OR 'a' = 'a'" },
			says: /at column 13/,
		},
		{
			what: 'a look into another table',
			change: { audience_query: 'id IN (SELECT id FROM company)' },
			says: /at column 8/,
		},
		{
			what: 'a query that matches nobody',
			change: { audience_query: 'beds > 90' },
			says: /The query matches nobody.*Check the query and the company/,
		},
		{
			what: 'a query that matches everybody',
			change: { audience_query: 'beds >= 0' },
			says: /The query matches everybody: 3 of 3 people.*allow_everybody/,
		},
		{
			what: 'a template that nobody wrote',
			change: { template_id: 'luxury_properties_v3' },
			says: /There is no template "luxury_properties_v3"\. Templates of this node: "luxury/,
		},
		{
			what: 'a variable that somebody lacks',
			rows: [{}, { property_title: null }, { property_title: ' ' }],
			change: {},
			says: /The template shows what 2 of 3 people do not have: property_title \(2\).*Nothing was sent/,
		},
		{
			what: 'a sender that is none',
			change: { sender: 'Company Realty' },
			says: /The sender has to be an address such as sales@company\.com/,
		},
	];

	let errors: string[];
	const people: Audience[] = [];
	const sent: SentCampaign[] = [];

	beforeAll(async () => {
		heal();
		const before = latestExecutionId();
		for (const { rows = [{}, {}], change } of MISTAKES) {
			const audience = await newAudience(rows);
			people.push(audience);
			sent.push(await sendCampaign(await newCampaign(audience, change)));
		}
		for (const each of sent) await answered(each);
		errors = await errorsAfter(before);
	}, 60_000);

	it.each(MISTAKES.map(({ what, says }, index) => ({ what, says, index })))(
		'because of $what is reported as failed, says where to look, and sends nothing',
		async ({ says, index }) => {
			const { campaign } = sent[index]!;
			expect(await statusesOf(campaign)).toEqual([
				{
					campaign_id: campaign.campaign_id,
					sent: 0,
					failed: 0,
					status: 'failed',
					delivery_rate: 0,
				},
			]);
			expect(mailsOf(campaign)).toEqual([]);
			expect(errors.filter((each) => says.test(each))).toHaveLength(1);
		},
	);

	it.each(MISTAKES.flatMap(({ what, rows }, index) => (rows ? [] : [{ what, index }])).slice(0, 3))(
		'because of $what reaches everybody once it is put right and posted again',
		async ({ index }) => {
			const corrected = { ...sent[index]!.campaign, audience_query: 'beds = 2' };
			await answered(await sendCampaign(corrected));
			expect(readersOf(corrected)).toEqual(addressesOf(people[index]!));
			expect(await campaignRow(corrected)).toMatchObject({ status: 'completed', sent: 2 });
		},
	);

	it('reaches everybody where that was said to be meant', async () => {
		const { campaign } = sent[MISTAKES.findIndex(({ what }) => /everybody/.test(what))]!;
		const meant = { ...campaign, allow_everybody: true };
		await answered(await sendCampaign(meant));
		expect(readersOf(meant)).toHaveLength(3);
	});
});

describe('a template that is not fit to be sent', () => {
	const HTML = '<p>{{ first_name }} <a href="{{ unsubscribe_url }}">Leave</a></p>';
	const TEMPLATES = [
		{ id: 'includes', html: `{% include '/etc/passwd' %}${HTML}`, says: /include/ },
		{ id: 'renders', html: `{% render 'other' %}${HTML}`, says: /render/ },
		{
			id: 'for-ever',
			html: `{% for i in (1..999999999) %}${HTML}{% endfor %}`,
			says: /The template takes too long or makes too much\. Loop over less/,
		},
		{ id: 'unclosed', html: `{% if first_name %}${HTML}`, says: /\bif\b.*(closed|end)/ },
		{ id: 'in-a-script', html: `<script>{{ first_name }}</script>${HTML}`, says: /script/i },
	];

	beforeAll(async () => {
		heal();
		const { nodes, ...workflow } = await template('campaign-dispatch.json');
		const path = 'e2e-campaign-templates';
		await world().editor.publish({
			...workflow,
			name: path,
			nodes: nodes.map((node) => ({
				...node,
				...(node.type.endsWith('.campaignDispatchTrigger') && { webhookId: path }),
				parameters: {
					...node.parameters,
					...(node.type.endsWith('.campaignDispatchTrigger') && { path }),
					...(node.name === 'Open Campaign' && {
						templates: {
							template: TEMPLATES.map(({ id, html }) => ({ id, html, subject: 'New', text: '' })),
						},
					}),
				},
			})),
		});
		await webhookAnswers(path);
	});

	it.each(TEMPLATES)(
		'$id: the platform hears that it failed, and nobody gets a mail',
		async (row) => {
			const before = latestExecutionId();
			const campaign = await newCampaign(await newCrowd(2), { template_id: row.id });
			const { status } = await postSigned('e2e-campaign-templates', campaign);
			expect(status).toBe(202);
			await heardOf(campaign, 'failed');
			expect(mailsOf(campaign)).toEqual([]);
			const [error, ...others] = await errorsAfter(before);
			expect(error).toMatch(row.says);
			expect(others).toEqual([]);
		},
	);
});

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
		const [error] = await errorsAfter(before);
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

	it('when all is done: it hears the result when it posts again, and nobody gets a second mail', async () => {
		const { platform } = world();
		const people = await newCrowd(3);
		const campaign = await newCampaign(people);
		const before = latestExecutionId();
		platform.goDown();
		const sent = await sendCampaign(campaign);
		await until(async () => (await ledgerOf(campaign))?.state === 'completed');
		const [error] = await until(async () => {
			const errors = await errorsAfter(before);
			return errors.length > 0 && errors;
		}, 20_000);
		expect(error).toMatch(/The platform is unavailable|The platform.*\(503\)/);
		expect(await statusesOf(campaign)).toEqual([]);

		platform.comeBack();
		await platform.redeliver(sent.id);
		await answered(sent);
		expect(readersOf(campaign)).toEqual(addressesOf(people));
		expect(await campaignRow(campaign)).toMatchObject({ status: 'completed', sent: 3 });
	});
});
