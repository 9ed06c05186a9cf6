import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	NodeOperationError,
} from 'n8n-workflow';
import type { z } from 'zod';

import { checkContract, describeProblems } from '../../shared/contracts/check';
import { enrichProperty } from '../../shared/contracts/enrichProperty';

/** A listing of which any part may be unknown, for the steps that need only some of it. */
const partialListing = enrichProperty.partial();

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
	return read(context, itemIndex, enrichProperty, listingOf(context, itemIndex));
}

/** The listing of an item, with whatever it has. */
export function readPartialListing(context: IExecuteFunctions, itemIndex: number) {
	return read(context, itemIndex, partialListing, listingOf(context, itemIndex));
}

/** Holds a value against a contract and turns what is wrong into an error a person can act on. */
export function read<S extends z.ZodTypeAny>(
	context: IExecuteFunctions,
	itemIndex: number,
	contract: S,
	value: unknown,
	what = 'listing',
): z.infer<S> {
	const checked = checkContract(contract, value);
	if (checked.ok) return checked.value;
	throw new NodeOperationError(context.getNode(), `The ${what} does not keep to its contract`, {
		itemIndex,
		description: describeProblems(checked.problems),
	});
}

function listingOf(context: IExecuteFunctions, itemIndex: number): unknown {
	const field = context.getNodeParameter('listingField', itemIndex) as string;
	const { json } = context.getInputData()[itemIndex]!;
	return (json as IDataObject)[field] ?? json;
}
