import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	NodeOperationError,
} from 'n8n-workflow';
import { z } from 'zod';

import { count } from '../../../shared/contracts/fields';
import { correlationIdFrom } from '../../../shared/intake/correlation';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { readContract } from '../../../shared/n8n/readContract';
import { reportToPlatform } from '../../../shared/n8n/reportToPlatform';
import {
	type CampaignProgress,
	campaignStatusCallback,
	campaignStatusRequest,
} from '../../delivery/campaignStatus';
import { markReported } from '../../ledger/reported';

const show = { resource: ['campaign'], operation: ['report'] };

const description: INodeProperties[] = [
	{
		displayName: 'Report',
		name: 'what',
		type: 'options',
		default: 'result',
		options: [
			{
				name: 'The Failure',
				value: 'failure',
				description: 'The campaign cannot go on until somebody changes something',
			},
			{
				name: 'The Result',
				value: 'result',
				description: 'Sending, completed, or paused until it is posted again: as the ledger has it',
			},
		],
		description: 'What the platform hears, with the counts that the ledger answered',
		displayOptions: { show },
	},
	{
		displayName: 'Options',
		name: 'reportOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'Correlation ID',
				name: 'correlationId',
				type: 'string',
				default: '={{ $json.correlationId }}',
				description:
					'Of the request that is answered, where the ledger does not have it: a campaign that could not be opened',
			},
			{
				displayName: 'Extra Fields',
				name: 'withExtraFields',
				type: 'boolean',
				default: false,
				description:
					"Whether to send delivered, opened, clicked, conversions and the reason of a stop beside the guide's five fields",
			},
		],
	},
];

/** What the ledger answers about a campaign, as far as a report needs it. */
const counts = z
	.object({
		campaignId: z.string(),
		state: z.string().nullable(),
		asOf: z.string(),
		sent: count,
		failed: count,
		stopReason: z.string().nullish(),
	})
	.passthrough();

type Counts = z.infer<typeof counts>;

/** Reports to the platform, signed, how a campaign stands. The same counts go out under one key. */
const execute: Execute = async (context, itemIndex, run, trail) => {
	const summary = readCounts(context, itemIndex);
	const what = context.getNodeParameter('what', itemIndex) as string;
	if (what === 'result' && summary.state === null) {
		throw new NodeOperationError(
			context.getNode(),
			`The ledger knows no campaign "${summary.campaignId}"`,
			{
				itemIndex,
				description: 'Check Campaign ID in the node that summarizes it.',
			},
		);
	}
	const { withExtraFields = false, correlationId: given } = context.getNodeParameter(
		'reportOptions',
		itemIndex,
	) as { withExtraFields?: boolean; correlationId?: string };
	const { campaignId, asOf, sent, failed } = summary;
	if (given) trail.correlationId = correlationIdFrom(given);
	const { correlationId, log } = trail;
	const callback = {
		...campaignStatusCallback({ campaignId, sent, failed, status: statusOf(what, summary) }),
		...extraFields(summary),
	};
	const request = campaignStatusRequest(callback, correlationId, withExtraFields);
	const reported = await reportToPlatform(run, itemIndex, trail, request);
	return {
		campaignId,
		correlationId,
		reported,
		callback: request.body as IDataObject,
		summary: summary as IDataObject,
		stateStore: { reported: { ...markReported({ campaignId, asOf }, log) } },
	};
};

/** Under the names that the platform would give them; what is not known is not sent. */
function extraFields({ delivered, opened, clicked, conversions, stopReason }: Counts): object {
	const fields = { delivered, opened, clicked, conversions, stop_reason: stopReason };
	return Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
	);
}

function readCounts(context: IExecuteFunctions, itemIndex: number): Counts {
	const { json } = context.getInputData()[itemIndex]!;
	return readContract(context, itemIndex, counts, json, 'summary of the campaign');
}

function statusOf(what: string, { state }: Counts): CampaignProgress['status'] {
	if (what === 'failure') return 'failed';
	if (state === 'completed') return 'completed';
	return state === 'stopped' ? 'paused' : 'sending';
}

export const report: Operation = {
	resource: 'campaign',
	operation: 'report',
	description,
	execute,
};
