import type { LeadCreated } from '../../nodes/shared/contracts/leadCreated';
import { DEMO_COMPANIES } from '../../sandbox/platform/demoCompanies.cts';
import { DEMO_LEADS } from '../../sandbox/platform/demoLeads.cts';
import { DEMO_LISTINGS } from '../../sandbox/platform/seed.cts';
import {
	CAMPAIGNS,
	DELIVERY_EVENTS,
	OPENED,
	PEOPLE,
	PORTIONS,
	SUMMARIES,
	TEMPLATE,
	UNSUBSCRIBE_URL,
} from './campaignNodes.cts';
import { deliveryNodes } from './deliveryNodes.cts';
import { LEAD_FORMS, LEAD_ROWS, MESSAGES, metaHeaders, WEBHOOKS } from './metaNodes.cts';
import { metricsNodes } from './metricsNodes.cts';
import {
	type OperationNode,
	operationOf,
	type Parameters,
	splitOut,
	type Step,
} from './operationNode.cts';
import { svixHeaders } from './svixSigned.cts';

/** The listings that Property IQ works on, as if claimed in the state store. */
export const LISTINGS = DEMO_LISTINGS.map(({ payload }) => payload);

/** The leads that Lead Score works on: some for each CRM, and some of whom little can be made. */
export const LEADS: LeadCreated[] = [
	...DEMO_LEADS.map(({ payload }) => payload),
	{ lead_id: 'mistyped', company_id: DEMO_COMPANIES[1].id, email: 'ana@gmial.com', phone: 'x' },
	{ lead_id: 'unreachable', company_id: DEMO_COMPANIES[2].id, consent: true },
	{ lead_id: 'no-crm', company_id: 'unknown', email: 'no-crm@example.com', consent: true },
];

const CRM_OF_COMPANY = JSON.stringify(
	Object.fromEntries(DEMO_COMPANIES.map(({ id, crm }) => [id, crm])),
);

const claimed = (event: { company_id: string }, index: number) => ({
	event,
	correlationId: `event-${index}`,
	eventKey: `key-${index}`,
	leaseToken: 'token',
	outcome: 'claimed',
});

/** What a query of a campaign may name here. */
const FIELDS = {
	field: Object.entries({ id: 'text', city: 'text', budget_max: 'number', beds: 'number' }).map(
		([name, type]) => ({ name, type, column: '' }),
	),
};

const CAMPAIGN = { campaign: JSON.stringify(OPENED) };

const RESEND_EVENT = JSON.stringify(DELIVERY_EVENTS[0]!.event);
const META_EVENT = JSON.stringify(WEBHOOKS[2]!.event);

