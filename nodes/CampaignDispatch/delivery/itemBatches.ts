import { createHash } from 'node:crypto';

import { RESEND } from '../../shared/vendors/resend';
import type { Batch } from '../ledger/takeBatches';
import type { PreparedBatch } from './prepareBatch';
import type { Recipient } from './selectRecipients';

/** Batches as a ledger would give them out, where there is none: the same people make the same ones. */
export function itemBatches(recipients: readonly Recipient[]): Batch[] {
	const inOrder = recipients.toSorted((one, other) => (one.recipient < other.recipient ? -1 : 1));
	return Array.from({ length: Math.ceil(inOrder.length / RESEND.batchSize) }, (_, batch) => ({
		batch,
		attempts: 1,
		firstAttemptAt: null,
		isKeyExpired: false,
		recipients: inOrder
			.slice(batch * RESEND.batchSize, (batch + 1) * RESEND.batchSize)
			.map((recipient) => ({ ...recipient, emailId: null, suppression: null })),
	}));
}

/** The batch under a key of its mails: without a ledger nothing else tells a repeat from a change. */
export function keyedByContent(batch: PreparedBatch): PreparedBatch {
	const hash = createHash('sha256').update(JSON.stringify(batch.mails)).digest('hex');
	return Object.assign(batch, { key: `${batch.key}/${hash.slice(0, 32)}` });
}
