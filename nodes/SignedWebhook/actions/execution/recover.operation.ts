import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { parkWork } from '../../../shared/delivery/parkWork';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { workOfExecutions } from '../../recovery/crashedExecution';

const displayOptions = { show: { resource: ['execution'], operation: ['recover'] } };

const HOUR_MS = 60 * 60 * 1000;

const description: INodeProperties[] = [
	{
		displayName: 'Within (Hours)',
		name: 'withinHours',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 8760 },
		default: 168,
		description: 'How long ago an execution may have begun. n8n itself deletes them after a while.',
		displayOptions,
	},
];

/**
 * Reads crashed executions, one an item, as n8n's own n8n node gets them with their data, and makes
 * the statement that parks what they had been given: each once, however often it is found.
 */
const execute: Execute = async (context) => {
	const withinHours = context.getNodeParameter('withinHours', 0) as number;
	const executions = context.getInputData().map(({ json }) => json);
	const notBefore = new Date(Date.now() - withinHours * HOUR_MS);
	const { works, skipped } = workOfExecutions(executions, notBefore);
	if (works.length === 0) return undefined;
	return {
		found: works.map(({ deliveryKey, flow, correlationId }) => ({
			deliveryKey,
			flow,
			correlationId,
		})),
		skipped: skipped as unknown as IDataObject[],
		stateStore: { park: { ...parkWork(works, []) } },
	};
};

export const recover: Operation = {
	resource: 'execution',
	operation: 'recover',
	description,
	execute,
	takesAllItems: () => true,
};
