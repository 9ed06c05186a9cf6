import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	NodeOperationError,
} from 'n8n-workflow';

import { leadCreated } from '../../../shared/contracts/leadCreated';
import { META_CREDENTIAL } from '../../../shared/n8n/metaCredential';
import type { Execute, Operation, Run } from '../../../shared/n8n/operation';
import { readContract } from '../../../shared/n8n/readContract';
import { requiredText } from '../../../shared/n8n/requiredText';
import { noteAttempts, type Trail } from '../../../shared/stateStore/trail';
import { metaRetries } from '../../../shared/vendors/meta';
import {
	type LeadForm,
	leadFormRequest,
	readLeadForm,
} from '../../../shared/vendors/meta/leadForm';
import { readRetryWaits, retryMinutesProperty } from '../../../shared/n8n/retryMinutes';
import { formOfRow } from '../../leadForm/formOfRow';
import { type LeadField, questionKey } from '../../leadForm/leadFields';
import { leadFrom } from '../../leadForm/leadFrom';
import { eventField, readTakenEvent } from '../eventField.description';
import { settleTaken } from '../../handling/settleTaken';

const show = { resource: ['leadForm'], operation: ['get'] };

const description: INodeProperties[] = [
	{
		displayName: 'Answers',
		name: 'source',
		type: 'options',
		default: 'meta',
		options: [
			{
				name: 'From Meta',
				value: 'meta',
				description: 'Fetched with the token of the Page that the event names',
			},
			{
				name: 'From the Item',
				value: 'item',
				description:
					'The item is what Graph answers about a lead, or a row of the CSV file that Meta offers',
			},
		],
		displayOptions: { show },
	},
	{ ...eventField, displayOptions: { show: { ...show, source: ['meta'] } } },
	{
		displayName: 'Company ID',
		name: 'companyId',
		type: 'string',
		default: '',
		description: "The platform's company that the lead belongs to, unless the Page says otherwise",
		displayOptions: { show },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'Companies of Pages',
				name: 'companies',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				placeholder: 'Add Page',
				options: [
					{
						displayName: 'Page',
						name: 'page',
						values: [
							{ displayName: 'Page ID', name: 'pageId', type: 'string', default: '' },
							{ displayName: 'Company ID', name: 'companyId', type: 'string', default: '' },
						],
					},
				],
			},
			{
				displayName: 'Consent',
				name: 'consent',
				type: 'boolean',
				default: true,
				description:
					'Whether a person who sends the form agrees to be contacted. Say so in the form itself.',
			},
			{
				displayName: 'Questions',
				name: 'questions',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				placeholder: 'Add question',
				description:
					"Where the answers to your own questions go. Meta's own are known; all others go into the message.",
				options: [
					{
						displayName: 'Question',
						name: 'question',
						values: [
							{
								displayName: 'Goes Into',
								name: 'field',
								type: 'options',
								default: 'message',
								options: [
									{ name: 'Areas', value: 'areas' },
									{ name: 'Beds', value: 'beds' },
									{ name: 'Budget From', value: 'budget_min' },
									{ name: 'Budget up To', value: 'budget_max' },
									{ name: 'City', value: 'preferred_city' },
									{ name: 'Email', value: 'email' },
									{ name: 'First Name', value: 'first_name' },
									{ name: 'Full Name', value: 'full_name' },
									{ name: 'Last Name', value: 'last_name' },
									{ name: 'Message', value: 'message' },
									{ name: 'Nowhere', value: 'ignore' },
									{ name: 'Phone', value: 'phone' },
									{ name: 'Property ID', value: 'property_id' },
									{ name: 'Property Type', value: 'property_type' },
								],
							},
							{
								displayName: 'Question',
								name: 'question',
								type: 'string',
								default: '',
								placeholder: 'e.g. What is your budget?',
							},
						],
					},
				],
			},
			retryMinutesProperty,
		],
	},
];

interface Options {
	companies?: { page?: Array<{ pageId: string; companyId: string }> };
	consent?: boolean;
	questions?: { question?: Array<{ question: string; field: LeadField }> };
}

/** Gets what a person answered in a lead form, as the lead that the platform's lead flow takes. */
const execute: Execute = async (context, itemIndex, run, trail) => {
	const { form, pageId, ...rest } =
		context.getNodeParameter('source', itemIndex) === 'item'
			? { form: formOfItem(context, itemIndex), pageId: '' }
			: await fetchForm(context, itemIndex, run, trail);
	const {
		companies,
		consent = true,
		questions,
	} = context.getNodeParameter('options', itemIndex) as Options;
	const byPage = companies?.page?.find((page) => page.pageId.trim() === pageId)?.companyId.trim();
	const companyId =
		byPage ||
		requiredText(context, itemIndex, {
			name: 'companyId',
			displayName: 'Company ID',
			advice: "Give the platform's company that leads of this Page belong to.",
		});
	const fields = (questions?.question ?? []).map(({ question, field }): [string, LeadField] => [
		questionKey(question),
		field,
	]);
	const lead = leadFrom(form, { companyId, consent, fields: new Map(fields) });
	return {
		event: readContract(context, itemIndex, leadCreated, lead, 'lead') as IDataObject,
		leadForm: aboutForm(form),
		correlationId: trail.correlationId,
		...rest,
	};
};

async function fetchForm(context: IExecuteFunctions, itemIndex: number, run: Run, trail: Trail) {
	const taken = readTakenEvent(context, itemIndex);
	const { statements } = settleTaken(taken, trail, readRetryWaits(context, itemIndex));
	const { event } = taken;
	if (!event.leadForm) {
		throw new NodeOperationError(context.getNode(), 'The event is about no lead form', {
			itemIndex,
			description: 'Take events of the kind lead_form from the inbox, or filter for them.',
		});
	}
	const { leadgenId, pageId } = event.leadForm;
	const send = await run.send(META_CREDENTIAL, itemIndex, {
		...metaRetries,
		onAttempt: noteAttempts(trail, 'lead-form', 'meta'),
	});
	const form = readLeadForm(await send(leadFormRequest(leadgenId, pageId)), Date.now());
	return {
		form,
		pageId,
		notice: { ...event } as unknown as IDataObject,
		...statements('handed_to_lead_flow'),
	};
}

/** What Meta says about the form; what the person answered is in the lead. */
function aboutForm({ id, createdAt, formId, adId, platform, isOrganic }: LeadForm): IDataObject {
	return { id, createdAt, formId, adId, platform, isOrganic };
}

function formOfItem(context: IExecuteFunctions, itemIndex: number): LeadForm {
	const form = formOfRow(context.getInputData()[itemIndex]!.json);
	if (form) return form;
	throw new NodeOperationError(context.getNode(), 'The item has no lead: its "id" is missing', {
		itemIndex,
		description: 'Give what Graph answers about a lead, or a row of the file that Meta offers.',
	});
}

export const get: Operation = { resource: 'leadForm', operation: 'get', description, execute };
