import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	NodeOperationError,
} from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { type OpenedCampaign, templateData } from '../../definition';
import { countBy } from '../../delivery/countBy';
import { selectForCampaign } from '../../delivery/selectForCampaign';
import type { Recipient } from '../../delivery/selectRecipients';
import { enrollRecipients } from '../../ledger/enroll';
import { attempt } from '../../rendering/attempt';
import { compileTemplate } from '../../rendering/compileTemplate';
import type { CompiledTemplate } from '../../rendering/mailTemplate';
import { campaignProperty, readCampaign } from '../campaign.description';
import { peopleProperty, readPeople, readPersonFields } from '../people.description';

const displayOptions = { show: { resource: ['audience'], operation: ['enroll'] } };

/** How many mails of a page are rendered for a try. */
const TRIED_MAILS = 3;
const ANY_LINK = '#';

const description: INodeProperties[] = [
	{ ...campaignProperty, displayOptions },
	{ ...peopleProperty, displayOptions },
	{
		displayName: 'If a Template Variable Is Missing',
		name: 'ifMissing',
		type: 'options',
		default: 'stop',
		options: [
			{
				name: 'Leave the Person Out',
				value: 'leaveOut',
				description: 'Everybody else gets the mail, and the person is counted',
			},
			{
				name: 'Stop the Campaign',
				value: 'stop',
				description: 'Before anything is sent, with the names of the variables',
			},
		],
		displayOptions,
	},
	{
		displayName: 'Options',
		name: 'enrollOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options: [
			{
				displayName: 'Allow Nobody',
				name: 'allowNobody',
				type: 'boolean',
				default: false,
				description:
					'Whether a campaign that nobody matches is finished with no mail. Otherwise it stops with an error.',
			},
			{
				displayName: 'Everybody Is Here',
				name: 'isComplete',
				type: 'boolean',
				default: false,
				description:
					'Whether the items are the whole audience. Otherwise enrolling goes on until a page is empty.',
			},
		],
	},
];

/** Puts a page of the audience into the ledger: who gets the mail, and who is left out and why. */
const execute: Execute = async (context) => {
	const campaign = readCampaign(context, 0);
	const { campaignId, correlationId, definition, definitionHash } = campaign;
	const { cursor: previousCursor = null } = campaign;
	const { allowNobody, isComplete } = context.getNodeParameter('enrollOptions', 0) as {
		allowNobody?: boolean;
		isComplete?: boolean;
	};
	const rows = readPeople(context);
	if (previousCursor === null) checkSize(context, rows, { allowNobody, ...definition });

	const fields = readPersonFields(context);
	const template = compileTemplate(definition.template);
	const { recipients, leftOut } = selectForCampaign(rows, fields, template, campaign);
	if (context.getNodeParameter('ifMissing', 0) === 'stop') checkVariables(context, leftOut, rows);
	checkTemplate(template, campaign, recipients);

	return {
		campaignId,
		correlationId,
		read: rows.length,
		leftOut: countBy(leftOut, ({ reason }) => reason),
		stateStore: {
			enroll: {
				...enrollRecipients({
					campaignId,
					definitionHash,
					recipients,
					leftOut,
					previousCursor,
					cursor: rows.length > 0 ? lastKey(context, rows, fields.idField) : previousCursor,
					isLast: isComplete === true || rows.length === 0,
				}),
			},
		},
	};
};

/** Nobody and everybody are mistakes until somebody says that they are not. */
function checkSize(
	context: IExecuteFunctions,
	rows: IDataObject[],
	{ allowNobody, allowEverybody }: { allowNobody?: boolean; allowEverybody: boolean },
): void {
	const [first] = rows;
	if (!first && !allowNobody) {
		throw new NodeOperationError(context.getNode(), 'The query matches nobody', {
			description:
				'Check the query and the company. Where that is right, switch on the option Allow Nobody.',
		});
	}
	const [matching, everybody] = [Number(first?.matching), Number(first?.everybody)];
	if (allowEverybody || !(everybody > 0 && matching >= everybody)) return;
	throw new NodeOperationError(
		context.getNode(),
		`The query matches everybody: ${everybody} of ${everybody} people`,
		{
			description:
				'Narrow the query, or say yes to it: allow_everybody in the campaign, or Allow Everybody in the node that opens it.',
		},
	);
}

function checkVariables(
	context: IExecuteFunctions,
	leftOut: ReturnType<typeof selectForCampaign>['leftOut'],
	rows: IDataObject[],
): void {
	const missing = leftOut.filter(({ reason }) => reason === 'missing_variables');
	if (missing.length === 0) return;
	const counts = countBy(
		missing.flatMap(({ missing: names = [] }) => names),
		(name) => name,
	);
	const names = Object.entries(counts).map(([name, count]) => `${name} (${count})`);
	throw new NodeOperationError(
		context.getNode(),
		`The template shows what ${missing.length} of ${rows.length} people do not have: ${names.join(', ')}`,
		{
			description:
				'Nothing was sent. Fill in the data, give the variable a default in the template ({{ first_name | default: "there" }}), or choose to leave these people out.',
		},
	);
}

/** A template that fails for one person after the other is found out before anybody has a mail. */
function checkTemplate(
	template: CompiledTemplate,
	campaign: OpenedCampaign,
	recipients: readonly Recipient[],
): void {
	const tried = recipients
		.slice(0, TRIED_MAILS)
		.map(({ data }) => attempt(() => template.render(templateData(campaign, data, ANY_LINK))));
	const [first] = tried;
	if (first && 'failure' in first && tried.every((each) => 'failure' in each)) throw first.failure;
}

function lastKey(context: IExecuteFunctions, rows: IDataObject[], idField: string): string {
	const key = rows.at(-1)?.[idField];
	if (typeof key === 'string' || typeof key === 'number') return String(key);
	throw new NodeOperationError(context.getNode(), `The items have no key in "${idField}"`, {
		description: 'Name the key column of the audience in ID Field.',
	});
}

export const enroll: Operation = {
	resource: 'audience',
	operation: 'enroll',
	description,
	execute,
	takesAllItems: () => true,
};
