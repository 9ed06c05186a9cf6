import type { INodeProperties } from 'n8n-workflow';

import { settleDeliveries } from '../../../shared/delivery/settleDeliveries';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { aboutDelivery, readTaken } from '../delivery.description';

const description: INodeProperties[] = [];

/**
 * Makes the statement that says what became of a delivery that another node made: an item with an
 * error has failed, any other has arrived.
 */
const execute: Execute = async (context, itemIndex) => {
	const delivery = readTaken(context, itemIndex);
	const { deliveryKey, leaseToken, isLastTry, flow, correlationId, attempts } = delivery;
	const { error } = context.getInputData()[itemIndex]!.json;
	const hasFailed = error !== undefined && error !== null;
	const outcome = hasFailed ? 'failed' : 'delivered';
	const settled = hasFailed
		? {
				deliveryKey,
				leaseToken,
				outcome: 'failed' as const,
				reason: 'n8n could not hand it on',
				isPassing: true,
				isLastTry,
			}
		: { deliveryKey, leaseToken, outcome: 'delivered' as const };
	const log = [
		{
			correlationId,
			flow,
			step: 'hand back',
			outcome: hasFailed ? 'failed' : 'ok',
			attempt: attempts + 1,
		},
	];
	return {
		...aboutDelivery(delivery),
		outcome,
		stateStore: { settle: { ...settleDeliveries([settled], log) } },
	};
};

export const settle: Operation = {
	resource: 'delivery',
	operation: 'settle',
	description,
	execute,
};
