import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { resendEvent } from '../../../shared/contracts/resendEvent';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { eventIn, readContract } from '../../../shared/n8n/readContract';
import { requiredText } from '../../../shared/n8n/requiredText';
import { readDeliveryEvent } from '../../delivery/deliveryEvent';
import { recordDeliveryEvent } from '../../ledger/deliveryEvent';

const displayOptions = { show: { resource: ['deliveryEvent'], operation: ['process'] } };

const description: INodeProperties[] = [
	{
		displayName: 'Event Field',
		name: 'eventField',
		type: 'string',
		default: 'event',
		description:
			'The input field that holds the event, as the trigger puts it into "event". Where the item has no such field, the item itself is the event.',
		displayOptions,
	},
	{
		displayName: 'Event ID',
		name: 'eventId',
		type: 'string',
		default: '={{ $json.eventId }}',
		required: true,
		description: 'As the trigger gives it: the same event delivered again counts once',
		displayOptions,
	},
];

/** Understands what became of a mail, and makes the statement that counts it once. */
const execute: Execute = async (context, itemIndex, _run, trail) => {
	const { json } = context.getInputData()[itemIndex]!;
	const given = eventIn(json, context.getNodeParameter('eventField', itemIndex) as string);
	const event = readContract(context, itemIndex, resendEvent, given, 'event');
	const eventId = requiredText(context, itemIndex, {
		name: 'eventId',
		displayName: 'Event ID',
		advice:
			'Take it from the trigger\'s "eventId", or from the header svix-id of the request: by it the same event counts once.',
	});
	const delivery = readDeliveryEvent(event);
	return {
		eventId,
		correlationId: trail.correlationId,
		delivery: { ...delivery } as IDataObject,
		stateStore: { count: { ...recordDeliveryEvent({ eventId, ...delivery }) } },
	};
};

export const process: Operation = {
	resource: 'deliveryEvent',
	operation: 'process',
	description,
	execute,
};
