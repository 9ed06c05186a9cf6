import {
	addressesOf,
	campaignRow,
	heardOf,
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
import { failuresAfter, latestExecutionId } from '../executions.cts';
import { answered } from '../messages.cts';
import { postSigned } from '../signed.cts';
import { heal, webhookAnswers, world } from '../world.cts';

type Audience = Awaited<ReturnType<typeof newAudience>>;

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
		errors = await failuresAfter(before);
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
			const [error, ...others] = await failuresAfter(before);
			expect(error).toMatch(row.says);
			expect(others).toEqual([]);
		},
	);
});
