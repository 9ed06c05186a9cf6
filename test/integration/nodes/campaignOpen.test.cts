/** Open Campaign: what is requested is checked and frozen before anybody is written to. */
import type { IDataObject } from 'n8n-workflow';

import {
	type CampaignSurroundings,
	GUIDE_CAMPAIGN,
	startCampaignSurroundings,
	statementIn,
	TEMPLATE,
	UNSUBSCRIBE_URL,
} from './campaignSurroundings.cts';

let around: CampaignSurroundings;
beforeAll(async () => {
	around = await startCampaignSurroundings();
});
afterAll(async () => await around.close());

const PARAMETERS = {
	templates: { template: [TEMPLATE, { ...TEMPLATE, id: 'open_house' }] },
	unsubscribeUrl: UNSUBSCRIBE_URL,
};

const open = async (campaign: object = GUIDE_CAMPAIGN, parameters = {}, more = {}) =>
	await around.runOne('open', { ...PARAMETERS, ...parameters }, [
		{ event: campaign as IDataObject, correlationId: 'corr-1', ...more },
	]);

const fail = async (campaign: object = GUIDE_CAMPAIGN, parameters = {}, more = {}) =>
	await around.failOne('open', { ...PARAMETERS, ...parameters }, [
		{ event: campaign as IDataObject, correlationId: 'corr-1', ...more },
	]);

describe('a campaign that is opened', () => {
	it('is frozen: query, template, sender and all that its mails show', async () => {
		const json = await open();
		const definition = {
			audienceQuery: 'budget_max > 5000000 AND beds >= 2',
			template: { ...TEMPLATE, text: '' },
			from: 'sales@company.com',
			unsubscribeUrl: UNSUBSCRIBE_URL,
			data: {},
			utm: {
				source: 'property-platform',
				medium: 'email',
				campaign: GUIDE_CAMPAIGN.campaign_id,
			},
			allowEverybody: false,
		};
		const { definitionHash } = json.campaign as { definitionHash: string };
		expect(json).toMatchObject({ correlationId: 'corr-1', campaign: { definition } });
		const { values } = statementIn(json, 'open');
		expect(values.slice(0, 3)).toEqual([
			GUIDE_CAMPAIGN.campaign_id,
			GUIDE_CAMPAIGN.company_id,
			'corr-1',
		]);
		expect(JSON.parse(String(values[3]))).toEqual(definition);
		expect(values[4]).toBe(definitionHash);
	});

	it('takes along what the platform may add', async () => {
		const { campaign } = await open({
			...GUIDE_CAMPAIGN,
			reply_to: 'Ana <ana@company.com>',
			data: { season: 'dry' },
			utm: { source: 'newsletter', campaign: 'makati' },
			allow_everybody: true,
		});
		expect((campaign as IDataObject).definition).toMatchObject({
			replyTo: 'Ana <ana@company.com>',
			data: { season: 'dry' },
			utm: { source: 'newsletter', medium: 'email', campaign: 'makati' },
			allowEverybody: true,
		});
	});

	it('may be the item itself', async () => {
		const json = await around.runOne('open', PARAMETERS, [{ ...GUIDE_CAMPAIGN }]);
		expect(json).toMatchObject({ campaign: { campaignId: GUIDE_CAMPAIGN.campaign_id } });
	});

	it('uses the template that comes with the item, where one does', async () => {
		const template = { subject: 'From a table', html: '<p>{{ city }}</p>', text: 'In {{ city }}' };
		const { campaign } = await open(
			{ ...GUIDE_CAMPAIGN, template_id: 'of_the_table' },
			{},
			{ template },
		);
		expect((campaign as IDataObject).definition).toMatchObject({
			template: { id: 'of_the_table', ...template },
		});
	});
});

