import { randomUUID } from 'node:crypto';

import type { INodeProperties } from 'n8n-workflow';

import type { DeliveryKind } from '../../../shared/delivery/delivery';
import { takeDeliveries } from '../../../shared/delivery/takeDeliveries';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { readPlan } from '../delivery.description';

const displayOptions = { show: { resource: ['delivery'], operation: ['take'] } };

const DEFAULT_LIMIT = 500;
const DEFAULT_LEASE_SECONDS = 600;

const description: INodeProperties[] = [
	{
		displayName: 'Kind',
		name: 'kind',
		type: 'options',
		default: 'callback',
		options: [
			{
				name: 'Callbacks',
				value: 'callback',
				description: 'Requests that the platform did not take',
			},
			{
				name: 'Events',
				value: 'event',
				description: 'What workflows were given and did not finish',
			},
			{
				name: 'Rollups',
				value: 'rollup',
				description: 'Companies whose figures could not be rolled up',
			},
		],
		displayOptions,
	},
	{
		displayName: 'Options',
		name: 'takeOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options: [
			{
				displayName: 'At a Time',
				name: 'atATime',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 5000 },
				default: DEFAULT_LIMIT,
				description: 'How many deliveries one round takes; a sweep takes the rest',
			},
			{
				displayName: 'Lease (Seconds)',
				name: 'leaseSeconds',
				type: 'number',
				typeOptions: { minValue: 10, maxValue: 3600 },
				default: DEFAULT_LEASE_SECONDS,
				description: 'How long one execution may try them before another may take them over',
			},
		],
	},
];

/** Makes the statement that takes the deliveries that are due. */
const execute: Execute = async (context, itemIndex) => {
	const { retryWaitsSeconds, graceSeconds } = readPlan(context, itemIndex);
	const { atATime = DEFAULT_LIMIT, leaseSeconds = DEFAULT_LEASE_SECONDS } =
		context.getNodeParameter('takeOptions', itemIndex) as {
			atATime?: number;
			leaseSeconds?: number;
		};
	const statement = takeDeliveries({
		kind: context.getNodeParameter('kind', itemIndex) as DeliveryKind,
		waitsSeconds: retryWaitsSeconds,
		graceSeconds,
		limit: atATime,
		leaseSeconds,
		leaseToken: randomUUID(),
	});
	return { stateStore: { take: { ...statement } } };
};

export const take: Operation = { resource: 'delivery', operation: 'take', description, execute };
