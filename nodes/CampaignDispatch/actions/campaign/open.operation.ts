import { type IExecuteFunctions, type INodeProperties, NodeOperationError } from 'n8n-workflow';

import { campaignRequested } from '../../../shared/contracts/campaignRequested';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { eventIn, readContract } from '../../../shared/n8n/readContract';
import { type CampaignDefinition, defineCampaign, definitionHash } from '../../definition';
import { checkSender } from '../../delivery/mail';
import { unsubscribeUrl } from '../../delivery/unsubscribe';
import { openCampaign } from '../../ledger/open';
import { attempt } from '../../rendering/attempt';
import { compileTemplate } from '../../rendering/compileTemplate';
import type { MailPart } from '../../rendering/mailTemplate';
import { TemplateError } from '../../rendering/templateError';

const displayOptions = { show: { resource: ['campaign'], operation: ['open'] } };

type Template = CampaignDefinition['template'];

const description: INodeProperties[] = [
	{
		displayName: 'Campaign Field',
		name: 'campaignField',
		type: 'string',
		default: 'event',
		description:
			'The input field that holds the requested campaign, as the trigger puts it into "event". Where the item has no such field, the item itself is the campaign.',
		displayOptions,
	},
	{
		displayName: 'Templates',
		name: 'templates',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		noDataExpression: true,
		placeholder: 'Add Template',
		default: {},
		description:
			'The mails of your campaigns, in Liquid. The campaign names one by its template_id. Where the item has a field "template" with subject, html and text, that one is used.',
		displayOptions,
		options: [
			{
				displayName: 'Template',
				name: 'template',
				values: [
					{
						displayName: 'Template ID',
						name: 'id',
						type: 'string',
						default: '',
						placeholder: 'e.g. luxury_properties_v2',
					},
					{
						displayName: 'Subject',
						name: 'subject',
						type: 'string',
						default: '',
						placeholder: 'e.g. New in {{ city }}: {{ property_title }}',
					},
					{
						displayName: 'HTML',
						name: 'html',
						type: 'string',
						typeOptions: { rows: 10 },
						default: '',
						placeholder: 'e.g. <p>Hello {{ first_name | default: "there" }}</p>',
						description: 'Everything from your data is escaped',
					},
					{
						displayName: 'Text',
						name: 'text',
						type: 'string',
						typeOptions: { rows: 4 },
						default: '',
						description: 'For mail programs without HTML. Made from the HTML where it is empty.',
					},
				],
			},
		],
	},
	{
		displayName: 'Unsubscribe URL',
		name: 'unsubscribeUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://n8n.example.com/webhook/campaign-unsubscribe',
		description:
			'Where unsubscribe links lead: the production URL of a Campaign Dispatch Trigger on Unsubscribe, or a page of the platform. A signed token is added as "token".',
		displayOptions,
	},
	{
		displayName: 'Allow Everybody',
		name: 'allowEverybody',
		type: 'boolean',
		default: false,
		description:
			'Whether a query may select every person of the company. Otherwise such a campaign stops before anything is sent.',
		displayOptions,
	},
];

/** Checks a requested campaign, freezes what it is, and makes the statement that opens it. */
const execute: Execute = async (context, itemIndex, _run, trail) => {
	const { json } = context.getInputData()[itemIndex]!;
	const given = eventIn(json, context.getNodeParameter('campaignField', itemIndex) as string);
	const requested = readContract(context, itemIndex, campaignRequested, given, 'campaign');
	const templates = readTemplates(context, itemIndex, requested.template_id);
	const definition = defineCampaign(requested, {
		templates,
		unsubscribeUrl: context.getNodeParameter('unsubscribeUrl', itemIndex) as string,
		allowEverybody: context.getNodeParameter('allowEverybody', itemIndex) as boolean,
	});
	if (!definition) {
		const known = templates.map(({ id }) => `"${id}"`).join(', ');
		throw new NodeOperationError(
			context.getNode(),
			`There is no template "${requested.template_id}"`,
			{
				itemIndex,
				description: known
					? `Templates of this node: ${known}. Add the one that the campaign asks for.`
					: 'Add it under Templates.',
			},
		);
	}
	checkSender(definition.from);
	checkReplyTo(context, itemIndex, definition.replyTo);
	unsubscribeUrl(definition.unsubscribeUrl, '');
	checkTemplate(context, itemIndex, definition.template);
	const campaign = {
		campaignId: requested.campaign_id,
		companyId: requested.company_id,
		correlationId: trail.correlationId,
		definition,
		definitionHash: definitionHash(definition),
	};
	return {
		campaign,
		correlationId: trail.correlationId,
		stateStore: {
			open: { ...openCampaign(campaign) },
		},
	};
};

function checkReplyTo(context: IExecuteFunctions, itemIndex: number, address?: string): void {
	if (address === undefined || 'value' in attempt(() => checkSender(address))) return;
	throw new NodeOperationError(context.getNode(), 'reply_to is no address', {
		itemIndex,
		description: 'Give an address such as sales@company.com, or Name <sales@company.com>.',
	});
}

const SHOWN_PARTS: Record<MailPart, string> = { subject: 'Subject', html: 'HTML', text: 'Text' };

function checkTemplate(context: IExecuteFunctions, itemIndex: number, template: Template): void {
	const compiled = attempt(() => compileTemplate(template));
	if ('value' in compiled) return;
	if (!(compiled.failure instanceof TemplateError)) throw compiled.failure;
	const { message, part, line, column, hint } = compiled.failure;
	throw new NodeOperationError(
		context.getNode(),
		`${message} (template "${template.id}", ${SHOWN_PARTS[part]}, line ${line}, column ${column})`,
		{ itemIndex, description: hint },
	);
}

function readTemplates(
	context: IExecuteFunctions,
	itemIndex: number,
	templateId: string,
): Template[] {
	const { template } = context.getInputData()[itemIndex]!.json;
	if (typeof template === 'object' && template !== null && !Array.isArray(template)) {
		const { subject, html, text } = template as Record<string, unknown>;
		return [
			{
				id: templateId,
				subject: String(subject ?? ''),
				html: String(html ?? ''),
				...(typeof text === 'string' && { text }),
			},
		];
	}
	const { template: defined = [] } = context.getNodeParameter('templates', itemIndex) as {
		template?: Template[];
	};
	return defined;
}

export const open: Operation = { resource: 'campaign', operation: 'open', description, execute };
