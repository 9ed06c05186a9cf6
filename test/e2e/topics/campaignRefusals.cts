import type { CampaignRequested } from '../../../nodes/shared/contracts/campaignRequested';
import type { Contact } from '../../../sandbox/platform/contacts.cts';
import {
	ledgerOf,
	mailsOf,
	newAudience,
	newCampaign,
	newCrowd,
	readersOf,
	sendCampaign,
} from '../campaigns.cts';
import { countExecutionsAfter, latestExecutionId } from '../executions.cts';
import { answered } from '../messages.cts';
import {
	eventOf,
	type EventOptions,
	eventSecret,
	eventsKept,
	postEvent,
} from '../resendEvents.cts';
import { postSigned, type SignedOptions } from '../signed.cts';
import { heal, world } from '../world.cts';

const CAMPAIGN = {
	campaign_id: 'refused-campaign',
	company_id: 'refused-company',
	audience_query: 'beds >= 2',
	template_id: 'luxury_properties_v2',
	sender: 'sales@company.com',
};

const HOUR_MS = 3_600_000;

describe('what the Campaign Dispatch Trigger refuses', () => {
	beforeAll(heal);

	it.each<{ what: string; status: number; body: object | string; options?: SignedOptions }>([
		{
			what: 'an unsigned campaign',
			status: 401,
			body: CAMPAIGN,
			options: { headers: { 'X-Signature': '', 'X-Timestamp': '' } },
		},
		{
			what: 'one signed with another secret',
			status: 401,
			body: CAMPAIGN,
			options: { secret: 'another-secret' },
		},
		{ what: 'one signed 302 s ago', status: 401, body: CAMPAIGN, options: { clockAhead: -302 } },
		{
			what: 'one that was changed on the way',
			status: 401,
			body: CAMPAIGN,
			options: { sentBody: JSON.stringify({ ...CAMPAIGN, audience_query: 'beds >= 0' }) },
		},
		{ what: 'one without a query', status: 400, body: { ...CAMPAIGN, audience_query: ' ' } },
		{
			what: 'one whose id could not be a tag',
			status: 400,
			body: { ...CAMPAIGN, campaign_id: 'a campaign' },
		},
		{ what: 'a yes in words', status: 400, body: { ...CAMPAIGN, allow_everybody: 'yes' } },
		{ what: 'a list of campaigns', status: 400, body: '[]' },
	])('refuses $what with $status, and starts no execution', async ({ status, body, options }) => {
		const before = latestExecutionId();
		const answer = await postSigned('campaign-dispatch', body, options);
		expect(answer.status).toBe(status);
		expect(answer.body).toMatchObject({ accepted: false });
		expect(countExecutionsAfter(before)).toBe(0);
	});

	it('names every wrong field of a campaign, and repeats no value', async () => {
		const { body } = await postSigned('campaign-dispatch', {
			campaign_id: 'c-1',
			company_id: 'refused-company',
			audience_query: 'x'.repeat(4001),
			data: 'secret words',
		});
		const fields = (body.fields as Array<{ field: string }>).map(({ field }) => field);
		expect(fields.sort()).toEqual(['audience_query', 'data', 'sender', 'template_id']);
		expect(JSON.stringify(body)).not.toContain('secret words');
	});

	it.each(['campaign-dispatch', 'campaign-events'])(
		'answers a GET of %s with 405, and starts no execution',
		async (path) => {
			const before = latestExecutionId();
			const { status } = await fetch(`${world().n8n.webhookUrl}/${path}`);
			expect(status).toBe(405);
			expect(countExecutionsAfter(before)).toBe(0);
		},
	);
});