describe('the hash of a definition', () => {
	const hashOf = async (...given: Parameters<typeof open>) =>
		((await open(...given)).campaign as { definitionHash: string }).definitionHash;

	it('is the same for the same content, in whatever order it is written and whoever asks again', async () => {
		const { sender, ...rest } = GUIDE_CAMPAIGN;
		const one = await hashOf({ ...GUIDE_CAMPAIGN, data: { a: 1, b: 2 } });
		const other = await hashOf(
			{ sender, data: { b: 2, a: 1 }, ...rest },
			{},
			{ correlationId: 'corr-2' },
		);
		expect(one).toMatch(/^[0-9a-f]{32}$/);
		expect(other).toBe(one);
	});

	it.each<[string, object, object]>([
		['the query', { audience_query: 'beds >= 3' }, {}],
		['the sender', { sender: 'Sales <sales@company.com>' }, {}],
		['the data', { data: { season: 'dry' } }, {}],
		['a yes to everybody', {}, { allowEverybody: true }],
		['a word of the template', {}, { templates: { template: [{ ...TEMPLATE, subject: 'Old' }] } }],
		['where people leave', {}, { unsubscribeUrl: 'https://other.example.com' }],
	])('is another for %s', async (_what, changed, parameters) => {
		expect(await hashOf({ ...GUIDE_CAMPAIGN, ...changed }, parameters)).not.toBe(await hashOf());
	});
});

describe('a campaign that cannot be opened', () => {
	it('for want of its template is told which there are', async () => {
		expect(await fail({ ...GUIDE_CAMPAIGN, template_id: 'luxury_v3' })).toMatchObject({
			error: 'There is no template "luxury_v3"',
			details: {
				itemIndex: 0,
				advice: expect.stringMatching(
					/^Templates of this node: "luxury_properties_v2", "open_house"\./,
				),
			},
		});
		expect(await fail(GUIDE_CAMPAIGN, { templates: {} })).toMatchObject({
			details: { advice: 'Add it under Templates.' },
		});
	});

	it.each([
		['a name without an address', 'Company Realty'],
		['a second header', 'sales@company.com\nBcc: everybody@example.com'],
		['two senders', 'sales@company.com, other@company.com'],
	])('has as its sender %s', async (_what, sender) => {
		expect(await fail({ ...GUIDE_CAMPAIGN, sender })).toMatchObject({
			error: expect.stringMatching(/^The sender has to be an address such as/),
			details: { itemIndex: 0 },
		});
	});

	it('is answered at an address that is none', async () => {
		expect((await fail({ ...GUIDE_CAMPAIGN, reply_to: 'nobody' })).error).toBe(
			'reply_to is no address',
		);
	});

	it.each([
		['over plain HTTP', 'http://n8n.example.com/leave'],
		['by a script', 'javascript:alert(1)'],
		['nowhere', 'campaign-unsubscribe'],
	])('would let people leave %s', async (_where, unsubscribeUrl) => {
		expect((await fail(GUIDE_CAMPAIGN, { unsubscribeUrl })).error).toBe(
			'The unsubscribe address has to start with https://',
		);
	});

	it('lets people leave over plain HTTP on this machine, as in the sandbox', async () => {
		await expect(
			open(GUIDE_CAMPAIGN, { unsubscribeUrl: 'http://127.0.0.1:5678/webhook/leave' }),
		).resolves.toBeDefined();
	});

	it.each<[string, object, RegExp, RegExp]>([
		[
			'names a filter that there is not',
			{ html: '<p>\n{{ city | shout }}</p>' },
			/"shout" \(template "luxury_properties_v2", HTML, line 2, column \d+\)$/,
			/spelling/,
		],
		['includes a file', { text: '{% include "secrets" %}' }, /, Text, line 1, /, /template/],
		['is never closed', { subject: '{% if city %}New' }, /, Subject, line 1, /, /\{% endif %\}/],
	])(
		'has a template that %s: the place is named, and what to do',
		async (_what, changed, says, advice) => {
			const template = { ...TEMPLATE, ...changed };
			const { error, details } = await fail(GUIDE_CAMPAIGN, {
				templates: { template: [template] },
			});
			expect(error).toMatch(says);
			expect(details.advice).toMatch(advice);
		},
	);

	it.each<[string, object, string]>([
		['no query', { audience_query: undefined }, 'audience_query: is required'],
		['an id that no tag takes', { campaign_id: 'a&b' }, 'campaign_id'],
		['a yes in words', { allow_everybody: 'yes' }, 'allow_everybody'],
	])('has %s: the field is named', async (_what, changed, advice) => {
		expect(await fail({ ...GUIDE_CAMPAIGN, ...changed })).toMatchObject({
			error: 'The campaign does not keep to its contract',
			details: { advice: expect.stringContaining(advice) },
		});
	});
});
