import type { IDataObject } from 'n8n-workflow';

import { sendCallback } from '../callbacks/sendCallback';
import type { HttpRequest } from '../http/send';
import { noteAttempts, type Trail } from '../stateStore/trail';
import type { Run } from './operation';
import { SIGNED_WEBHOOK_CREDENTIAL } from './signedWebhookCredential';

/** Sends a callback with the platform's credential, noting every attempt in the trail. */
export async function reportToPlatform(
	run: Run,
	itemIndex: number,
	trail: Trail,
	request: HttpRequest,
): Promise<IDataObject> {
	const send = await run.send(SIGNED_WEBHOOK_CREDENTIAL, itemIndex, {
		onAttempt: noteAttempts(trail, 'callback', 'platform'),
	});
	return { ...(await sendCallback(send, request, Date.now())) };
}
