import type { Statement } from '../../shared/stateStore/statement';
import { storableText } from '../../shared/stateStore/storable';
import type { CampaignState } from './campaignState';
import type { Recipient } from './enroll';
import { TAKE_QUERY } from './takeQuery';

export interface BatchRequest {
	campaignId: string;
	/** Unique to this execution: its batches are recorded with it. */
	leaseToken: string;
	/** How long sending and recording may take; after that another execution may take over. */
	leaseSeconds: number;
	/** How many mails go into one request, and how many requests are wanted at most. */
	batchSize: number;
	batches: number;
	/** How long the vendor remembers an idempotency key, with some time in hand. */
	keyLifetimeSeconds: number;
}

export interface Member extends Recipient {
	/** The vendor's id of the mail where an event has proved that it was sent, else null. */
	emailId: string | null;
	/**
	 * Why the address gets no mail any more, else null. As long as the key lives, the mail is sent all
	 * the same, because the batch has to be the same to the byte; after that it must not be.
	 */
	suppression: string | null;
}

export interface Batch {
	/** Together with the campaign it makes the idempotency key. */
	batch: number;
	/** Which attempt this is, from 1. */
	attempts: number;
	/** When the first attempt began, where this is another one; UTC ISO 8601. */
	firstAttemptAt: string | null;
	/** Whether the vendor may have forgotten the first attempt: ask it first what went out. */
	isKeyExpired: boolean;
	/** Always the same people in the same order. */
	recipients: Member[];
}

/** The one row `takeBatches` answers. */
export interface TakeRow {
	campaignId: string;
	/** Null, like the seven below, where the campaign was never opened. */
	companyId: string | null;
	correlationId: string | null;
	state: CampaignState | null;
	definition: unknown;
	definitionHash: string | null;
	/** Where enrolling stands; null at the start of the audience. */
	cursor: string | null;
	/** As the latest portion left it, for the next to go on at the same pace; null at the start. */
	pace: unknown;
	/** Since when batches are sent; UTC ISO 8601. */
	startedAt: string | null;
	leaseToken: string;
	batches: Batch[];
	/** People who wait for a batch, without those of this answer. */
	pending: number;
	/** Batches under way elsewhere. */
	inFlight: number;
	/**
	 * Without a batch in a campaign that is sending: after how many seconds it is worth asking again,
	 * 0 for at once. Else null.
	 */
	nextLeaseInSeconds: number | null;
}

/**
 * Takes the next batches of a campaign under a lease: first those that another execution left
 * behind, then new ones in the order of the recipients. People suppressed since they were enrolled
 * are left out, unless their batch was attempted already. When nobody is left, the campaign is
 * completed. Concurrent executions never share a batch. Always answers one row, a `TakeRow`.
 */
export function takeBatches(request: BatchRequest): Statement {
	return {
		query: TAKE_QUERY,
		values: [
			storableText(request.campaignId),
			storableText(request.leaseToken),
			request.leaseSeconds,
			request.batchSize,
			request.batches,
			request.keyLifetimeSeconds,
		],
	};
}
