import type { INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { measureHealth } from '../../health/measureHealth';

const displayOptions = { show: { resource: ['health'], operation: ['measure'] } };

const description: INodeProperties[] = [
	{
		displayName: 'Window (Minutes)',
		name: 'windowMinutes',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10_080 },
		default: 60,
		description: 'How far back the rates and times are measured',
		displayOptions,
	},
	{
		displayName: 'Usual Over (Days)',
		name: 'usualDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 90 },
		default: 7,
		description: 'How many days before the window say what is usual',
		displayOptions,
	},
];

/** Makes the statement that measures flows, vendors, deliveries and open alerts. */
const execute: Execute = async (context, itemIndex) => {
	const windowMinutes = context.getNodeParameter('windowMinutes', itemIndex) as number;
	const usualDays = context.getNodeParameter('usualDays', itemIndex) as number;
	return { stateStore: { measure: { ...measureHealth({ windowMinutes, usualDays }) } } };
};

export const measure: Operation = {
	resource: 'health',
	operation: 'measure',
	description,
	execute,
};
