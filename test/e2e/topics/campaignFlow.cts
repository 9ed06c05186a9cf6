import { DEMO_CAMPAIGNS } from '../../../sandbox/platform/demoCampaigns.cts';
import {
	addressesOf,
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
import { answered, callbacksOf, deliveriesOf } from '../messages.cts';
import { heal, world } from '../world.cts';

const [guide, makati] = DEMO_CAMPAIGNS.map(({ payload }) => payload) as [
	(typeof DEMO_CAMPAIGNS)[number]['payload'],
	(typeof DEMO_CAMPAIGNS)[number]['payload'],
];

const at = (...mailboxes: string[]) => mailboxes.map((mailbox) => `${mailbox}@example.com`);

describe("the guide's own campaign, and one of another company", () => {
	let sent: SentCampaign[];

	beforeAll(async () => {
		heal();
		sent = [await sendCampaign(guide), await sendCampaign(makati)];
		for (const each of sent) await answered(each);
	});

	it('are taken with 202', async () => {
		expect(await Promise.all(sent.map(deliveriesOf))).toEqual([[202], [202]]);
	});

	it('reach exactly the people whom the query names and who consented, once each', () => {
		expect(readersOf(guide)).toEqual(
			at(
				'andres.ibanez',
				'bea.ordonez',
				'bounce.reyes',
				'jose.villanueva',
				'liwayway.delapena',
				'luz.ocampo',
				'mailbox-full.cruz',
				'maria.penaflor',
				'tiano',
			),
		);
		expect(readersOf(makati)).toEqual(at('isabel.zuniga', 'miguel.cana'));
	});

	it('say in the ledger how many were left out, and why', async () => {
		expect(await ledgerOf(guide)).toMatchObject({
			state: 'completed',
			counts: { audience: 13, pending: 0, refused: 0 },
			leftOut: { no_consent: 1, unsubscribed: 1, broken_address: 1, duplicate: 1 },
		});
		expect(await ledgerOf(makati)).toMatchObject({ counts: { audience: 2 }, leftOut: {} });
	});

	it("are reported by the guide's five fields and nothing else", async () => {
		const { campaign_id } = makati;
		expect(await statusesOf(makati)).toEqual([
			{ campaign_id, status: 'sending', sent: 0, failed: 0, delivery_rate: 0 },
			{ campaign_id, status: 'sending', sent: 2, failed: 0, delivery_rate: 100 },
			{ campaign_id, status: 'completed', sent: 2, failed: 0, delivery_rate: 100 },
		]);
		const [last] = (await statusesOf(guide)).reverse();
		expect(last).toMatchObject({ sent: 9, status: 'completed' });
		// One of the nine bounces; whether that is known so soon is a matter of milliseconds.
		expect({ 0: 100, 1: 88.89 }[last!.failed]).toBe(last!.delivery_rate);
		expect(Object.keys(last!).sort()).toEqual(
			['campaign_id', 'delivery_rate', 'failed', 'sent', 'status'].sort(),
		);
	});

	it('give each person a mail of their own', () => {
		const mail = mailsOf(makati).find(({ to }) => to[0] === 'isabel.zuniga@example.com')!;
		expect(mail).toMatchObject({
			from: 'sales@company.com',
			subject: 'New in Makati: One-bedroom condo in Legazpi Village',
			key: `campaign/${makati.campaign_id}/1`,
			tags: [
				{ name: 'campaign', value: makati.campaign_id },
				{ name: 'recipient', value: expect.stringMatching(/^[0-9a-f]{32}$/) as string },
			],
		});
		for (const text of [mail.html!, mail.text!]) {
			expect(text).toContain('Hello Isabel');
			expect(text).toMatch(/₱\s?11,200,000/);
			expect(text).toContain('utm_campaign=makati-homes');
		}
		// Of the man who gave no name.
		const { html } = mailsOf(guide).find(({ to }) => to[0] === 'tiano@example.com')!;
		expect(html).toContain('Hello there');
	});

	it('have a link to leave, which the mail program may use with one click', () => {
		const links = [...mailsOf(guide), ...mailsOf(makati)].map(({ headers, html }) => {
			expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
			const [, link = ''] = /^<(.+)>$/.exec(headers['List-Unsubscribe']!) ?? [];
			expect(html).toContain(link.replaceAll('&', '&amp;'));
			return link;
		});
		expect(new Set(links).size).toBe(11);
		const start = `${world().n8n.webhookUrl}/campaign-unsubscribe?token=`;
		expect(links.every((link) => link.startsWith(start))).toBe(true);
	});
});

describe('one campaign, however often it is delivered', () => {
	beforeEach(heal);

	it('delivered again when all is done: no second mail, and the platform hears it again', async () => {
		const people = await newCrowd(3);
		const first = await sendCampaign(await newCampaign(people));
		await answered(first);
		const again = await sendCampaign(first.campaign);
		await answered(again);
		await world().platform.redeliver(first.id);
		await answered(first);

		expect(readersOf(first.campaign)).toEqual(addressesOf(people));
		for (const each of [first, again]) expect(await callbacksOf(each)).toContain('duplicate');
		expect(await statusesOf(first.campaign)).toHaveLength(3);
	});

	it('delivered twice at once: everybody has one mail, and both deliveries are answered', async () => {
		const { resend } = world();
		const people = await newCrowd(3);
		const campaign = await newCampaign(people);
		// Long enough for the two to meet.
		resend.processingMs = 1_500;
		const both = await Promise.all([sendCampaign(campaign), sendCampaign(campaign)]);
		for (const each of both) await answered(each, 30_000);

		expect(readersOf(campaign)).toEqual(addressesOf(people));
		expect((await ledgerOf(campaign)).counts).toMatchObject({ audience: 3, pending: 0 });
		expect((await statusesOf(campaign)).at(-1)).toMatchObject({ status: 'completed', sent: 3 });
	});

	it('keeps to what it was when it began, whatever is delivered under its name', async () => {
		const people = await newAudience([{ beds: 2 }, { beds: 3 }]);
		const campaign = await newCampaign(people, { audience_query: 'beds = 2' });
		await answered(await sendCampaign(campaign));
		const other = { ...campaign, audience_query: 'beds = 3', sender: 'other@company.com' };
		await answered(await sendCampaign(other));
		expect(readersOf(campaign)).toEqual([people[0]!.email]);
	});
});
