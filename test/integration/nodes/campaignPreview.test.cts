/** Preview Mails: what people would get, and who would be left out, without anything going out. */
import type { IDataObject } from 'n8n-workflow';

import {
	type CampaignSurroundings,
	opened,
	personRow,
	personRows,
	startCampaignSurroundings,
	TEMPLATE,
	UNSUBSCRIBE_URL,
} from './campaignSurroundings.cts';

let around: CampaignSurroundings;
beforeAll(async () => {
	around = await startCampaignSurroundings();
});
afterEach(() => {
	expect(around.resend.requests).toEqual([]);
	expect(around.platform.deliveries).toEqual([]);
});
afterAll(async () => await around.close());

const preview = async (rows: IDataObject[], parameters = {}, campaign: object = opened()) =>
	await around.runOne('preview', { campaign: JSON.stringify(campaign), ...parameters }, rows);

describe('a preview', () => {
	it('renders mails as people would read them, with a link that unsubscribes nobody', async () => {
		const { mails } = await preview([
			personRow(1),
			personRow(2, { first_name: null, city: 'Makati' }),
		]);
		expect(mails).toEqual([
			{
				from: 'sales@company.com',
				to: 'reader.1@example.com',
				subject: 'New in Taguig',
				html: `<p>Hello Liwayway1</p><a href="${UNSUBSCRIBE_URL}?token=preview">Leave</a>`,
				text: expect.stringContaining('Hello Liwayway1'),
			},
			{
				from: 'sales@company.com',
				to: 'reader.2@example.com',
				subject: 'New in Makati',
				html: `<p>Hello there</p><a href="${UNSUBSCRIBE_URL}?token=preview">Leave</a>`,
				text: expect.stringContaining('Hello there'),
			},
		]);
	});

	it('renders three, or as many as are wanted, and counts them all', async () => {
		const three = await preview(personRows(250));
		expect(three).toMatchObject({ read: 250, recipients: 250, correlationId: 'corr-1' });
		expect(three.mails).toHaveLength(3);
		expect((await preview(personRows(250), { count: 100 })).mails).toHaveLength(100);
	});

	it('counts who is left out by reason, and what is missing by its name', async () => {
		const template = { ...TEMPLATE, subject: '{{ city }} {{ property_title }}' };
		const rows = [
			personRow(1, { property_title: 'Condo' }),
			personRow(2, { consent: false }),
			personRow(3, { unsubscribed: true }),
			personRow(4, { email: 'nobody' }),
			personRow(5, { city: '' }),
			personRow(6),
			personRow(7, { email: 'reader.1@example.com' }),
		];
		expect(await preview(rows, {}, opened({ template }))).toMatchObject({
			read: 7,
			recipients: 1,
			leftOut: {
				no_consent: 1,
				unsubscribed: 1,
				broken_address: 1,
				missing_variables: 2,
				duplicate: 1,
			},
			missing: { city: 1, property_title: 2 },
			variables: {
				required: ['city', 'property_title', 'unsubscribe_url'],
				optional: ['first_name'],
			},
			hasUnsubscribeLink: true,
		});
	});

	it('says where a template forgets the link to leave', async () => {
		const template = { ...TEMPLATE, html: '<p>{{ city }}</p>' };
		expect(await preview(personRows(1), {}, opened({ template }))).toMatchObject({
			hasUnsubscribeLink: false,
		});
	});

	it('shows what is wrong with the mail of one person, and the others as they are', async () => {
		const template = { ...TEMPLATE, subject: '{{ city | remove: "Nowhere" }}' };
		const rows = [personRow(1), personRow(2, { city: 'Nowhere' })];
		const { mails } = await preview(rows, {}, opened({ template }));
		expect(mails).toMatchObject([
			{ to: 'reader.1@example.com', subject: 'Taguig' },
			{
				to: 'reader.2@example.com',
				problem: expect.stringMatching(/^The subject is empty for this recipient\. /),
			},
		]);
	});

	it('escapes what stands in the data', async () => {
		const row = personRow(1, { first_name: '<script>alert(1)</script>', city: 'Taguig\nBcc: all' });
		const { mails } = await preview([row]);
		const [{ html, subject }] = mails as [{ html: string; subject: string }];
		expect(html).toContain('&lt;script&gt;');
		expect(subject).toBe('New in Taguig Bcc: all');
	});

	it('of nobody has no mails', async () => {
		expect(await preview([{}])).toMatchObject({ read: 0, recipients: 0, leftOut: {}, mails: [] });
	});
});
