import { randomUUID } from 'node:crypto';

import { type INodeProperties, NodeOperationError } from 'n8n-workflow';

import { claimOptions, readClaimOptions } from '../../../shared/n8n/claimOptions';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { claimEvent } from '../../../shared/stateStore/claim';
import { leadKey } from '../../../shared/stateStore/key';
import { isTableName } from '../../../shared/stateStore/lookUp';
import { leadField, readLead } from '../lead.description';

const displayOptions = { show: { resource: ['lead'], operation: ['claim'] } };

/** A lead is created once, so that a repeat is one even after weeks. */
const LEAD = { what: 'lead', repeatWindowHours: 720 };

const description: INodeProperties[] = [
	{ ...leadField, displayOptions },
	{
		displayName: 'Options',
		name: 'claimOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options: [
			...claimOptions(LEAD),
			{
				displayName: 'Look Up Preferences In',
				name: 'preferencesTable',
				type: 'string',
				default: '',
				placeholder: 'e.g. crm_lead',
				description:
					'A table of the same database with a row per lead: its column ID is the lead_id, and columns such as budget_max, preferred_city and beds become the preferences',
			},
			{
				displayName: 'Look Up Property In',
				name: 'propertyTable',
				type: 'string',
				default: '',
				placeholder: 'e.g. listings_property',
				description:
					'A table of the same database with a row per listing: its column ID is the property_id, and columns such as price_amount, currency, city and neighborhood become the property',
			},
		].sort((a, b) => a.displayName.localeCompare(b.displayName)) as INodeProperties[],
	},
];

interface LookUpOptions {
	preferencesTable?: string;
	propertyTable?: string;
}

/** Makes the statement that a Postgres node runs to claim the lead and to look up what is known. */
const execute: Execute = async (context, itemIndex, _run, trail) => {
	const lead = readLead(context, itemIndex);
	const options = context.getNodeParameter('claimOptions', itemIndex) as LookUpOptions;
	const lookUps = [
		{ as: 'preferences', table: options.preferencesTable ?? '', id: lead.lead_id },
		{ as: 'property', table: options.propertyTable ?? '', id: lead.property_id ?? '' },
	].filter(({ table }) => table !== '');
	const unusable = lookUps.find(({ table }) => !isTableName(table));
	if (unusable) {
		throw new NodeOperationError(context.getNode(), `"${unusable.table}" is no name of a table`, {
			itemIndex,
			description: `Correct the option Look Up ${unusable.as === 'property' ? 'Property' : 'Preferences'} In: a table, or schema and table with a dot between.`,
		});
	}
	const statement = claimEvent({
		eventKey: leadKey(lead),
		flow: trail.flow,
		correlationId: trail.correlationId,
		leaseToken: randomUUID(),
		...readClaimOptions(context, itemIndex, 'claimOptions', LEAD),
		event: lead,
		answerScopes: [],
		lookUps,
	});
	return {
		event: lead,
		correlationId: trail.correlationId,
		stateStore: { claim: { ...statement } },
	};
};

export const claim: Operation = { resource: 'lead', operation: 'claim', description, execute };
