import { failureOf } from '../delivery/failure';
import { parkWork } from '../delivery/parkWork';
import type { EventLogRow } from '../stateStore/eventLog';
import type { Statement } from '../stateStore/statement';
import type { Trail } from '../stateStore/trail';
import type { CallbackRequest } from './callbackRequest';

/**
 * What becomes of a callback that the platform does not take: the statement that parks it. It is
 * tried again later where the failure may pass, and is a dead letter at once where it cannot.
 */
export function parkCallback(
	{ idempotencyKey, path, body }: CallbackRequest,
	{ flow, correlationId, eventKey }: Trail,
): (error: unknown, log: readonly EventLogRow[]) => Statement {
	return (error, log) =>
		parkWork(
			[
				{
					deliveryKey: idempotencyKey,
					kind: 'callback',
					flow,
					correlationId,
					...(eventKey && { eventKey }),
					// As text: jsonb orders fields anew, and the platform would not know the bytes again.
					payload: { path, body: JSON.stringify(body) },
					...failureOf(error),
				},
			],
			log,
		);
}
