import type { INodeProperties } from 'n8n-workflow';

import { sendCallback } from '../../../shared/callbacks/sendCallback';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { SIGNED_WEBHOOK_CREDENTIAL } from '../../../shared/n8n/signedWebhookCredential';
import { noteAttempts } from '../../../shared/stateStore/trail';
import { eventLogRequest } from '../../health/reportAlert';
import { readTakenAlert } from '../alert.description';

const description: INodeProperties[] = [];

/**
 * Puts an alert into the platform's event log. A failure is no work that gets lost: the alert stays
 * untold and comes again.
 */
const execute: Execute = async (context, itemIndex, run, trail) => {
	const alert = readTakenAlert(context, itemIndex);
	const send = await run.send(SIGNED_WEBHOOK_CREDENTIAL, itemIndex, {
		onAttempt: noteAttempts(trail, 'alert', 'platform'),
	});
	const request = eventLogRequest(alert, trail.correlationId);
	const reported = await sendCallback(send, request, Date.now());
	return { ...context.getInputData()[itemIndex]!.json, reported: { ...reported } };
};

export const tell: Operation = { resource: 'alert', operation: 'tell', description, execute };
