import { type INodeProperties, NodeOperationError } from 'n8n-workflow';
import { z } from 'zod';

import { parseRetryMinutes, planWait } from '../../../shared/delivery/retryPlan';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { retryMinutesProperty } from '../../../shared/n8n/retryMinutes';

const displayOptions = { show: { resource: ['delivery'], operation: ['plan'] } };

/** A round that nobody planned looks only for what has been due for as many of the first wait. */
const GRACE = 2;

const description: INodeProperties[] = [
	{ ...retryMinutesProperty, required: true, displayOptions },
];

/** The rows of parked or tried work; other items, such as those of a schedule, start a sweep. */
const row = z.object({
	state: z.enum(['waiting', 'delivered', 'dead', 'dismissed']),
	attempts: z.number().int().nonnegative(),
	isNew: z.boolean().optional(),
});

/**
 * Says how long to wait until the next of the items is due, in one item for all; in none where none
 * of them waits. An item that is no row of a delivery asks for everything that is due now: with
 * `deliverNow` at once, else as a sweep for what an execution left behind that was killed.
 */
const execute: Execute = async (context) => {
	const retryWaitsSeconds = parseRetryMinutes(
		context.getNodeParameter('retryMinutes', 0) as string,
	);
	const items = context.getInputData().map(({ json }) => json);
	const rows = items.map((json) => row.safeParse(json));
	const known = rows.flatMap(({ data }) => (data ? [data] : []));
	if (known.length > 0) {
		if (known.length < rows.length) {
			throw new NodeOperationError(
				context.getNode(),
				'Some items are deliveries and some are not',
				{
					description: 'Connect only the Postgres node that parked or settled them.',
				},
			);
		}
		const waitSeconds = planWait(known, retryWaitsSeconds, Math.random);
		return waitSeconds === undefined
			? undefined
			: { waitSeconds, retryWaitsSeconds, graceSeconds: 0 };
	}
	const isSweep = !items.some(({ deliverNow }) => deliverNow === true);
	return {
		waitSeconds: 0,
		retryWaitsSeconds,
		graceSeconds: isSweep ? GRACE * retryWaitsSeconds[0]! : 0,
	};
};

export const plan: Operation = {
	resource: 'delivery',
	operation: 'plan',
	description,
	execute,
	takesAllItems: () => true,
};
