import type { IDataObject } from 'n8n-workflow';

import { sendCallback } from '../../../shared/callbacks/sendCallback';
import type { LeadSyncStatus } from '../../../shared/contracts/leadSyncStatus';
import type { Run } from '../../../shared/n8n/operation';
import { SIGNED_WEBHOOK_CREDENTIAL } from '../../../shared/n8n/signedWebhookCredential';
import { noteAttempts, type Trail } from '../../../shared/stateStore/trail';
import { syncStatusRequest } from '../../syncStatus';

/** Sends a callback with the platform's credential, noting every attempt in the trail. */
export async function sendReport(
	run: Run,
	itemIndex: number,
	trail: Trail,
	callback: LeadSyncStatus,
): Promise<IDataObject> {
	const send = await run.send(SIGNED_WEBHOOK_CREDENTIAL, itemIndex, {
		onAttempt: noteAttempts(trail, 'callback', 'platform'),
	});
	const request = syncStatusRequest(callback, trail.correlationId);
	return { ...(await sendCallback(send, request, Date.now())) };
}
