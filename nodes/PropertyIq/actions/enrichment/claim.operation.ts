import { randomUUID } from 'node:crypto';

import type { INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { claimEvent } from '../../../shared/stateStore/claim';
import { enrichmentKey } from '../../../shared/stateStore/key';
import { answerScopes } from '../../enrichment/marketScopes';
import { listingField, readListing } from '../listing.description';

const displayOptions = { show: { resource: ['enrichment'], operation: ['claim'] } };

const description: INodeProperties[] = [
	{ ...listingField, displayOptions },
	{
		displayName: 'Options',
		name: 'claimOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options: [
			{
				displayName: 'Lease (Seconds)',
				name: 'leaseSeconds',
				type: 'number',
				typeOptions: { minValue: 10, maxValue: 3600 },
				default: 120,
				description:
					'How long one execution may work on the listing before another may take it over',
			},
			{
				displayName: 'Repeat Window (Hours)',
				name: 'repeatWindowHours',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 720 },
				default: 24,
				description:
					'How long the same request is answered with the stored result instead of being worked on anew',
			},
		],
	},
];

/**
 * Makes the statement that a Postgres node runs to claim the work; its answer also brings the
 * stored result of a repeat and the paid answers that are still good.
 */
const execute: Execute = async (context, itemIndex, _run, trail) => {
	const listing = readListing(context, itemIndex);
	const { leaseSeconds = 120, repeatWindowHours = 24 } = context.getNodeParameter(
		'claimOptions',
		itemIndex,
	) as { leaseSeconds?: number; repeatWindowHours?: number };
	const statement = claimEvent({
		eventKey: enrichmentKey(listing),
		flow: trail.flow,
		correlationId: trail.correlationId,
		leaseToken: randomUUID(),
		leaseSeconds,
		repeatWindowSeconds: repeatWindowHours * 3600,
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
