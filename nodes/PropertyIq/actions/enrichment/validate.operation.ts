import { type IDataObject, type INodeProperties, NodeOperationError } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { toCallback } from '../../enrichment/callback';
import { findings } from '../../enrichment/findings';
import { validateEnrichment } from '../../enrichment/validate';
import { readContract } from '../../../shared/n8n/readContract';
import { listingField, readListing } from '../listing.description';

const displayOptions = { show: { resource: ['enrichment'], operation: ['validate'] } };

const description: INodeProperties[] = [{ ...listingField, displayOptions }];

const execute: Execute = async (context, itemIndex, _run, trail) => {
	const listing = readListing(context, itemIndex);
	const { json } = context.getInputData()[itemIndex]!;
	const { estimate, neighborhood, narrative } = readContract(
		context,
		itemIndex,
		findings,
		json,
		'item',
	);
	if (!estimate || !neighborhood || !narrative) {
		throw new NodeOperationError(context.getNode(), 'The item is not an enrichment yet', {
			itemIndex,
			description:
				'Put an estimate, a neighborhood and a narrative into it first: the operations Estimate From Comparables, Analyze and Write do.',
		});
	}
	return {
		...json,
		event: listing,
		correlationId: trail.correlationId,
		quality: {
			...validateEnrichment(listing, estimate, neighborhood, narrative),
		} as unknown as IDataObject,
		callback: toCallback(listing.property_id, estimate, neighborhood, narrative.text, new Date()),
	};
};

/** Holds an enrichment that was made step by step against its listing, and makes its callback. */
export const validate: Operation = {
	resource: 'enrichment',
	operation: 'validate',
	description,
	execute,
};
