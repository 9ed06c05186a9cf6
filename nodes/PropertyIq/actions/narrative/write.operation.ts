import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { factsOf } from '../../enrichment/enrichListing';
import { findings } from '../../enrichment/findings';
import { writeNarrative } from '../../narrative/writeNarrative';
import { readContract } from '../../../shared/n8n/readContract';
import { listingField, readListing } from '../listing.description';
import { readWriting, WRITING_OPTIONS } from '../writing.description';

const displayOptions = { show: { resource: ['narrative'], operation: ['write'] } };

const description: INodeProperties[] = [
	{ ...listingField, displayOptions },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options: WRITING_OPTIONS,
	},
];

const execute: Execute = async (context, itemIndex, _run, trail) => {
	const listing = readListing(context, itemIndex);
	const { json } = context.getInputData()[itemIndex]!;
	const { estimate, neighborhood } = readContract(context, itemIndex, findings, json, 'item');
	const options = context.getNodeParameter('options', itemIndex) as IDataObject;
	const narrative = await writeNarrative({
		...(await readWriting(context, itemIndex, options)),
		factSheet: factsOf(listing, estimate, neighborhood),
		...(listing.description && { description: listing.description }),
	});
	return {
		...json,
		event: listing,
		correlationId: trail.correlationId,
		narrative: { ...narrative } as unknown as IDataObject,
	};
};

/** A narrative that says only what the listing, the estimate and the neighbourhood bear out. */
export const write: Operation = { resource: 'narrative', operation: 'write', description, execute };
