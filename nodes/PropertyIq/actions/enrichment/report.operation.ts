import type { INodeProperties } from 'n8n-workflow';

import { enrichmentComplete } from '../../../shared/contracts/enrichmentComplete';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { callbackIn, readContract } from '../../../shared/n8n/readContract';
import { reportToPlatform } from '../../../shared/n8n/reportToPlatform';
import { completeEvent } from '../../../shared/stateStore/complete';
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
	const request = enrichmentCompleteRequest(callback, trail.correlationId, extra);
	const reported = await reportToPlatform(run, itemIndex, trail, request);
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

export const report: Operation = {
	resource: 'enrichment',
	operation: 'report',
	description,
	execute,
};
