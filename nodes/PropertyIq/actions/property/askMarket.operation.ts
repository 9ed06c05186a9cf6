import { type IDataObject, type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

import type { EnrichProperty } from '../../../shared/contracts/enrichProperty';
import type { Run } from '../../../shared/n8n/operation';
import type { CachedAnswer } from '../../../shared/stateStore/vendorAnswers';
import { noteAttempts, type Trail } from '../../../shared/stateStore/trail';
import { RENT_CAST, rentCastEvidence } from '../../../shared/vendors/rentCast';
import { getMarketData, type MarketData, noMarketData } from '../../enrichment/marketData';

/** Asks RentCast about one item's listing, or says why it was not asked. */
export async function askMarket(
	context: IExecuteFunctions,
	itemIndex: number,
	run: Run,
	trail: Trail,
	listing: EnrichProperty,
): Promise<MarketData> {
	const evidence = rentCastEvidence(listing);
	if (!evidence.inUnitedStates) return noMarketData(evidence.because);
	if (!context.getNode().credentials?.[RENT_CAST.credential]) {
		throw new NodeOperationError(
			context.getNode(),
			'This listing is in the United States, but no RentCast credential is chosen',
			{ itemIndex, description: 'Choose a RentCast credential, or switch off Use RentCast.' },
		);
	}
	const send = await run.send(RENT_CAST.credential, itemIndex, {
		perSecond: RENT_CAST.perSecond,
		onAttempt: noteAttempts(trail, 'market-data', 'rentcast'),
	});
	const { cachedAnswers } = context.getInputData()[itemIndex]!.json as IDataObject;
	return await getMarketData(listing, {
		send,
		cachedAnswers: Array.isArray(cachedAnswers) ? (cachedAnswers as unknown as CachedAnswer[]) : [],
		now: Date.now,
		onPaidAnswer: (answer) => trail.answers.push(answer),
	});
}
