import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { readContract } from '../../../shared/n8n/readContract';
import { readTaken } from '../delivery.description';

const description: INodeProperties[] = [];

const event = z.object({
	workflow: z.string().min(1),
	items: z.array(z.object({ handedBack: z.number().int().default(0) }).passthrough()).length(1),
});

/**
 * Turns a parked event into the item that its workflow was given, for an Execute Sub-workflow node;
 * `handedBack` counts how often, and `delivery` says what it was, for Settle.
 */
const execute: Execute = async (context, itemIndex) => {
	const { payload, ...delivery } = readTaken(context, itemIndex);
	const { workflow, items } = readContract(context, itemIndex, event, payload, 'parked event');
	const [given] = items;
	return {
		...given,
		handedBack: given!.handedBack + 1,
		delivery: { ...delivery, workflow } as IDataObject,
	};
};

export const unpack: Operation = {
	resource: 'delivery',
	operation: 'unpack',
	description,
	execute,
};
