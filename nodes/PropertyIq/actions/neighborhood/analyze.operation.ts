import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import type { Findings } from '../../enrichment/findings';
import { chooseNeighborhood } from '../../enrichment/neighborhood';
import { toSubject } from '../../enrichment/subject';
import { analyzeNeighborhood } from '../../valuation/neighborhood';
import { comparablesProperties, readComparables } from '../comparables.description';
import {
	earlierFindings,
	itemsAreComparables,
	listingProperties,
	passedOn,
	readSubjectListing,
} from '../subject.description';

const show = { resource: ['neighborhood'], operation: ['analyze'] };

const description: INodeProperties[] = [
	...comparablesProperties({ show }, { items: true }),
	...listingProperties(show),
];

const execute: Execute = async (context, itemIndex, _run, trail) => {
	const listing = readSubjectListing(context, itemIndex);
	const comparables = readComparables(context, itemIndex, listing);
	const neighborhood = chooseNeighborhood<NonNullable<Findings['neighborhood']>>(
		earlierFindings(context, itemIndex).neighborhood,
		analyzeNeighborhood(toSubject(listing), comparables, new Date()),
	);
	return {
		...passedOn(context, itemIndex),
		event: listing as IDataObject,
		correlationId: trail.correlationId,
		neighborhood: { ...neighborhood },
	};
};

/**
 * Average, median, sample size and trend of the prices around a listing. Where Get Market Data
 * went before and found figures, those stay, as in Enrich.
 */
export const analyze: Operation = {
	resource: 'neighborhood',
	operation: 'analyze',
	description,
	execute,
	takesAllItems: itemsAreComparables,
};
