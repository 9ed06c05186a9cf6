import type { IDataObject } from 'n8n-workflow';

import type { CallbackRequest } from '../callbacks/callbackRequest';
import { parkCallback } from '../callbacks/parkCallback';
import { sendCallback } from '../callbacks/sendCallback';
import { noteAttempts, type Trail } from '../stateStore/trail';
import type { Run } from './operation';
import { SIGNED_WEBHOOK_CREDENTIAL } from './signedWebhookCredential';

/**
 * Sends a callback with the platform's credential, noting every attempt in the trail. If the platform
 * does not take it, the trail's statement parks it, so that it is delivered later; but work that is
 * still claimed is given back instead, for it is not recorded and will be done anew.
 */
export async function reportToPlatform(
	run: Run,
	itemIndex: number,
	trail: Trail,
	request: CallbackRequest,
): Promise<IDataObject> {
	if (!trail.leaseToken) trail.onFailure ??= parkCallback(request, trail);
	const send = await run.send(SIGNED_WEBHOOK_CREDENTIAL, itemIndex, {
		onAttempt: noteAttempts(trail, 'callback', 'platform'),
	});
	return { ...(await sendCallback(send, request, Date.now())) };
}
