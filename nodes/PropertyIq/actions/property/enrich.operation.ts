import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { VendorError } from '../../../shared/http/vendorError';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { reportToPlatform } from '../../../shared/n8n/reportToPlatform';
import { recordResult } from '../../../shared/stateStore/record';
import { noteStep, type Trail } from '../../../shared/stateStore/trail';
import { enrichmentCompleteRequest } from '../../enrichment/callback';
import { type Enrichment, enrichListing } from '../../enrichment/enrichListing';
import { noMarketData } from '../../enrichment/marketData';
import { comparablesProperties, readComparables } from '../comparables.description';
import { listingField, readListing } from '../listing.description';
import { readWriting, WRITING_OPTIONS } from '../writing.description';
import { askMarket } from './askMarket.operation';

const show = { resource: ['property'], operation: ['enrich'] };

const description: INodeProperties[] = [
	{ ...listingField, displayOptions: { show } },
	{
		displayName: 'Use RentCast',
		name: 'useRentCast',
		type: 'boolean',
		default: true,
		description:
			'Whether to ask RentCast about listings in the United States. Others are never sent to it.',
		displayOptions: { show },
	},
	...comparablesProperties({ show }, { items: false }),
	{
		displayName: 'Report to Platform',
		name: 'reportToPlatform',
		type: 'boolean',
		default: true,
		description:
			'Whether to send the callback in this step. Switch it off to record the result first and report it in a step of its own.',
		displayOptions: { show },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [
			...WRITING_OPTIONS,
			{
				displayName: 'On RentCast Failure',
				name: 'onMarketFailure',
				type: 'options',
				default: 'fail',
				options: [
					{
						name: 'Fail the Item',
						value: 'fail',
						description: 'The platform sends the listing again later: nothing is lost',
					},
					{
						name: 'Go On Without',
						value: 'continue',
						description: 'Estimates from comparables, and says so in the quality report',
					},
				],
			},
			{
				displayName: 'Send Extra Fields',
				name: 'sendExtraFields',
				type: 'boolean',
				default: false,
				description:
					'Whether the callback also carries range, confidence, median, trend and quality score',
			},
		].sort((a, b) => a.displayName.localeCompare(b.displayName)) as INodeProperties[],
	},
];

const execute: Execute = async (context, itemIndex, run, trail) => {
	const startedAt = Date.now();
	const listing = readListing(context, itemIndex);
	const options = context.getNodeParameter('options', itemIndex) as IDataObject;
	const comparables = readComparables(context, itemIndex, listing);

	const market = context.getNodeParameter('useRentCast', itemIndex)
		? await askMarket(context, itemIndex, run, trail, listing).catch((error: unknown) => {
				if (options.onMarketFailure !== 'continue' || !(error instanceof VendorError)) throw error;
				return noMarketData(`${error.message}. ${error.details.advice}`);
			})
		: noMarketData('RentCast is switched off in this node');
	const enrichment = await enrichListing({
		listing,
		comparables,
		market,
		writing: await readWriting(context, itemIndex, options),
		now: new Date(),
	});
	const callback = options.sendExtraFields
		? { ...enrichment.callback, ...extraFields(enrichment) }
		: enrichment.callback;
	const durationMs = Date.now() - startedAt;
	noteResult(trail, enrichment, durationMs);

	const result = {
		market,
		...enrichment,
		callback,
		correlationId: trail.correlationId,
		durationMs,
	};
	const reported = context.getNodeParameter('reportToPlatform', itemIndex)
		? await reportToPlatform(
				run,
				itemIndex,
				trail,
				enrichmentCompleteRequest(callback, trail.correlationId, options.sendExtraFields === true),
			)
		: undefined;
	return {
		event: listing,
		...result,
		...(reported && { reported }),
		...recording(trail, result),
	} as unknown as IDataObject;
};

/** The statement that stores the result under the item's claim, where there is a claim. */
function recording(trail: Trail, result: object): IDataObject {
	const { eventKey, leaseToken, answers, log } = trail;
	if (!eventKey || !leaseToken) return {};
	const statement = recordResult({ eventKey, leaseToken, result, answers, log });
	return { eventKey, stateStore: { record: { ...statement } } };
}

function noteResult(trail: Trail, enrichment: Enrichment, durationMs: number): void {
	const { estimate, narrative, quality } = enrichment;
	if (narrative.attempts > 0) {
		noteStep(trail, 'narrative', narrative.source === 'ai' ? 'ok' : 'failed', {
			vendor: 'model',
			attempt: narrative.attempts,
			...(narrative.fallbackReason && { detail: narrative.fallbackReason }),
		});
	}
	noteStep(trail, 'enrich', 'ok', {
		durationMs,
		detail: `${estimate.source}, quality ${quality.score}`,
	});
}

function extraFields({ estimate, neighborhood, narrative, quality }: Enrichment) {
	return {
		estimate_low: estimate.rangeLow,
		estimate_high: estimate.rangeHigh,
		estimate_confidence: estimate.confidence,
		neighborhood_median: neighborhood.median,
		neighborhood_sample_size: neighborhood.sampleSize,
		neighborhood_trend_percent_per_month: neighborhood.trend?.percentPerMonth ?? null,
		narrative_source: narrative.source,
		quality_score: quality.score,
	};
}

/** The whole enrichment in one step: market data, estimate, neighbourhood, narrative, quality. */
export const enrich: Operation = {
	resource: 'property',
	operation: 'enrich',
	description,
	execute,
};
