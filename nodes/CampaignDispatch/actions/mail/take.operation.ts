import { randomUUID } from 'node:crypto';

import type { INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { RESEND } from '../../../shared/vendors/resend';
import { takeBatches } from '../../ledger/takeBatches';
import { campaignIdProperty, readCampaignId } from '../campaign.description';

const displayOptions = { show: { resource: ['mail'], operation: ['take'] } };

/** Resend remembers an idempotency key for 24 hours; an hour is kept in hand. */
const KEY_LIFETIME_SECONDS = 23 * 3600;

const description: INodeProperties[] = [
	{ ...campaignIdProperty, displayOptions },
	{
		displayName: 'Batches',
		name: 'batches',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 100,
		description:
			'How many batches of 100 mails one portion holds. Between two portions nothing is sent for a moment.',
		displayOptions,
	},
	{
		displayName: 'Lease (Seconds)',
		name: 'leaseSeconds',
		type: 'number',
		typeOptions: { minValue: 5, maxValue: 3600 },
		default: 120,
		description:
			'How long one execution may work on the portion before another one may take it over. After a crash the campaign goes on when this time is over.',
		displayOptions,
	},
];

/** Makes the statement that takes the next portion of a campaign's mails, so that nobody else does. */
const execute: Execute = async (context, itemIndex, _run, trail) => ({
	correlationId: trail.correlationId,
	stateStore: {
		take: {
			...takeBatches({
				campaignId: readCampaignId(context, itemIndex),
				leaseToken: randomUUID(),
				leaseSeconds: context.getNodeParameter('leaseSeconds', itemIndex) as number,
				batches: context.getNodeParameter('batches', itemIndex) as number,
				batchSize: RESEND.batchSize,
				keyLifetimeSeconds: KEY_LIFETIME_SECONDS,
			}),
		},
	},
});

export const take: Operation = { resource: 'mail', operation: 'take', description, execute };
