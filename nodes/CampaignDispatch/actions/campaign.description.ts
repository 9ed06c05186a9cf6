import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readContract } from '../../shared/n8n/readContract';
import { jsonParameter } from '../../shared/n8n/jsonParameter';
import { requiredText } from '../../shared/n8n/requiredText';
import { openedCampaign, type OpenedCampaign } from '../definition';

/** Which campaign the ledger is asked about. */
export const campaignIdProperty: INodeProperties = {
	displayName: 'Campaign ID',
	name: 'campaignId',
	type: 'string',
	default: '={{ $json.campaignId }}',
	required: true,
};

/** The parameter of `campaignIdProperty`. */
export function readCampaignId(context: IExecuteFunctions, itemIndex: number): string {
	return requiredText(context, itemIndex, {
		...campaignIdProperty,
		advice: 'Connect the Postgres node that opened the campaign, or name the campaign here.',
	});
}

/** The campaign that is worked on, for operations whose items are people. */
export const campaignProperty: INodeProperties = {
	displayName: 'Campaign',
	name: 'campaign',
	type: 'json',
	default: "={{ $('Open in Ledger').first().json }}",
	required: true,
	description:
		'The opened campaign: what the Postgres node after Open answered, or the field "campaign" of Open itself where no ledger is used',
};

/** The parameter of `campaignProperty`. */
export function readCampaign(context: IExecuteFunctions, itemIndex: number): OpenedCampaign {
	const given = jsonParameter(context, itemIndex, {
		name: 'campaign',
		displayName: 'Campaign',
		example: "{{ $('Open in Ledger').first().json }}",
	});
	return readContract(context, itemIndex, openedCampaign, given, 'campaign');
}
