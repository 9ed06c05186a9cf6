import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { enrichProperty } from '../../shared/contracts/enrichProperty';
import { eventIn, readContract } from '../../shared/n8n/readContract';

/** A listing of which any part may be unknown, for the steps that need only some of it. */
export const partialListing = enrichProperty.partial();

export const listingField: INodeProperties = {
	displayName: 'Listing Field',
	name: 'listingField',
	type: 'string',
	default: 'event',
	description:
		'The input field that holds the listing, as the trigger puts it into "event". Where the item has no such field, the item itself is the listing.',
};

/** The listing of an item, complete. Throws an error that names the fields at fault. */
export function readListing(context: IExecuteFunctions, itemIndex: number) {
	return readContract(context, itemIndex, enrichProperty, listingOf(context, itemIndex), 'listing');
}

/** The listing of an item, with whatever it has. */
export function readPartialListing(context: IExecuteFunctions, itemIndex: number) {
	return readContract(context, itemIndex, partialListing, listingOf(context, itemIndex), 'listing');
}

function listingOf(context: IExecuteFunctions, itemIndex: number): unknown {
	const field = context.getNodeParameter('listingField', itemIndex) as string;
	return eventIn(context.getInputData()[itemIndex]!.json, field);
}
