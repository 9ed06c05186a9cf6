import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { rentCastEstimate } from '../../enrichment/estimate';
import { toSubject } from '../../enrichment/subject';
import { neighborhoodFromMarket } from '../../valuation/neighborhood';
import { listingField, readListing } from '../listing.description';
import { askMarket } from './askMarket.operation';

const displayOptions = { show: { resource: ['property'], operation: ['getMarketData'] } };

const description: INodeProperties[] = [{ ...listingField, displayOptions }];

const execute: Execute = async (context, itemIndex, run, trail) => {
	const listing = readListing(context, itemIndex);
	const market = await askMarket(context, itemIndex, run, trail, listing);
	return {
		...context.getInputData()[itemIndex]!.json,
		event: listing,
		correlationId: trail.correlationId,
		market,
		...(market.value && { estimate: rentCastEstimate(market.value) }),
		...(market.market && {
			neighborhood: neighborhoodFromMarket(market.market, toSubject(listing)),
		}),
	} as unknown as IDataObject;
};

/** RentCast's value and market figures; outside the United States it says why there are none. */
export const marketData: Operation = {
	resource: 'property',
	operation: 'getMarketData',
	description,
	execute,
};
