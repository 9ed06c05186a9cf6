import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { metaWebhook } from '../../../shared/contracts/metaWebhook';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { eventIn, readContract } from '../../../shared/n8n/readContract';
import { parseEvents } from '../../events/parseEvents';

const displayOptions = { show: { resource: ['event'], operation: ['parse'] } };

const description: INodeProperties[] = [
	{
		displayName: 'Webhook Field',
		name: 'webhookField',
		type: 'string',
		default: 'event',
		description:
			'The input field that holds what Meta posted, as the trigger puts it into "event". Where the item has no such field, the item itself is it.',
		displayOptions,
	},
];

/** Makes one item of each event that Meta posted, the earliest of a conversation first. */
const execute: Execute = async (context, itemIndex, _run, trail) => {
	const { json } = context.getInputData()[itemIndex]!;
	const given = eventIn(json, context.getNodeParameter('webhookField', itemIndex) as string);
	const webhook = readContract(context, itemIndex, metaWebhook, given, 'webhook');
	return parseEvents(webhook).map((event) => ({
		event: { ...event } as unknown as IDataObject,
		correlationId: trail.correlationId,
	}));
};

export const parse: Operation = { resource: 'event', operation: 'parse', description, execute };
