import type { INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { readContract } from '../../../shared/n8n/readContract';
import { correlationIdFrom } from '../../../shared/intake/correlation';
import { channelEvent } from '../../events/channelEventContract';
import { keepEvents } from '../../inbox/keepEvents';

const displayOptions = { show: { resource: ['conversation'], operation: ['keep'] } };

const DEFAULT_PAUSE_HOURS = 12;

const description: INodeProperties[] = [
	{
		displayName: 'Event Field',
		name: 'eventField',
		type: 'string',
		default: 'event',
		description: 'The input field that holds an event, as Parse Events gives it',
		displayOptions,
	},
	{
		displayName: 'Options',
		name: 'keepOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options: [
			{
				displayName: 'Pause When Others Answer (Hours)',
				name: 'pauseHours',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 8760 },
				default: DEFAULT_PAUSE_HOURS,
				description:
					'How long no automatic answers are given after a person of the team, or another app, has answered in the inbox of the Page. 0 for not at all.',
			},
		],
	},
];

/** Makes the statement that puts the events of all items into the inbox, each once. */
const execute: Execute = async (context, _itemIndex, _run, trail) => {
	const field = context.getNodeParameter('eventField', 0) as string;
	const { pauseHours = DEFAULT_PAUSE_HOURS } = context.getNodeParameter('keepOptions', 0) as {
		pauseHours?: number;
	};
	const events = context.getInputData().map(({ json }, itemIndex) => ({
		event: readContract(context, itemIndex, channelEvent, json[field], 'event'),
		correlationId: correlationIdFrom(json.correlationId),
	}));
	return {
		correlationId: trail.correlationId,
		events: events.length,
		stateStore: { keep: { ...keepEvents({ events, pauseHours }) } },
	};
};

export const keep: Operation = {
	resource: 'conversation',
	operation: 'keep',
	description,
	execute,
	takesAllItems: () => true,
};
