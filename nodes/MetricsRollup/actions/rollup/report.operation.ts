import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { metricsUpsert } from '../../../shared/contracts/metrics';
import type { Execute, Operation, Run } from '../../../shared/n8n/operation';
import { callbackIn, readContract } from '../../../shared/n8n/readContract';
import { reportToPlatform } from '../../../shared/n8n/reportToPlatform';
import type { Trail } from '../../../shared/stateStore/trail';
import type { Rollup } from '../../rollup/computeRollup';
import { metricsUpsertRequest } from '../../rollup/metricsUpsertRequest';
import { extraFieldsProperty } from '../company.description';

const displayOptions = { show: { resource: ['rollup'], operation: ['report'] } };

const description: INodeProperties[] = [
	{
		displayName: 'Callback Field',
		name: 'callbackField',
		type: 'string',
		default: 'callback',
		required: true,
		description: 'The input field that holds the callback, as Compute makes it',
		displayOptions,
	},
	{ ...extraFieldsProperty, displayOptions },
];

/** Reports a rollup's callback, signed, as often as it takes and with one key. */
export async function reportMetrics(
	context: IExecuteFunctions,
	itemIndex: number,
	run: Run,
	trail: Trail,
	{ callback, rates, staleNarratives }: Reportable,
): Promise<IDataObject> {
	const withExtraFields = context.getNodeParameter('sendExtraFields', itemIndex) as boolean;
	const fields = {
		...callback,
		open_rate: rates?.open ?? null,
		click_rate: rates?.click ?? null,
		click_to_open_rate: rates?.clickToOpen ?? null,
		delivery_rate: rates?.delivery ?? null,
		narratives_stale_share: staleNarratives?.share ?? null,
	};
	const request = metricsUpsertRequest(fields, trail.correlationId, withExtraFields);
	return await reportToPlatform(run, itemIndex, trail, request);
}

type Reportable = Pick<Rollup, 'callback'> & Partial<Pick<Rollup, 'rates' | 'staleNarratives'>>;

const execute: Execute = async (context, itemIndex, run, trail) => {
	const field = context.getNodeParameter('callbackField', itemIndex) as string;
	const given = callbackIn(context, itemIndex, field, 'Compute');
	const callback = readContract(context, itemIndex, metricsUpsert, given, 'callback');
	const { rates, staleNarratives } = context.getInputData()[itemIndex]!.json as Partial<Rollup>;
	const reported = await reportMetrics(context, itemIndex, run, trail, {
		callback,
		rates,
		staleNarratives,
	});
	return {
		...context.getInputData()[itemIndex]!.json,
		reported,
		correlationId: trail.correlationId,
		log: trail.log as unknown as IDataObject[],
	};
};

export const report: Operation = { resource: 'rollup', operation: 'report', description, execute };
