import type { Statement } from '../../shared/stateStore/statement';
import { storableJson, storableText } from '../../shared/stateStore/storable';
import type { ChannelEvent } from '../events/channelEvent';
import type { SentPart, Session } from './session';
import { TAKE_QUERY } from './takeQuery';

export interface TakeRequest {
	kinds: ReadonlyArray<'message' | 'postback' | 'referral' | 'lead_form'>;
	/** Unique to this execution: its results are recorded with it. */
	leaseToken: string;
	/** How long working on one event may take; after that another execution may take it. */
	leaseSeconds: number;
	/** How long a person has to be silent before the answer; lead forms need no silence. */
	quietSeconds: number;
	/** How many conversations are wanted at most. */
	limit: number;
	/** How long a person is remembered after the last event; opt-outs are kept. */
	retentionDays: number;
}

/** `takeMessages` answers a row for each event it takes. */
export interface TakenRow {
	eventId: string;
	event: ChannelEvent;
	conversation: string;
	correlationId: string;
	leaseToken: string;
	/** Which attempt this is, from 1. */
	attempt: number;
	/** How many of the earlier ones failed for a reason that is known. */
	failures: number;
	session: Session;
	/** Parts of replies that are known to have gone out in the conversation of late. */
	sentParts: SentPart[];
	/** For how long the event has been in the inbox. */
	waitedSeconds: number;
}

/**
 * Takes the earliest waiting event of each conversation that nobody works on and that has been quiet
 * for a moment, under a lease on the conversation: a person is answered in the order in which they
 * wrote, and concurrent executions never share a conversation. Whoever never stops writing is
 * answered after ten times the moment. An event that is postponed holds back the later ones. One
 * that has been taken 50 times without a result is given up: a dead letter, with its alert.
 *
 * Also clears away some of what is older than the retention, never what waits. The ids of events
 * stay for three days at least, because Meta repeats itself for a day and a half. Answers a row for
 * each event, the one that waits longest first, or no row.
 */
export function takeMessages(request: TakeRequest): Statement {
	return {
		query: TAKE_QUERY,
		values: [
			storableJson(request.kinds),
			storableText(request.leaseToken),
			request.leaseSeconds,
			request.quietSeconds,
			request.limit,
			request.retentionDays,
		],
	};
}