/** A node for every operation of every node of ours, and what those need around them. */
export const operationNodes = (): OperationNode[] => [
	{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
	...splitOut('Listing', LISTINGS.map(claimed)),
	propertyIq('enrichment', 'claim', {}, 'Each Listing'),
	propertyIq('property', 'getMarketData', {}, 'Each Listing'),
	propertyIq('property', 'enrich', { options: { sendExtraFields: true } }, 'Each Listing'),
	propertyIq('enrichment', 'report', { sendExtraFields: true }, 'property enrich'),
	propertyIq('property', 'estimateFromComparables', {}, 'Each Listing'),
	propertyIq('neighborhood', 'analyze', {}, 'property estimateFromComparables'),
	propertyIq('narrative', 'write', {}, 'neighborhood analyze'),
	propertyIq('enrichment', 'validate', {}, 'narrative write'),
	request('signRequest', { bodyField: 'event' }, 'Each Listing'),
	{
		name: 'As Received',
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		parameters: { operation: 'toText', sourceProperty: 'signed.body' },
		after: 'request signRequest',
	},
	{
		name: 'Its Headers',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			// The last request has no signature: it is refused.
			jsonOutput: `={{ { headers: $itemIndex === ${LISTINGS.length - 1} ? {} : {
				'x-signature': $('request signRequest').item.json.signed.headers['X-Signature'],
				'x-timestamp': $('request signRequest').item.json.signed.headers['X-Timestamp'],
			} } }}`,
			includeOtherFields: true,
			options: { stripBinary: false },
		},
		after: 'As Received',
	},
	request('verifyRequest', { contract: 'enrich-property' }, 'Its Headers'),
	...verified('svix', RESEND_EVENT, svixHeaders('msg_1', RESEND_EVENT)),
	...verified('meta', META_EVENT, metaHeaders(META_EVENT)),
	...splitOut('Lead', LEADS.map(claimed)),
	leadScore('lead', 'claim', {}, 'Each Lead'),
	leadScore('lead', 'score', {}, 'Each Lead'),
	leadScore('followUp', 'schedule', {}, 'lead score'),
	leadScore('crm', 'push', { crm: 'hubspot' }, 'followUp schedule'),
	leadScore(
		'lead',
		'process',
		{ crm: `={{ (${CRM_OF_COMPANY})[$json.event.company_id] ?? 'none' }}` },
		'Each Lead',
	),
	leadScore('syncStatus', 'report', {}, 'lead process'),
	...splitOut('Campaign', CAMPAIGNS),
	campaign(
		'campaign',
		'open',
		{ templates: { template: [TEMPLATE] }, unsubscribeUrl: UNSUBSCRIBE_URL },
		'Each Campaign',
	),
	campaign(
		'audience',
		'build',
		{
			query: '={{ $json.campaign.definition.audienceQuery }}',
			companyId: '={{ $json.campaign.companyId }}',
			fields: FIELDS,
		},
		'campaign open',
	),
	campaign('mail', 'take', { campaignId: '={{ $json.campaign.campaignId }}' }, 'campaign open'),
	campaign(
		'campaign',
		'summarize',
		{ campaignId: '={{ $json.campaign.campaignId }}' },
		'campaign open',
	),
	...splitOut('Person', PEOPLE),
	{
		...campaign(
			'audience',
			'build',
			{ target: 'items', query: 'budget_max > 5000000 AND beds >= 2', fields: FIELDS },
			'Each Person',
		),
		name: 'audience build items',
	},
	campaign('audience', 'enroll', { ...CAMPAIGN, ifMissing: 'leaveOut' }, 'Each Person'),
	campaign('mail', 'preview', CAMPAIGN, 'Each Person'),
	{
		...campaign('mail', 'send', { ...CAMPAIGN, people: 'items' }, 'Each Person'),
		name: 'mail send items',
	},
	...splitOut('Portion', PORTIONS),
	campaign('mail', 'send', { people: 'ledger' }, 'Each Portion'),
	...splitOut('Count', SUMMARIES),
	campaign('campaign', 'report', { reportOptions: { withExtraFields: true } }, 'Each Count'),
	...splitOut('Event', DELIVERY_EVENTS),
	campaign('deliveryEvent', 'process', {}, 'Each Event'),
	...splitOut('Webhook', WEBHOOKS),
	metaBroker('event', 'parse', {}, 'Each Webhook'),
	metaBroker('conversation', 'keep', {}, 'event parse'),
	...splitOut('Message', MESSAGES),
	metaBroker('conversation', 'take', {}, 'Each Message'),
	metaBroker(
		'conversation',
		'forget',
		{ conversation: '={{ $json.event.conversation }}' },
		'Each Message',
	),
	metaBroker('message', 'handle', {}, 'Each Message'),
	metaBroker('message', 'understand', {}, 'Each Message'),
	metaBroker('message', 'askPlatform', {}, 'message understand'),
	metaBroker('reply', 'send', {}, 'message askPlatform'),
	...splitOut('Lead Form', LEAD_FORMS),
	metaBroker('leadForm', 'get', { companyId: DEMO_COMPANIES[0].id }, 'Each Lead Form'),
	{
		...metaBroker('message', 'askPlatform', { eventField: 'notice' }, 'leadForm get'),
		name: 'message askPlatform form',
	},
	...splitOut('Lead Row', LEAD_ROWS),
	{
		...metaBroker(
			'leadForm',
			'get',
			{ source: 'item', companyId: DEMO_COMPANIES[0].id },
			'Each Lead Row',
		),
		name: 'leadForm get item',
	},
	...metricsNodes(),
	...deliveryNodes(),
	{
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.2,
		parameters: { model: { __rl: true, mode: 'id', value: 'gpt-4.1-mini' } },
	},
];

/** A request of somebody else's, as a Webhook node hands it on, and the node that verifies it. */
function verified(scheme: string, body: string, headers: Record<string, string>): OperationNode[] {
	return [
		...splitOut(`Report ${scheme}`, [{ body }]),
		{
			name: `As Reported ${scheme}`,
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: { operation: 'toText', sourceProperty: 'body' },
			after: `Each Report ${scheme}`,
		},
		{
			name: `Headers ${scheme}`,
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				jsonOutput: JSON.stringify({ headers }),
				includeOtherFields: true,
				options: { stripBinary: false },
			},
			after: `As Reported ${scheme}`,
		},
		{
			...request('verifyRequest', { scheme }, `Headers ${scheme}`),
			name: `request verifyRequest ${scheme}`,
		},
	];
}

function propertyIq(...step: Step): OperationNode {
	return operationOf('propertyIq', ...step);
}

function leadScore(...step: Step): OperationNode {
	return operationOf('leadScore', ...step);
}

function campaign(...step: Step): OperationNode {
	return operationOf('campaignDispatch', ...step);
}

function metaBroker(...step: Step): OperationNode {
	return operationOf('metaBroker', ...step);
}

function request(operation: string, parameters: Parameters, after: string): OperationNode {
	return operationOf('signedWebhook', 'request', operation, parameters, after);
}
