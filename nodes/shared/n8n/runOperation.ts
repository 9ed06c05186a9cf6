import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	NodeOperationError,
} from 'n8n-workflow';

import { correlationIdFrom } from '../intake/correlation';
import { afterFailure, type Trail } from '../stateStore/trail';
import type { Operation } from './operation';
import { openRun } from './run';
import { runItems } from './runItems';

/** A node's whole `execute`: finds the chosen operation and runs it for every item. */
export async function runOperation(
	context: IExecuteFunctions,
	operations: readonly Operation[],
	flow: string,
): Promise<INodeExecutionData[]> {
	const resource = context.getNodeParameter('resource', 0) as string;
	const name = context.getNodeParameter('operation', 0) as string;
	const chosen = operations.find((each) => each.resource === resource && each.operation === name);
	if (!chosen) {
		throw new NodeOperationError(
			context.getNode(),
			`There is no operation "${resource}: ${name}"`,
			{
				description: 'Choose Resource and Operation anew.',
			},
		);
	}
	const items = context.getInputData();
	const run = openRun(context);
	const trails = items.map(({ json }) => trailOf(json, flow));
	return await runItems(context, chosen.takesAllItems?.(context) ? [0] : [...items.keys()], {
		execute: async (itemIndex) => await chosen.execute(context, itemIndex, run, trails[itemIndex]!),
		onFailure: (itemIndex, error) => {
			const statement = afterFailure(trails[itemIndex]!, name, error);
			return statement ? { stateStore: { failed: { ...statement } } } : {};
		},
		itemsAtOnce: chosen.itemsAtOnce?.(context),
	});
}

/** A claim's row, as the Postgres node returns it, says under which lease the item is worked on. */
function trailOf(json: IDataObject, flow: string): Trail {
	const { correlationId, eventKey, leaseToken, outcome, isNew } = json;
	return {
		flow,
		correlationId: correlationIdFrom(correlationId),
		...(typeof eventKey === 'string' && { eventKey }),
		...(typeof leaseToken === 'string' && outcome === 'claimed' && { leaseToken }),
		...(isNew === true && outcome === 'claimed' && { isNew }),
		log: [],
		answers: [],
	};
}
