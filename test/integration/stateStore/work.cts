import { type Claim, claimEvent } from '../../../nodes/shared/stateStore/claim';
import { completeEvent, type CompletedWork } from '../../../nodes/shared/stateStore/complete';
import type { EventLogRow } from '../../../nodes/shared/stateStore/eventLog';
import { type RecordedWork, recordResult } from '../../../nodes/shared/stateStore/record';
import { type ReleasedWork, releaseEvent } from '../../../nodes/shared/stateStore/release';
import type { VendorAnswer } from '../../../nodes/shared/stateStore/vendorAnswers';

export const HOUR = 3600;

/** Statements about one piece of work, `key-1` held by `holder`, but for what a test changes. */
export const claim = (changed: Partial<Claim> = {}) =>
	claimEvent({
		eventKey: 'key-1',
		flow: 'property-enrichment',
		correlationId: 'correlation-1',
		leaseToken: 'holder',
		leaseSeconds: 90,
		repeatWindowSeconds: HOUR,
		event: { property_id: 'p-1' },
		answerScopes: [],
		...changed,
	});

export const record = (changed: Partial<RecordedWork> = {}) =>
	recordResult({
		eventKey: 'key-1',
		leaseToken: 'holder',
		result: { estimate: 5_000_000 },
		answers: [],
		log: [],
		...changed,
	});

export const complete = (changed: Partial<CompletedWork> = {}) =>
	completeEvent({ eventKey: 'key-1', log: [], ...changed });

export const release = (changed: Partial<ReleasedWork> = {}) =>
	releaseEvent({ eventKey: 'key-1', leaseToken: 'holder', answers: [], log: [], ...changed });

export const answer = (changed: Partial<VendorAnswer> = {}): VendorAnswer => ({
	questionKey: 'rentcast:value:12-main-st',
	vendor: 'rentcast',
	scope: 'p-1',
	answer: { price: 250_000 },
	lifetimeSeconds: HOUR,
	...changed,
});

export const logRow = (changed: Partial<EventLogRow> = {}): EventLogRow => ({
	correlationId: 'correlation-1',
	flow: 'property-enrichment',
	step: 'market-data',
	outcome: 'ok',
	...changed,
});
