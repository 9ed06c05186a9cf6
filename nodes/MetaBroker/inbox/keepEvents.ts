import type { Statement } from '../../shared/stateStore/statement';
import { storableJson } from '../../shared/stateStore/storable';
import { KEEP_QUERY } from './keepQuery';
import { type ReceivedEvent, tell } from './told';

export interface ReceivedBatch {
	events: readonly ReceivedEvent[];
	/** For how long we are silent after somebody else answered the person; 0: never. */
	pauseHours: number;
}

/** The one row `keepEvents` answers. */
export interface KeepRow {
	/** Rows of the inbox that are new or say something new, and marks of `echoes`. */
	kept: number;
	/** Events that were here before, or that are in the batch before. */
	repeated: number;
	/** Of those kept: messages, postbacks and referrals that wait. */
	messages: number;
	/** These, and those that waited before in the same conversations: there is something to take. */
	waiting: number;
	/** Of those kept: lead forms that wait. */
	leadForms: number;
	/** Messages that wait with another text than before. */
	edited: number;
	/** Messages that will not be worked on because they were unsent. */
	withdrawn: number;
	/** Parts of our replies that Meta sent back for the first time. */
	echoes: number;
	/** Conversations that somebody else answered or took over. */
	handedOver: number;
}

/**
 * Puts events into the inbox, each once, however often and in whichever order they are delivered.
 * Messages, postbacks, referrals and lead forms wait there; what happens to them, an unsending or
 * an edit, holds whether it comes before them or after them. Echoes and hand-overs count for the
 * conversation at once, the latest by Meta's clock. Reads, deliveries, reactions and opt-ins leave
 * no trace. Always answers one row, a `KeepRow`.
 */
export function keepEvents({ events, pauseHours }: ReceivedBatch): Statement {
	const { conversations, events: rows, echoes, unsent, repeated } = tell(events);
	return {
		query: KEEP_QUERY,
		values: [
			storableJson(conversations),
			storableJson(rows),
			storableJson(echoes),
			storableJson(unsent),
			pauseHours,
			repeated,
		],
	};
}
