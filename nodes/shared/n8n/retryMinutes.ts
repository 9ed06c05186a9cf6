import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parseRetryMinutes } from '../delivery/retryPlan';

const DEFAULT_RETRY_MINUTES = '1, 5, 15';

/** When failed work is tried again: as the guide says, unless a person says otherwise. */
export const retryMinutesProperty: INodeProperties = {
	displayName: 'Retry After (Minutes)',
	name: 'retryMinutes',
	type: 'string',
	default: DEFAULT_RETRY_MINUTES,
	description:
		'How long to wait after the first failure, after the second, and so on. After the last one the work becomes a dead letter.',
};

/** The waits in seconds, of the collection `options`. Throws a RangeError where they are no minutes. */
export function readRetryWaits(context: IExecuteFunctions, itemIndex: number): number[] {
	const { retryMinutes = DEFAULT_RETRY_MINUTES } = context.getNodeParameter(
		'options',
		itemIndex,
	) as { retryMinutes?: string };
	return parseRetryMinutes(retryMinutes);
}
