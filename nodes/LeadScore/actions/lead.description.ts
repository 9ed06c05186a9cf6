import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	leadCreated,
	type LeadCreated,
	type LeadPreferences,
	leadPreferences,
	leadProperty,
	type LeadProperty,
} from '../../shared/contracts/leadCreated';
import { eventIn, readContract } from '../../shared/n8n/readContract';
import { readOnce } from '../../shared/n8n/readOnce';

export const leadField: INodeProperties = {
	displayName: 'Lead Field',
	name: 'leadField',
	type: 'string',
	default: 'event',
	description:
		'The input field that holds the lead, as the trigger puts it into "event". Where the item has no such field, the item itself is the lead.',
};

/** A lead with what the item knows beside it: the listing, and what the person is looking for. */
export interface LeadItem {
	lead: LeadCreated;
	property?: LeadProperty;
	preferences?: LeadPreferences;
}

const leadFieldOf = readOnce(
	(context, itemIndex) => context.getNodeParameter('leadField', itemIndex) as string,
);

/** The lead of an item, complete. Throws an error that names the fields at fault. */
export function readLead(context: IExecuteFunctions, itemIndex: number): LeadCreated {
	const { json } = context.getInputData()[itemIndex]!;
	const event = eventIn(json, leadFieldOf(context, itemIndex));
	return readContract(context, itemIndex, leadCreated, event, 'lead');
}

/** The lead, and the fields "property" and "preferences" that a look-up may have put beside it. */
export function readLeadItem(context: IExecuteFunctions, itemIndex: number): LeadItem {
	const lead = readLead(context, itemIndex);
	const { property, preferences } = context.getInputData()[itemIndex]!.json;
	return {
		lead,
		...(isObject(property) && {
			property: readContract(context, itemIndex, leadProperty, property, 'property'),
		}),
		...(isObject(preferences) && {
			preferences: readContract(context, itemIndex, leadPreferences, preferences, 'preferences'),
		}),
	};
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
