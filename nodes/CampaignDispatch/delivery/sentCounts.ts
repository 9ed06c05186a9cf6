import type { BatchResult, MailResult } from '../ledger/recordBatches';
import { countBy } from './countBy';

export interface SentCounts {
	sent: number;
	refused: number;
	/** How many were left out at the last moment, by reason. */
	leftOut: Record<string, number>;
	/** Batches that wait for another attempt. */
	unsentBatches: number;
	results: MailResult[];
}

/** What became of the mails of some batches. */
export function countSent(batches: readonly BatchResult[]): SentCounts {
	const results = batches.flatMap((batch): readonly MailResult[] => batch.results ?? []);
	const inState = (wanted: MailResult['state']) => results.filter(({ state }) => state === wanted);
	return {
		sent: inState('sent').length,
		refused: inState('refused').length,
		leftOut: countBy(inState('left_out'), ({ reason = 'unknown' }) => reason),
		unsentBatches: batches.filter(({ outcome }) => outcome === 'unsent').length,
		results,
	};
}
