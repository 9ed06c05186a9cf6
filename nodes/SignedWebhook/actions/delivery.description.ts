import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { RETRY_WAITS_SECONDS } from '../../shared/delivery/retryPlan';
import { readContract } from '../../shared/n8n/readContract';

/** What Plan hands on, through the Wait node, to Take. */
const plan = z
	.object({
		retryWaitsSeconds: z
			.array(z.number().positive())
			.min(1)
			.default([...RETRY_WAITS_SECONDS]),
		graceSeconds: z.number().nonnegative().default(0),
	})
	.passthrough();

/** The waits that Plan decided on, or the usual ones where no Plan stands before. */
export function readPlan(context: IExecuteFunctions, itemIndex: number): z.infer<typeof plan> {
	const { json } = context.getInputData()[itemIndex]!;
	return readContract(context, itemIndex, plan, json, 'plan of the deliveries');
}

const taken = z
	.object({
		deliveryKey: z.string().min(1),
		kind: z.enum(['callback', 'event', 'rollup', 'message']),
		flow: z.string(),
		correlationId: z.string(),
		leaseToken: z.string().min(1),
		attempts: z.number().int().nonnegative(),
		isLastTry: z.boolean(),
		payload: z.unknown(),
	})
	.passthrough();

export type TakenItem = z.infer<typeof taken>;

/**
 * A delivery as a Postgres node returns it after Take, or in the field "delivery" of what Unpack made.
 */
export function readTaken(context: IExecuteFunctions, itemIndex: number): TakenItem {
	const { json } = context.getInputData()[itemIndex]!;
	return readContract(context, itemIndex, taken, json.delivery ?? json, 'delivery');
}

/** What people see of a delivery on its way. */
export function aboutDelivery({
	deliveryKey,
	kind,
	flow,
	correlationId,
	attempts,
}: TakenItem): IDataObject {
	return { deliveryKey, kind, flow, correlationId, attempts };
}
