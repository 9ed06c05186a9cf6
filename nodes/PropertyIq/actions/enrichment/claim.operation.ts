import { randomUUID } from 'node:crypto';

import type { INodeProperties } from 'n8n-workflow';

import { claimOptions, readClaimOptions } from '../../../shared/n8n/claimOptions';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { claimEvent } from '../../../shared/stateStore/claim';
import { enrichmentKey } from '../../../shared/stateStore/key';
import { answerScopes } from '../../enrichment/marketScopes';
import { listingField, readListing } from '../listing.description';

const displayOptions = { show: { resource: ['enrichment'], operation: ['claim'] } };

/** The same listing in the same state is one request. */
const REQUEST = { what: 'request', repeatWindowHours: 24 };

const description: INodeProperties[] = [
	{ ...listingField, displayOptions },
	{
		displayName: 'Options',
		name: 'claimOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options: claimOptions(REQUEST),
	},
];

/**
 * Makes the statement that a Postgres node runs to claim the work; its answer also brings the
 * stored result of a repeat and the paid answers that are still good.
 */
const execute: Execute = async (context, itemIndex, _run, trail) => {
	const listing = readListing(context, itemIndex);
	const statement = claimEvent({
		eventKey: enrichmentKey(listing),
		flow: trail.flow,
		correlationId: trail.correlationId,
		leaseToken: randomUUID(),
		...readClaimOptions(context, itemIndex, 'claimOptions', REQUEST),
		event: listing,
		answerScopes: answerScopes(listing),
	});
	return {
		event: listing,
		correlationId: trail.correlationId,
		stateStore: { claim: { ...statement } },
	};
};

export const claim: Operation = {
	resource: 'enrichment',
	operation: 'claim',
	description,
	execute,
};
