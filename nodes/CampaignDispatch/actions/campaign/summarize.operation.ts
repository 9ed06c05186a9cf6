import type { INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { summarizeCampaigns } from '../../ledger/summarize';
import { campaignIdProperty, readCampaignId } from '../campaign.description';

const show = { resource: ['campaign'], operation: ['summarize'] };

const description: INodeProperties[] = [
	{
		displayName: 'Which',
		name: 'which',
		type: 'options',
		default: 'one',
		options: [
			{ name: 'One Campaign', value: 'one' },
			{
				name: 'Those With News',
				value: 'changed',
				description: 'Finished campaigns of which something happened since their last report',
			},
		],
		displayOptions: { show },
	},
	{ ...campaignIdProperty, displayOptions: { show: { ...show, which: ['one'] } } },
	{
		displayName: 'Conversion Window (Days)',
		name: 'conversionWindowDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 365 },
		default: 30,
		description:
			'How long after the start a lead with the utm campaign of this campaign counts as its conversion',
		displayOptions: { show },
	},
];

/** Makes the statement that counts what became of the mails, each person once. */
const execute: Execute = async (context, itemIndex, _run, trail) => {
	const isOne = context.getNodeParameter('which', itemIndex) === 'one';
	const campaignId = isOne ? readCampaignId(context, itemIndex) : null;
	const conversionWindowDays = context.getNodeParameter(
		'conversionWindowDays',
		itemIndex,
	) as number;
	return {
		correlationId: trail.correlationId,
		stateStore: { summarize: { ...summarizeCampaigns({ campaignId, conversionWindowDays }) } },
	};
};

export const summarize: Operation = {
	resource: 'campaign',
	operation: 'summarize',
	description,
	execute,
};
