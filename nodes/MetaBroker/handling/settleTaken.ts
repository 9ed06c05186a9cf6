import { PLATFORM, VendorError } from '../../shared/http/vendorError';
import type { Statement } from '../../shared/stateStore/statement';
import type { EventLogRow } from '../../shared/stateStore/eventLog';
import { oneLine } from '../../shared/text/oneLine';
import type { Trail } from '../../shared/stateStore/trail';
import { postponeMessage, RETRY_WAITS } from '../inbox/postponeMessage';
import { recordMessage } from '../inbox/recordMessage';
import type { SentPart, SessionChange } from '../inbox/session';
import type { TakenEvent } from '../inbox/takenEvent';
import { ReplyError } from '../reply/replyError';

const LONGEST_REASON = 200;

/** What work on a taken event has brought about so far. It outlives a failure. */
export interface Progress {
	sentParts: readonly SentPart[];
	change: SessionChange;
}

/**
 * Follows the work on an event. If it fails, the event goes back to the inbox with what was achieved;
 * `statements` are for when it ends well: they record it, or give it back after all. Without an
 * inbox there is nothing to settle. `retryWaitsSeconds` says when it comes again, failure by failure.
 */
export function settleTaken(
	{ event, leaseToken, sentParts }: TakenEvent,
	trail: Trail,
	retryWaitsSeconds: readonly number[],
) {
	const progress: Progress = { sentParts, change: {} };
	const worked = () => ({
		eventId: event.id,
		conversation: event.conversation,
		leaseToken: leaseToken ?? '',
		...progress,
	});
	const postpone = (error: unknown, log: readonly EventLogRow[]): Statement => {
		const { sent = progress.sentParts } = error instanceof ReplyError ? error : {};
		const { held } = progress.change;
		return postponeMessage({
			...worked(),
			sentParts: sent,
			// The rest is found out anew: by then the person may have unsent the message.
			change: held === undefined ? {} : { held },
			reason: reasonOf(error),
			retry: {
				kind: retryOf(error),
				waits: { ...RETRY_WAITS, failures: retryWaitsSeconds },
			},
			log,
		});
	};
	if (leaseToken) trail.onFailure = postpone;

	return {
		progress,
		statements(outcome: string): { stateStore?: Record<string, Statement> } {
			if (!leaseToken) return {};
			const { log } = trail;
			return {
				stateStore: {
					record: recordMessage({ ...worked(), outcome, log }),
					postpone: postpone(undefined, []),
				},
			};
		},
	};
}

/** Read by people in the inbox: words that are ours, for others may hold personal data. */
function reasonOf(error: unknown): string {
	if (error instanceof VendorError) return error.details.kind;
	const isOurs = error instanceof Error && error.name === 'NodeOperationError';
	return isOurs ? oneLine(error.message, LONGEST_REASON) : 'error';
}

function retryOf(error: unknown): 'platform' | 'ambiguous' | 'account' {
	if (error instanceof ReplyError && error.isAmbiguous) return 'ambiguous';
	const isPlatform = error instanceof VendorError && error.details.vendor === PLATFORM;
	return isPlatform ? 'platform' : 'account';
}