describe('an event that says it comes from Resend', () => {
	/** One mail that arrived, of a campaign of its own. */
	async function newMail() {
		const campaign = await newCampaign(await newCrowd(1));
		await answered(await sendCampaign(campaign));
		await world().resend.settled();
		return { campaign, mail: mailsOf(campaign)[0]! };
	}

	const openings = async ({ campaign }: Awaited<ReturnType<typeof newMail>>) =>
		(await ledgerOf(campaign)).counts.opened;

	/** Of executions that end well nothing is kept, but each leaves an event in the ledger. */
	async function countEvents(): Promise<number> {
		const { rows } = await world().platform.pool.query<{ count: number }>(
			'SELECT count(*)::int FROM property_platform.delivery_events',
		);
		return rows[0]!.count;
	}

	let sent: Awaited<ReturnType<typeof newMail>>;

	beforeAll(async () => {
		heal();
		sent = await newMail();
	});

	it.each<{ what: string; options: EventOptions }>([
		{ what: 'without a signature', options: { header: () => '' } },
		{
			what: 'signed with another secret',
			options: { secret: `whsec_${Buffer.from('of somebody else').toString('base64')}` },
		},
		{ what: 'with a broken signature', options: { header: (text) => text.replace(/.$/, '!') } },
		{ what: 'of another version', options: { header: (text) => text.replace('v1,', 'v2,') } },
		{ what: 'signed an hour ago', options: { signedAt: new Date(Date.now() - HOUR_MS) } },
		{ what: 'signed in the future', options: { signedAt: new Date(Date.now() + HOUR_MS) } },
		{ what: 'with two wrong signatures', options: { header: () => 'v1,YQ== v1,Yg==' } },
	])('is refused $what with 401, and counts nothing', async ({ options }) => {
		const before = await countEvents();
		const { status, body } = await postEvent(eventOf(sent.mail, 'email.opened'), options);
		expect(status).toBe(401);
		expect(body).toMatchObject({ accepted: false, error: 'unauthorized' });
		expect(await countEvents()).toBe(before);
		expect(await openings(sent)).toBe(0);
	});

	it('is refused with 400 where it says nothing of a mail', async () => {
		const before = await countEvents();
		expect((await postEvent({ type: 'email.opened', created_at: 'today' })).status).toBe(400);
		expect(await countEvents()).toBe(before);
	});

	it('that nobody selected is answered with 200, and starts nothing', async () => {
		const before = await countEvents();
		const { status, body } = await postEvent(eventOf(sent.mail, 'email.scheduled'));
		expect(status).toBe(200);
		expect(body).toMatchObject({ accepted: false });
		expect(await countEvents()).toBe(before);
	});

	it('is taken with a good signature among others', async () => {
		const { status } = await postEvent(eventOf(sent.mail, 'email.opened'), {
			header: (signature) => `v1,YQ== v1a,Yg== ${signature}`,
		});
		expect(status).toBe(200);
		expect(await openings(sent)).toBe(1);
	});

	it('counts once, however often it comes under one svix-id', async () => {
		const { resend } = world();
		const { mail } = await newMail();
		const svixId = resend.click(mail.id, 'https://homes.example.com/bgc-2');
		await resend.settled();
		resend.repeatEvent(svixId);
		resend.repeatEvent(svixId);
		await resend.settled();
		const answers = resend.deliveries.filter((delivery) => delivery.svixId === svixId);
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(await eventsKept(mail, 'clicked')).toBe(1);
	});

	it('is taken while Resend signs with the old secret and the new one, and the new alone is refused', async () => {
		const { resend } = world();
		const { campaign, mail } = await newMail();
		const old = await eventSecret();
		const next = resend.rotateWebhookSecret();
		resend.open(mail.id);
		await resend.settled();
		expect((await ledgerOf(campaign)).counts.opened).toBe(1);
		const event = eventOf(mail, 'email.clicked');
		expect((await postEvent(event, { secret: next })).status).toBe(401);
		expect((await postEvent(event, { secret: old })).status).toBe(200);
	});
});

describe('the link to leave', () => {
	function linkTo(campaign: CampaignRequested, address: string): string {
		const mail = mailsOf(campaign).find(({ to }) => to[0] === address)!;
		return /<(.+)>/.exec(mail.headers['List-Unsubscribe']!)![1]!;
	}

	const leavers = async (of: CampaignRequested) => (await ledgerOf(of)).counts.unsubscribed;

	let campaign: CampaignRequested;
	let link: string;

	beforeAll(async () => {
		heal();
		const [reader] = await newCrowd(1);
		campaign = await newCampaign([reader!]);
		await answered(await sendCampaign(campaign));
		await world().resend.settled();
		link = linkTo(campaign, reader!.email);
	});

	it('shows a page when it is opened, and changes nothing', async () => {
		const page = await fetch(link);
		expect(page.status).toBe(200);
		expect(page.headers.get('content-type')).toMatch(/^text\/html/);
		expect(await page.text()).toMatch(/<form method="post"><button>Unsubscribe<\/button>/);
		expect(await leavers(campaign)).toBe(0);
	});

	it('takes a person off the list, of this company and no other, by one click or by the button', async () => {
		const people = await newCrowd(3);
		const [clicks, presses, stays] = people as [Contact, Contact, Contact];
		const campaign = await newCampaign(people);
		await answered(await sendCampaign(campaign));
		const oneClick = { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) };
		for (const [{ email }, request] of [
			[clicks, oneClick],
			[presses, {}],
			// A second time is as good as the first.
			[clicks, oneClick],
		] as const) {
			const answer = await fetch(linkTo(campaign, email), { method: 'POST', ...request });
			expect(answer.status).toBe(200);
			expect(await answer.text()).toMatch(/^You are unsubscribed/);
		}
		expect(await leavers(campaign)).toBe(2);

		const next = await newCampaign(people);
		const others = await newCampaign(await newAudience([{ email: clicks.email }]));
		for (const each of await Promise.all([next, others].map(sendCampaign))) await answered(each);
		expect(readersOf(next)).toEqual([stays.email]);
		expect((await ledgerOf(next)).leftOut).toEqual({ 'suppressed: unsubscribed': 2 });
		expect(readersOf(others)).toEqual([clicks.email]);
	});

	const other = (letter: string) => (letter === 'A' ? 'B' : 'A');

	it.each<{ what: string; forge(link: string): string }>([
		{ what: 'for another person', forge: (mine) => mine.replace(/(?<==.{9})./, other) },
		{
			what: 'with another signature',
			forge: (mine) => mine.replace(/(?<=\.)[\w-](?=[\w-]{21}$)/, other),
		},
		{ what: 'without a signature', forge: (mine) => mine.replace(/\.[^.]+$/, '') },
		{ what: 'without a token', forge: (mine) => mine.replace(/\?.*$/, '') },
		{ what: 'with two tokens', forge: (mine) => `${mine}&token=x` },
	])('that somebody made up $what is answered with 404, and changes nothing', async (row) => {
		const forged = row.forge(link);
		expect(forged).not.toBe(link);
		for (const method of ['GET', 'POST']) {
			expect((await fetch(forged, { method })).status).toBe(404);
		}
		expect(await leavers(campaign)).toBe(0);
	});
});
