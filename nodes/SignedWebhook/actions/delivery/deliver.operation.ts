import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { CallbackRequest } from '../../../shared/callbacks/callbackRequest';
import { type Report, sendCallback } from '../../../shared/callbacks/sendCallback';
import { failureOf } from '../../../shared/delivery/failure';
import { settleDeliveries } from '../../../shared/delivery/settleDeliveries';
import type { Send } from '../../../shared/http/send';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { SIGNED_WEBHOOK_CREDENTIAL } from '../../../shared/n8n/signedWebhookCredential';
import { noteAttempts } from '../../../shared/stateStore/trail';
import { aboutDelivery, readTaken, type TakenItem } from '../delivery.description';

const description: INodeProperties[] = [];

/** Only callbacks: whoever can write into the state store cannot have other requests signed. */
const callback = z.object({
	path: z.string().regex(/^\/internal\/n8n\/[\w-]{1,60}$/, 'must be one of the callbacks'),
	body: z.string().transform(parsed).pipe(z.record(z.unknown())),
});

/** What is no JSON is refused by the contract. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/**
 * Sends a parked callback again: signed anew, with the idempotency key of the first time. That it
 * fails once more is a result and no error, because the work waits on, or is a dead letter. So is
 * what cannot be sent at all: it would stop the others each time.
 */
const execute: Execute = async (context, itemIndex, run, trail) => {
	const delivery = readTaken(context, itemIndex);
	const { deliveryKey, leaseToken, isLastTry, flow, correlationId } = delivery;
	const logged = { ...trail, flow, correlationId };
	const send = await run.send(SIGNED_WEBHOOK_CREDENTIAL, itemIndex, {
		onAttempt: noteAttempts(logged, 'callback', 'platform'),
	});
	const sent = await sendAgain(send, delivery);
	const settled =
		'reason' in sent
			? { deliveryKey, leaseToken, outcome: 'failed' as const, ...sent, isLastTry }
			: { deliveryKey, leaseToken, outcome: 'delivered' as const };
	return {
		...aboutDelivery(delivery),
		outcome: settled.outcome,
		...sent,
		stateStore: { settle: { ...settleDeliveries([settled], logged.log) } },
	};
};

async function sendAgain(
	send: Send,
	delivery: TakenItem,
): Promise<Report | ReturnType<typeof failureOf>> {
	const { deliveryKey, correlationId, payload } = delivery;
	const read = callback.safeParse(payload);
	if (!read.success) return { reason: 'it is no callback that can be sent', isPassing: false };
	const request: CallbackRequest = {
		method: 'POST',
		path: read.data.path,
		headers: { 'X-Correlation-Id': correlationId },
		body: read.data.body,
		idempotencyKey: deliveryKey,
	};
	return await sendCallback(send, request, Date.now()).catch(failureOf);
}

export const deliver: Operation = {
	resource: 'delivery',
	operation: 'deliver',
	description,
	execute,
};
