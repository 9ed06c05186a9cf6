import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { sendCallback } from '../../../shared/callbacks/sendCallback';
import {
	type EnrichmentComplete,
	enrichmentComplete,
} from '../../../shared/contracts/enrichmentComplete';
import type { Execute, Operation, Run } from '../../../shared/n8n/operation';
import { callbackIn, readContract } from '../../../shared/n8n/readContract';
import { SIGNED_WEBHOOK_CREDENTIAL } from '../../../shared/n8n/signedWebhookCredential';
import { completeEvent } from '../../../shared/stateStore/complete';
import { noteAttempts, type Trail } from '../../../shared/stateStore/trail';
import { enrichmentCompleteRequest } from '../../enrichment/callback';

const displayOptions = { show: { resource: ['enrichment'], operation: ['report'] } };

const description: INodeProperties[] = [
	{
		displayName: 'Callback Field',
		name: 'callbackField',
		type: 'string',
		default: 'callback',
		required: true,
		description:
			'The input field that holds the callback, as Enrich makes it. Also looked for in "result", where a Postgres node returns what was stored.',
		displayOptions,
	},
	{
		displayName: 'Send Extra Fields',
		name: 'sendExtraFields',
		type: 'boolean',
		default: false,
		description: "Whether to send fields of the callback beyond those of the platform's guide",
		displayOptions,
	},
];

/** Reports an enrichment to the platform, signed, as often as it takes and with one key. */
const execute: Execute = async (context, itemIndex, run, trail) => {
	const field = context.getNodeParameter('callbackField', itemIndex) as string;
	const given = callbackIn(context, itemIndex, field, 'Enrich');
	const callback = readContract(context, itemIndex, enrichmentComplete, given, 'callback');
	const extra = context.getNodeParameter('sendExtraFields', itemIndex) as boolean;
	const reported = await sendReport(run, itemIndex, trail, callback, extra);
	return {
		reported,
		correlationId: trail.correlationId,
		callback,
		...(trail.eventKey && {
			eventKey: trail.eventKey,
			stateStore: { complete: { ...completeEvent({ eventKey: trail.eventKey, log: trail.log }) } },
		}),
	};
};

/** Sends a callback with the platform's credential, noting every attempt in the trail. */
export async function sendReport(
	run: Run,
	itemIndex: number,
	trail: Trail,
	callback: EnrichmentComplete,
	withExtraFields: boolean,
): Promise<IDataObject> {
	const send = await run.send(SIGNED_WEBHOOK_CREDENTIAL, itemIndex, {
		onAttempt: noteAttempts(trail, 'callback', 'platform'),
	});
	const request = enrichmentCompleteRequest(callback, trail.correlationId, withExtraFields);
	return { ...(await sendCallback(send, request, Date.now())) };
}

export const report: Operation = {
	resource: 'enrichment',
	operation: 'report',
	description,
	execute,
};
