import { type IDataObject, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { leadSyncStatus, type LeadSyncStatus } from '../../../shared/contracts/leadSyncStatus';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { callbackIn, readContract } from '../../../shared/n8n/readContract';
import { reportToPlatform } from '../../../shared/n8n/reportToPlatform';
import { completeEvent } from '../../../shared/stateStore/complete';
import { CRMS } from '../../../shared/vendors/crm';
import { failedCallback, syncStatusRequest } from '../../syncStatus';
import { NO_CRM } from '../crm.description';
import { leadField, readLead } from '../lead.description';

const show = { resource: ['syncStatus'], operation: ['report'] };

const description: INodeProperties[] = [
	{
		displayName: 'Report',
		name: 'what',
		type: 'options',
		default: 'result',
		options: [
			{
				name: 'The Result',
				value: 'result',
				description: 'Synced or skipped, as Push to CRM or Process Lead made the callback',
			},
			{
				name: 'The Failure',
				value: 'failure',
				description: 'For an item from an error output: the platform hears what is in the way',
			},
		],
		displayOptions: { show },
	},
	{
		displayName: 'Callback Field',
		name: 'callbackField',
		type: 'string',
		default: 'callback',
		required: true,
		description:
			'The input field that holds the callback. Also looked for in "result", where a Postgres node returns what was stored.',
		displayOptions: { show: { ...show, what: ['result'] } },
	},
	{ ...leadField, displayOptions: { show: { ...show, what: ['failure'] } } },
];

/** Reports to the platform, signed, what became of a lead, as often as it takes and with one key. */
const execute: Execute = async (context, itemIndex, run, trail) => {
	const isFailure = context.getNodeParameter('what', itemIndex) === 'failure';
	const callback = isFailure ? failureOf(context, itemIndex) : readResult(context, itemIndex);
	const request = syncStatusRequest(callback, trail.correlationId);
	const reported = await reportToPlatform(run, itemIndex, trail, request);
	const { eventKey, log, correlationId } = trail;
	return {
		reported,
		correlationId,
		callback,
		...(eventKey && {
			eventKey,
			stateStore: { complete: { ...completeEvent({ eventKey, log }) } },
		}),
	};
};

function readResult(context: IExecuteFunctions, itemIndex: number): LeadSyncStatus {
	const field = context.getNodeParameter('callbackField', itemIndex) as string;
	const given = callbackIn(context, itemIndex, field, 'Push to CRM or Process Lead');
	return readContract(context, itemIndex, leadSyncStatus, given, 'callback');
}

/** The callback about an item that came out of an error output: what happened, and what to do. */
function failureOf(context: IExecuteFunctions, itemIndex: number): LeadSyncStatus {
	const { lead_id } = readLead(context, itemIndex);
	const { error, details } = context.getInputData()[itemIndex]!.json;
	const { vendor, advice } = (details ?? {}) as IDataObject;
	const crm = Object.values(CRMS).find(({ name }) => name === vendor)?.key ?? NO_CRM;
	const reason = [error, advice].filter((part) => typeof part === 'string').join('. ');
	return failedCallback(lead_id, crm, reason || 'unknown reason');
}

export const report: Operation = {
	resource: 'syncStatus',
	operation: 'report',
	description,
	execute,
};
