import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { type RateMemory, rateMemory } from '../../shared/http/rateSchedule';
import { readContract } from '../../shared/n8n/readContract';
import { openedCampaign, type OpenedCampaign } from '../definition';
import type { Batch } from '../ledger/takeBatches';

const member = z.object({
	recipient: z.string(),
	email: z.string(),
	personId: z.string().nullable(),
	data: z.record(z.unknown()),
	emailId: z.string().nullable(),
	suppression: z.string().nullable(),
});

const portion = openedCampaign.extend({
	leaseToken: z.string(),
	/** What an earlier version, or another vendor, left there is as if it were not there. */
	pace: rateMemory.nullish().catch(undefined),
	batches: z.array(
		z.object({
			batch: z.number().int(),
			attempts: z.number().int(),
			firstAttemptAt: z.string().nullable(),
			isKeyExpired: z.boolean(),
			recipients: z.array(member),
		}),
	),
});

export interface Portion {
	campaign: OpenedCampaign;
	leaseToken: string;
	batches: Batch[];
	/** Of the portion before. */
	pace?: RateMemory;
}

/** A portion of a campaign, as the Postgres node that took it from the ledger answers it. */
export function readPortion(context: IExecuteFunctions, itemIndex: number): Portion {
	const { json } = context.getInputData()[itemIndex]!;
	const { leaseToken, batches, pace, ...campaign } = readContract(
		context,
		itemIndex,
		portion,
		json,
		'portion from the ledger',
	);
	return { campaign, leaseToken, batches, ...(pace && { pace }) };
}
