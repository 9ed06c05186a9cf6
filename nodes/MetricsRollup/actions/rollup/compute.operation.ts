import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { metricsSnapshot } from '../../../shared/contracts/metrics';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { readContract } from '../../../shared/n8n/readContract';
import { computeRollup } from '../../rollup/computeRollup';
import { type PreviousRollup, readPreviousRollup } from '../../rollup/previousRollup';

const displayOptions = { show: { resource: ['rollup'], operation: ['compute'] } };

const description: INodeProperties[] = [
	{
		displayName: 'Snapshot Field',
		name: 'snapshotField',
		type: 'string',
		default: 'snapshot',
		required: true,
		description: 'The input field that holds the snapshot, as Get Snapshot makes it',
		displayOptions,
	},
];

/** The last rollup of the item's company, where a Postgres node has looked it up. */
export function previousIn({ previous }: IDataObject): PreviousRollup | undefined {
	const { takenAt, figures } = (previous ?? {}) as { takenAt?: unknown; figures?: object };
	return readPreviousRollup({ ...figures, takenAt });
}

/** Derives rates, stale narratives and changes from a snapshot, and makes the callback. */
const execute: Execute = async (context, itemIndex, _run, trail) => {
	const field = context.getNodeParameter('snapshotField', itemIndex) as string;
	const { json } = context.getInputData()[itemIndex]!;
	const snapshot = readContract(context, itemIndex, metricsSnapshot, json[field], 'snapshot');
	return {
		...(computeRollup(snapshot, previousIn(json), new Date()) as unknown as IDataObject),
		correlationId: trail.correlationId,
	};
};

export const compute: Operation = {
	resource: 'rollup',
	operation: 'compute',
	description,
	execute,
};
