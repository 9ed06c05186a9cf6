import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	NodeOperationError,
} from 'n8n-workflow';

import { failureOf } from '../../../shared/delivery/failure';
import { parkWork } from '../../../shared/delivery/parkWork';
import { settleDeliveries } from '../../../shared/delivery/settleDeliveries';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import type { Trail } from '../../../shared/stateStore/trail';
import { computeRollup } from '../../rollup/computeRollup';
import {
	companyFieldProperty,
	companyOf,
	extraFieldsProperty,
	type Parked,
	parkedIn,
} from '../company.description';
import { previousIn } from '../rollup/compute.operation';
import { reportMetrics } from '../rollup/report.operation';
import { askSnapshot } from '../snapshot/get.operation';

const displayOptions = { show: { resource: ['company'], operation: ['rollUp'] } };

const DEFAULT_AT_ONCE = 10;

const description: INodeProperties[] = [
	{ ...companyFieldProperty, displayOptions },
	{
		displayName: 'Companies at Once',
		name: 'companiesAtOnce',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50 },
		default: DEFAULT_AT_ONCE,
		description: 'How many companies are worked on side by side: as many as the platform can take',
		displayOptions,
	},
	{ ...extraFieldsProperty, displayOptions },
];

/**
 * A company's whole rollup: the snapshot, what follows from it, and the report. If it fails, the
 * company is parked, to be tried again later; the others go on.
 */
const execute: Execute = async (context, itemIndex, run, trail) => {
	const startedAt = Date.now();
	const companyId = companyOf(context, itemIndex);
	if (companyId === '') {
		throw new NodeOperationError(context.getNode(), 'The item names no company', {
			itemIndex,
			description: 'Fill in its ID, or check Company ID Field.',
		});
	}
	const { json } = context.getInputData()[itemIndex]!;
	trail.onFailure = parkRollup(companyId, trail, parkedIn(json));

	const { snapshot, clockSkewSeconds } = await askSnapshot(run, itemIndex, trail, companyId);
	const rollup = computeRollup(snapshot, previousIn(json), new Date());
	const reported = await reportMetrics(context, itemIndex, run, trail, rollup);
	return {
		...(rollup as unknown as IDataObject),
		reported,
		...(clockSkewSeconds !== undefined && { clockSkewSeconds }),
		correlationId: trail.correlationId,
		durationMs: Date.now() - startedAt,
		log: trail.log as unknown as IDataObject[],
	};
};

/** The statement for a company that failed: it is parked, or the try of what was parked is settled. */
function parkRollup(
	companyId: string,
	{ flow, correlationId }: Trail,
	parked: Parked | undefined,
): Trail['onFailure'] {
	return (error, log) => {
		const failure = failureOf(error);
		if (parked) return settleDeliveries([{ ...parked, outcome: 'failed', ...failure }], log);
		const deliveryKey = `rollup:${companyId}`;
		const payload = { companyId };
		return parkWork(
			[{ deliveryKey, kind: 'rollup', flow, correlationId, payload, ...failure }],
			log,
		);
	};
}

export const rollUp: Operation = {
	resource: 'company',
	operation: 'rollUp',
	description,
	execute,
	itemsAtOnce: (context: IExecuteFunctions) =>
		context.getNodeParameter('companiesAtOnce', 0, DEFAULT_AT_ONCE) as number,
};
