import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	NodeOperationError,
} from 'n8n-workflow';

import {
	type EnrichmentComplete,
	enrichmentComplete,
} from '../../../shared/contracts/enrichmentComplete';
import type { Operation, Run } from '../../../shared/n8n/operation';
import { SIGNED_WEBHOOK_CREDENTIAL } from '../../../shared/n8n/signedWebhookCredential';
import { completeEvent } from '../../../shared/stateStore/complete';
import { noteAttempts, type Trail } from '../../../shared/stateStore/trail';
import { read } from '../listing.description';
import { reportEnrichment } from '../../enrichment/reportEnrichment';

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
const execute: Operation['execute'] = async (context, itemIndex, run, trail) => {
	const callback = readCallback(context, itemIndex);
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
	const { correlationId } = trail;
	return {
		...(await reportEnrichment(send, callback, correlationId, withExtraFields, Date.now())),
	};
}

function readCallback(context: IExecuteFunctions, itemIndex: number) {
	const { json } = context.getInputData()[itemIndex]!;
	const stored = (json.result ?? {}) as IDataObject;
	const field = context.getNodeParameter('callbackField', itemIndex) as string;
	const given = json[field] ?? stored[field];
	if (given === undefined || given === null) {
		throw new NodeOperationError(context.getNode(), `The item has no callback in "${field}"`, {
			itemIndex,
			description:
				'Connect the output of Enrich, or of the Postgres node that recorded it, and check Callback Field.',
		});
	}
	return read(context, itemIndex, enrichmentComplete, given, 'callback');
}

export const report: Operation = {
	resource: 'enrichment',
	operation: 'report',
	description,
	execute,
};
