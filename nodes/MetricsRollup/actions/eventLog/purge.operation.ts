import type { INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { purgeHistory } from '../../eventLog/purge';

const displayOptions = { show: { resource: ['eventLog'], operation: ['purge'] } };

/** Rows of each table that one statement deletes: few enough that nobody waits for it. */
const BATCH = 10_000;

const description: INodeProperties[] = [
	{
		displayName: 'Keep Events (Days)',
		name: 'eventLogDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3650 },
		default: 30,
		description: 'How long the event log is kept. Health compares with what it holds.',
		displayOptions,
	},
	{
		displayName: 'Keep Settled (Days)',
		name: 'settledDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3650 },
		default: 90,
		description:
			'How long deliveries that arrived and alerts that are over are kept. Dead letters stay until somebody replays or dismisses them.',
		displayOptions,
	},
	{
		displayName: 'Keep Rollups (Days)',
		name: 'rollupDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 36_500 },
		default: 730,
		description: 'How long the figures of companies are kept, for charts over time',
		displayOptions,
	},
];

/** Makes the statement that deletes a batch of what is too old, and says whether there is more. */
const execute: Execute = async (context, itemIndex) => {
	const days = (name: string) => context.getNodeParameter(name, itemIndex) as number;
	const statement = purgeHistory({
		eventLogDays: days('eventLogDays'),
		settledDays: days('settledDays'),
		rollupDays: days('rollupDays'),
		batch: BATCH,
	});
	return { stateStore: { purge: { ...statement } } };
};

export const purge: Operation = { resource: 'eventLog', operation: 'purge', description, execute };
