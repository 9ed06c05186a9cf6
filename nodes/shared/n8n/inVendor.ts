import type { IHookFunctions } from 'n8n-workflow';

import { type RetryOptions, withRetries } from '../http/retry';
import type { Send } from '../http/send';
import { systemClock } from './clock';
import { sendWithCredential } from './sendWithCredential';
import { toNodeError } from './toNodeError';

/**
 * Work at a vendor while a workflow is published or taken back. What goes wrong is told as nodes tell
 * it.
 */
export async function inVendor<T>(
	context: IHookFunctions,
	credentialType: string,
	retries: Pick<RetryOptions, 'policy' | 'isFinal' | 'askedWaitMs'>,
	work: (send: Send) => Promise<T>,
): Promise<T> {
	try {
		const send = await sendWithCredential(context, credentialType, 0);
		return await work(withRetries(send, { clock: systemClock, random: Math.random, ...retries }));
	} catch (error) {
		throw toNodeError(context.getNode(), error, 0);
	}
}
