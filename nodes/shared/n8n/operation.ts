import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Pacer } from '../http/pace';
import type { RetryOptions } from '../http/retry';
import type { Attempt, Send } from '../http/send';
import type { Trail } from '../stateStore/trail';

export interface SendOptions extends Pick<RetryOptions, 'policy' | 'isFinal' | 'askedWaitMs'> {
	/** Requests a second over all items of the run. */
	perSecond?: number;
	/** Makes each attempt wait for its turn, where the vendor says how fast it may be asked. */
	pacer?: Pacer;
	onAttempt?(attempt: Attempt): void;
}

/** What the items of one run share: each vendor is paced over all of them together. */
export interface Run {
	/** A `Send` for one item, with retries; every attempt is told to `onAttempt`. */
	send(credentialType: string, itemIndex: number, options: SendOptions): Promise<Send>;
}

/**
 * Work on one item. What happens on the way goes into the trail, which outlives a failure. Several
 * where more than one item goes on in its place, undefined where none does.
 */
export type Execute = (
	context: IExecuteFunctions,
	itemIndex: number,
	run: Run,
	trail: Trail,
) => Promise<IDataObject | IDataObject[] | undefined>;

/** One operation of a node: what a person sees, and what happens for one item. */
export interface Operation {
	resource: string;
	operation: string;
	description: INodeProperties[];
	execute: Execute;
	/** How many items are worked on side by side, where not as many as usual. */
	itemsAtOnce?(context: IExecuteFunctions): number;
	/** True where the parameters make all input items one piece of work. */
	takesAllItems?(context: IExecuteFunctions): boolean;
}
