/** Portions of a campaign as the ledger gives them out, and what Send tells the ledger of them. */
import type { IDataObject } from 'n8n-workflow';

import type { BatchResult } from '../../../nodes/CampaignDispatch/ledger/recordBatches';
import type { Batch, Member } from '../../../nodes/CampaignDispatch/ledger/takeBatches';
import { opened, recipientOf, statementIn } from './campaignSurroundings.cts';

export const emailOf = (number: number) => `reader.${number}@example.com`;

export function member(number: number, changed: Partial<Member> = {}): Member {
	return {
		recipient: recipientOf(emailOf(number)),
		email: emailOf(number),
		personId: `person-${number}`,
		data: { city: 'Taguig', first_name: `Liwayway${number}` },
		emailId: null,
		suppression: null,
		...changed,
	};
}

export function members(count: number, first = 1): Member[] {
	return Array.from({ length: count }, (_member, index) => member(first + index));
}

/** A batch that nobody attempted before, but for what a test changes. */
export function batchOf(batch: number, recipients: Member[], changed: Partial<Batch> = {}): Batch {
	return { batch, attempts: 1, firstAttemptAt: null, isKeyExpired: false, recipients, ...changed };
}

/** The item that comes from the ledger. */
export function portionOf(batches: Batch[], campaign: object = opened()): IDataObject {
	return {
		...campaign,
		state: 'sending',
		leaseToken: 'lease-1',
		batches,
	} as unknown as IDataObject;
}

/** What Send tells the ledger. */
export function recordedIn(json: IDataObject) {
	const [campaignId, leaseToken, batches, stop, log] = statementIn(json, 'record').values;
	return {
		campaignId,
		leaseToken,
		batches: JSON.parse(String(batches)) as BatchResult[],
		stop,
		log: JSON.parse(String(log)) as Array<Record<string, unknown>>,
	};
}
