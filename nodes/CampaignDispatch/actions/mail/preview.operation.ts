import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { templateData } from '../../definition';
import { selectForCampaign } from '../../delivery/selectForCampaign';
import { countBy } from '../../delivery/countBy';
import { unsubscribeUrl } from '../../delivery/unsubscribe';
import { attempt } from '../../rendering/attempt';
import { compileTemplate } from '../../rendering/compileTemplate';
import type { CompiledTemplate } from '../../rendering/mailTemplate';
import { TemplateError } from '../../rendering/templateError';
import { campaignProperty, readCampaign } from '../campaign.description';
import { peopleProperty, readPeople, readPersonFields } from '../people.description';

const displayOptions = { show: { resource: ['mail'], operation: ['preview'] } };

/** Nobody signed it, so that nobody can be unsubscribed through a preview. */
const PREVIEW_TOKEN = 'preview';

const description: INodeProperties[] = [
	{ ...campaignProperty, displayOptions },
	{ ...peopleProperty, displayOptions },
	{
		displayName: 'Mails',
		name: 'count',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 3,
		description: 'How many mails to render',
		displayOptions,
	},
];

/** Renders some mails for the people that come in and counts who is left out, sending nothing. */
const execute: Execute = async (context) => {
	const campaign = readCampaign(context, 0);
	const rows = readPeople(context);
	const template = compileTemplate(campaign.definition.template);
	const { recipients, leftOut } = selectForCampaign(
		rows,
		readPersonFields(context),
		template,
		campaign,
	);
	const shown = recipients.slice(0, context.getNodeParameter('count', 0) as number);
	const link = unsubscribeUrl(campaign.definition.unsubscribeUrl, PREVIEW_TOKEN);
	const pathsOf = (isRequired: boolean) =>
		template.variables.filter((each) => each.required === isRequired).map(({ path }) => path);
	return {
		campaignId: campaign.campaignId,
		correlationId: campaign.correlationId,
		read: rows.length,
		recipients: recipients.length,
		leftOut: countBy(leftOut, ({ reason }) => reason),
		missing: countBy(
			leftOut.flatMap(({ missing = [] }) => missing),
			(name) => name,
		),
		variables: { required: pathsOf(true), optional: pathsOf(false) },
		hasUnsubscribeLink: template.variables.some(({ path }) => path === 'unsubscribe_url'),
		mails: shown.map(({ email, data }) => ({
			from: campaign.definition.from,
			to: email,
			...rendered(template, templateData(campaign, data, link)),
		})) as IDataObject[],
	};
};

/** The mail, or why the data of this person breaks the template. */
function rendered(template: CompiledTemplate, data: Record<string, unknown>): object {
	const mail = attempt(() => template.render(data));
	if ('value' in mail) return mail.value;
	if (!(mail.failure instanceof TemplateError)) throw mail.failure;
	const { message, hint } = mail.failure;
	return { problem: `${message}. ${hint}` };
}

export const preview: Operation = {
	resource: 'mail',
	operation: 'preview',
	description,
	execute,
	takesAllItems: () => true,
};
