import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { jsonParameter } from '../../shared/n8n/jsonParameter';
import { readContract } from '../../shared/n8n/readContract';
import { findings, type Findings } from '../enrichment/findings';
import { listingField, partialListing, readPartialListing } from './listing.description';

const LISTING_JSON = {
	name: 'listingJson',
	displayName: 'Listing (JSON)',
	example: '{ "city": "Taguig", "floor_area_sqm": 80, "beds": 2 }',
};

/** Where the listing comes from when the items may be the comparables. */
export function listingProperties(shown: Record<string, string[]>): INodeProperties[] {
	return [
		{
			...listingField,
			displayOptions: { show: { ...shown, comparablesFrom: ['json', 'listing'] } },
		},
		{
			displayName: LISTING_JSON.displayName,
			name: LISTING_JSON.name,
			type: 'json',
			default: '{}',
			placeholder: `e.g. ${LISTING_JSON.example}`,
			description: 'The property that the comparables are compared with',
			displayOptions: { show: { ...shown, comparablesFrom: ['items'] } },
		},
	];
}

/** The listing, from the item or, where the items are comparables, from its own parameter. */
export function readSubjectListing(context: IExecuteFunctions, itemIndex: number) {
	if (!itemsAreComparables(context)) return readPartialListing(context, itemIndex);
	const listing = jsonParameter(context, itemIndex, LISTING_JSON);
	return readContract(context, itemIndex, partialListing, listing, 'listing');
}

export function itemsAreComparables(context: IExecuteFunctions): boolean {
	return context.getNodeParameter('comparablesFrom', 0) === 'items';
}

/** What earlier steps found out about the listing, such as Get Market Data. */
export function earlierFindings(context: IExecuteFunctions, itemIndex: number): Findings {
	const parsed = findings.safeParse(passedOn(context, itemIndex));
	return parsed.success ? parsed.data : {};
}

/** What earlier steps put into the item; nothing where the items are comparables. */
export function passedOn(context: IExecuteFunctions, itemIndex: number): IDataObject {
	return itemsAreComparables(context) ? {} : context.getInputData()[itemIndex]!.json;
}
