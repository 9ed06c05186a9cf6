import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { toSubject } from '../../enrichment/subject';
import { chooseEstimate } from '../../enrichment/estimate';
import { estimateFromComparables } from '../../valuation/estimateFromComparables';
import { comparablesProperties, readComparables } from '../comparables.description';
import {
	earlierFindings,
	itemsAreComparables,
	listingProperties,
	passedOn,
	readSubjectListing,
} from '../subject.description';

const show = { resource: ['property'], operation: ['estimateFromComparables'] };

const description: INodeProperties[] = [
	...comparablesProperties({ show }, { items: true }),
	...listingProperties(show),
];

const execute: Execute = async (context, itemIndex, _run, trail) => {
	const listing = readSubjectListing(context, itemIndex);
	const comparables = readComparables(context, itemIndex, listing);
	const { estimate: earlier } = earlierFindings(context, itemIndex);
	const worked = estimateFromComparables(toSubject(listing), comparables, new Date());
	return {
		...passedOn(context, itemIndex),
		event: listing as IDataObject,
		correlationId: trail.correlationId,
		estimate: { ...chooseEstimate(earlier, worked) },
	};
};

/**
 * An estimate with range and confidence from comparables, or the reason why there is none. Where
 * Get Market Data went before and found a value, that one stays, as in Enrich.
 */
export const estimate: Operation = {
	resource: 'property',
	operation: 'estimateFromComparables',
	description,
	execute,
	takesAllItems: itemsAreComparables,
};
