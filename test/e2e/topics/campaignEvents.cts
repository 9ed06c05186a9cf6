import { randomUUID } from 'node:crypto';

import { DEMO_COMPANIES } from '../../../sandbox/platform/demoCompanies.cts';
import { until } from '../../integration/platform/until.cts';
import {
	campaignRow,
	ledgerOf,
	mailsOf,
	newAddress,
	newAudience,
	newCampaign,
	newsOf,
	readersOf,
	sendCampaign,
} from '../campaigns.cts';
import { template } from '../editor.cts';
import { newLead, sendLead } from '../leads.cts';
import { answered } from '../messages.cts';
import { eventOf, postEvent } from '../resendEvents.cts';
import { heal, world } from '../world.cts';

type Campaign = Awaited<ReturnType<typeof newCampaign>>;

/** The mail of a campaign to a person. */
const mailTo = (campaign: Campaign, address: string) =>
	mailsOf(campaign).find(({ to }) => to[0] === address)!;

/** What the template does every five minutes, every second. */
async function publishNews(): Promise<string> {
	const { nodes, connections, ...workflow } = await template('campaign-events.json');
	const names = [
		'Every Five Minutes',
		'Find News',
		'Count News',
		'Report News',
		'Mark as Reported',
		'Will It Heal by Itself?',
		'Told in Five Minutes',
		'The Platform Refused the News',
	];
	const everySecond = { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } };
	return await world().editor.publish({
		...workflow,
		name: 'e2e-campaign-news',
		nodes: nodes
			.filter(({ name }) => names.includes(name))
			.map((node) =>
				node.name === 'Every Five Minutes' ? { ...node, parameters: everySecond } : node,
			),
		connections: Object.fromEntries(
			Object.entries(connections).filter(([name]) => names.includes(name)),
		),
	});
}

describe('what becomes of the mails of a campaign', () => {
	const LINK = 'https://homes.example.com/bgc-2';
	const [{ id: companyId }] = DEMO_COMPANIES;
	const reader = newAddress('reader');
	const bounced = newAddress('bounce');
	const full = newAddress('mailbox-full');
	const complaining = newAddress('complain');
	let campaign: Campaign;
	let news: string;

	beforeAll(async () => {
		heal();
		const { resend } = world();
		const city = `Events ${randomUUID()}`;
		await newAudience(
			[reader, bounced, full, complaining].map((email) => ({ email, city })),
			companyId,
		);
		campaign = await newCampaign([{ company_id: companyId }], {
			audience_query: `city = '${city}'`,
		});
		await answered(await sendCampaign(campaign));
		await resend.settled();
		const { id } = mailTo(campaign, reader);
		for (const _time of ['first', 'second', 'third']) {
			resend.open(id);
			resend.click(id, LINK);
		}
		await resend.settled();

		const utm = { source: 'property-platform', campaign: campaign.campaign_id };
		const asks = [
			await newLead('hubspot', { utm }),
			// Of another company, and of another campaign.
			await newLead('salesforce', { utm }),
			await newLead('hubspot', { utm: { ...utm, campaign: 'another' } }),
		];
		const leads = await Promise.all([...asks, asks[0]!].map(sendLead));
		for (const lead of leads) await answered(lead);
		news = await publishNews();
	}, 120_000);

	afterAll(async () => await world().editor.unpublish(news), 30_000);

	it('is counted by person, however often it happens', async () => {
		expect((await ledgerOf(campaign)).counts).toMatchObject({
			audience: 4,
			delivered: 2,
			opened: 1,
			clicked: 1,
			bounced: 2,
			complained: 1,
			unsubscribed: 0,
		});
	});

	it('is told to the platform without being asked, with the leads that came of it', async () => {
		const last = await until(
			async () => (await newsOf(campaign)).find(({ conversions }) => conversions !== 0),
			30_000,
		);
		// Of four mails one bounced for good: 3 of 4 are 75 %.
		expect(last).toEqual({
			campaign_id: campaign.campaign_id,
			status: 'completed',
			sent: 4,
			failed: 1,
			delivery_rate: 75,
			delivered: 2,
			opened: 1,
			clicked: 1,
			conversions: 1,
		});
		expect(await campaignRow(campaign)).toEqual({
			status: 'completed',
			sent: 4,
			failed: 1,
			opened: 1,
			clicked: 1,
			deliveryRate: 75,
		});
	});

	it('leaves whoever bounced for good or complained out of the next campaign, of any company', async () => {
		const city = `Next ${randomUUID()}`;
		const addresses = [reader, bounced, full, complaining];
		const rows = addresses.map((email) => ({ email, city }));
		const next = await Promise.all(
			[companyId, randomUUID()].map(async (company_id) => {
				await newAudience(rows, company_id);
				return await newCampaign([{ company_id }], { audience_query: `city = '${city}'` });
			}),
		);
		for (const each of next) {
			await answered(await sendCampaign(each));
			expect(readersOf(each)).toEqual([full, reader].sort());
			expect((await ledgerOf(each)).leftOut).toEqual({
				'suppressed: bounced': 1,
				'suppressed: complained': 1,
			});
		}
	});
});

describe('an address', () => {
	beforeAll(heal);

	it('that bounced for now three times is written to no more', async () => {
		const people = await newAudience([{ email: newAddress('mailbox-full') }, {}]);
		const first = await Promise.all(Array.from({ length: 3 }, () => newCampaign(people)));
		for (const each of await Promise.all(first.map(sendCampaign))) await answered(each);
		await world().resend.settled();
		expect(first.map((campaign) => mailsOf(campaign).length)).toEqual([2, 2, 2]);

		const fourth = await newCampaign(people);
		await answered(await sendCampaign(fourth));
		expect(readersOf(fourth)).toEqual([people[1]!.email]);
	});
});

describe('events in the wrong order', () => {
	beforeAll(heal);

	it('are counted once each, at the moments when they happened', async () => {
		const campaign = await newCampaign(await newAudience([{}]));
		await answered(await sendCampaign(campaign));
		await world().resend.settled();
		const [mail] = mailsOf(campaign);
		const sentAt = Date.parse(mail!.at);
		const after = (seconds: number) => new Date(sentAt + seconds * 1000);
		for (const [type, seconds] of [
			['email.clicked', 30],
			['email.opened', 60],
			['email.opened', 20],
			['email.delivered', 10],
			['email.clicked', 40],
			['email.sent', 1],
		] as const) {
			expect((await postEvent(eventOf(mail!, type, after(seconds)))).status).toBe(200);
		}
		const { rows } = await world().platform.pool.query<Record<string, Date>>(
			`SELECT opened_at, clicked_at FROM property_platform.campaign_recipients
			 WHERE campaign_id = $1`,
			[campaign.campaign_id],
		);
		expect(rows).toEqual([{ opened_at: after(20), clicked_at: after(30) }]);
		expect((await ledgerOf(campaign)).counts).toMatchObject({
			delivered: 1,
			opened: 1,
			clicked: 1,
		});
	});

	it('about a mail of no campaign change nothing, and are taken', async () => {
		const campaign = await newCampaign(await newAudience([{}]));
		await answered(await sendCampaign(campaign));
		await world().resend.settled();
		const [mail] = mailsOf(campaign);
		const stranger = { ...mail!, id: randomUUID(), tags: [], to: ['somebody.else@example.com'] };
		expect((await postEvent(eventOf(stranger, 'email.opened'))).status).toBe(200);
		expect((await ledgerOf(campaign)).counts).toMatchObject({ opened: 0 });
	});
});
