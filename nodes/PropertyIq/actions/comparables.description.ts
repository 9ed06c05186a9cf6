import type { IDisplayOptions, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { comparable, type Comparable, toComparable } from '../../shared/contracts/comparable';
import type { EnrichProperty } from '../../shared/contracts/enrichProperty';
import { jsonParameter } from '../../shared/n8n/jsonParameter';
import { readContract } from '../../shared/n8n/readContract';

const rows = z.array(comparable).max(10_000);

const COMPARABLES_JSON = {
	name: 'comparablesJson',
	displayName: 'Comparables (JSON)',
	example: '[{ "price": 5000000, "floor_area_sqm": 80, "beds": 2 }]',
};

const FROM_LISTING = {
	name: 'From the Listing',
	value: 'listing',
	description: 'The field "comparables" of the listing itself',
};
const FROM_JSON = {
	name: 'From JSON',
	value: 'json',
	description: 'A list, such as the rows of a database node before this one',
};
const FROM_ITEMS = {
	name: 'From Input Items',
	value: 'items',
	description: 'Every input item is a comparable; the listing is given below',
};

/** The parameters that say where comparables come from. `items` makes the input the comparables. */
export function comparablesProperties(
	{ show }: IDisplayOptions,
	{ items }: { items: boolean },
): INodeProperties[] {
	return [
		{
			displayName: 'Comparables',
			name: 'comparablesFrom',
			type: 'options',
			default: 'listing',
			options: items ? [FROM_ITEMS, FROM_JSON, FROM_LISTING] : [FROM_JSON, FROM_LISTING],
			description: 'Similar properties with their prices. Three are the least for an estimate.',
			displayOptions: { show },
		},
		{
			displayName: COMPARABLES_JSON.displayName,
			name: COMPARABLES_JSON.name,
			type: 'json',
			default: '[]',
			placeholder: `e.g. ${COMPARABLES_JSON.example}`,
			description:
				"Each with a price, and as far as known floor_area_sqm, beds, baths, latitude, longitude, sold_date, city. RentCast's own field names work too.",
			displayOptions: { show: { ...show, comparablesFrom: ['json'] } },
		},
	];
}

/** The comparables of an item, brought to one shape. Throws naming the rows at fault. */
export function readComparables(
	context: IExecuteFunctions,
	itemIndex: number,
	listing: Partial<EnrichProperty>,
): Comparable[] {
	const from = context.getNodeParameter('comparablesFrom', itemIndex) as string;
	const given =
		from === 'items'
			? context.getInputData().map(({ json }) => json)
			: from === 'json'
				? jsonParameter(context, itemIndex, COMPARABLES_JSON)
				: (listing.comparables ?? []);
	return readContract(context, itemIndex, rows, given, 'list of comparables').map(toComparable);
}
