import { type IExecuteFunctions, type INodeProperties, NodeOperationError } from 'n8n-workflow';

import { readOnce } from '../../shared/n8n/readOnce';
import { CRMS } from '../../shared/vendors/crm';
import type { CrmAdapter, CrmKey, CrmSettings } from '../../shared/vendors/crm/port';
import { checkMappings, FIELD_SOURCES, type FieldMapping, type FieldSource } from '../fieldMapping';

/** The choice that pushes nowhere and says so to the platform. */
export const NO_CRM = 'none';

const FIRST_CRM: CrmKey = 'hubspot';
const FIRST_SOURCE: FieldSource = 'score';

/** Which CRM, and how a lead is to look there, for every operation that pushes. */
export function crmProperties(show: Record<string, string[]>): INodeProperties[] {
	const chosen = { ...show, crm: Object.keys(CRMS) };
	return [
		{
			displayName: 'CRM',
			name: 'crm',
			type: 'options',
			default: FIRST_CRM,
			options: [
				...Object.values(CRMS).map(({ key, name }) => ({ name, value: key })),
				{
					name: 'None (Skip)',
					value: NO_CRM,
					description: 'Pushes nothing and tells the platform that the lead was skipped, and why',
				},
			],
			displayOptions: { show },
		},
		{
			displayName: 'Skip Reason',
			name: 'skipReason',
			type: 'string',
			default: 'No CRM is set up for this company',
			displayOptions: { show: { ...show, crm: [NO_CRM] } },
		},
		{
			displayName: 'Lead ID Field',
			name: 'leadIdField',
			type: 'string',
			default: '',
			placeholder: 'e.g. PropertyIQ_Lead_Id__c',
			description:
				"The CRM's own field for the platform's lead ID: a HubSpot contact property with unique values, a unique external ID of Salesforce's Lead, the key of a Pipedrive person field. Without it people are matched by e-mail, else by phone.",
			displayOptions: { show: chosen },
		},
		{
			displayName: 'Field Mapping',
			name: 'fieldMapping',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Field',
			default: {},
			description: 'Fields of your own in the CRM, such as one for the score',
			displayOptions: { show: chosen },
			options: [
				{
					displayName: 'Field',
					name: 'fields',
					values: [
						{
							displayName: 'CRM Field',
							name: 'field',
							type: 'string',
							default: '',
							required: true,
							placeholder: 'e.g. lead_score',
							description: "The field's internal name in the CRM",
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'options',
							default: FIRST_SOURCE,
							options: [
								...Object.entries(FIELD_SOURCES).map(([value, name]) => ({ name, value })),
								{ name: 'Other Value', value: 'other' },
							],
						},
						{
							displayName: 'Other Value',
							name: 'other',
							type: 'string',
							default: '',
							displayOptions: { show: { value: ['other'] } },
						},
					],
				},
			],
		},
		{
			displayName: 'CRM Options',
			name: 'crmOptions',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			displayOptions: { show: chosen },
			options: [
				{
					displayName: 'API Version',
					name: 'apiVersion',
					type: 'string',
					default: '',
					placeholder: 'e.g. 2026-09 for HubSpot, v64.0 for Salesforce',
					displayOptions: { show: { '/crm': ['hubspot', 'salesforce'] } },
				},
				{
					displayName: 'Company Name for Private People',
					name: 'companyPlaceholder',
					type: 'string',
					default: 'Individual',
					description: 'Salesforce insists on a company',
					displayOptions: { show: { '/crm': ['salesforce'] } },
				},
				{
					displayName: 'Has Campaigns Add-On',
					name: 'hasCampaigns',
					type: 'boolean',
					default: false,
					description:
						'Whether to set the marketing status of people without consent. Pipedrive refuses it in accounts without the add-on.',
					displayOptions: { show: { '/crm': ['pipedrive'] } },
				},
				{
					displayName: 'Owner ID',
					name: 'ownerId',
					type: 'string',
					default: '',
					description: 'The user of the CRM who gets the lead and its task',
				},
			],
		},
	];
}

/** What a person chose for the CRM; without an adapter the lead is skipped. */
export type CrmChoice =
	{ adapter: CrmAdapter; mappings: FieldMapping[]; settings: CrmSettings } | { skipReason: string };

/** The CRM that a node's parameters describe. Throws where its field mapping makes no sense. */
export const readCrm = readOnce((context, itemIndex): CrmChoice => {
	const crm = context.getNodeParameter('crm', itemIndex) as string;
	if (crm === NO_CRM) {
		return { skipReason: context.getNodeParameter('skipReason', itemIndex) as string };
	}
	const adapter = CRMS[crm as CrmKey];
	if (!adapter) {
		throw new NodeOperationError(context.getNode(), `There is no CRM "${crm}"`, {
			itemIndex,
			description: `Choose one in the parameter CRM: ${Object.keys(CRMS).join(', ')} or ${NO_CRM}.`,
		});
	}
	const leadIdField = (context.getNodeParameter('leadIdField', itemIndex) as string).trim();
	const options = context.getNodeParameter('crmOptions', itemIndex) as Partial<CrmSettings>;
	return {
		adapter,
		mappings: readMappings(context, itemIndex, leadIdField),
		settings: {
			...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== '')),
			...(leadIdField && { leadIdField }),
		},
	};
});

function readMappings(
	context: IExecuteFunctions,
	itemIndex: number,
	leadIdField: string,
): FieldMapping[] {
	const { fields = [] } = context.getNodeParameter('fieldMapping', itemIndex) as {
		fields?: FieldMapping[];
	};
	const problems = checkMappings(fields, leadIdField);
	if (problems.length === 0) return fields;
	throw new NodeOperationError(context.getNode(), 'The Field Mapping makes no sense', {
		itemIndex,
		description: problems.join('; '),
	});
}
