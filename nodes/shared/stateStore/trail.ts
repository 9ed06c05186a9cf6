import { isSuccess } from '../http/answer';
import type { Attempt } from '../http/send';
import { VendorError } from '../http/vendorError';
import { appendEventLog, type EventLogRow } from './eventLog';
import { releaseEvent } from './release';
import type { Statement } from './statement';
import type { VendorAnswer } from './vendorAnswers';

/** What the work on one item leaves behind, whether it ends well or not. */
export interface Trail {
	flow: string;
	correlationId: string;
	/** Set where the work was claimed in the state store. */
	eventKey?: string;
	leaseToken?: string;
	/** True where the claim says that nobody ever worked on it before. */
	isNew?: boolean;
	log: EventLogRow[];
	/** Vendor answers paid for on the way. */
	answers: VendorAnswer[];
	/** Where the work is no claim: what leaves the state store in order after a failure. */
	onFailure?(error: unknown, log: readonly EventLogRow[]): Statement;
}

/** Notes a step of ours as a row of the event log. */
export function noteStep(
	{ log, correlationId, flow }: Trail,
	step: string,
	outcome: string,
	more: Partial<EventLogRow>,
): void {
	log.push({ correlationId, flow, step, outcome, ...more });
}

/** Notes every attempt of a step as a row of the event log. */
export function noteAttempts(trail: Trail, step: string, vendor: string) {
	return ({ attempt, status, durationMs, noAnswer }: Attempt): void => {
		noteStep(trail, step, isSuccess({ status }) ? 'ok' : 'failed', {
			vendor,
			status,
			durationMs,
			attempt,
			...(noAnswer && { detail: noAnswer }),
		});
	};
}

/**
 * The statement that leaves the state store in order after a failure: the claim is given back so
 * that the next delivery can take it at once, what was paid for is kept, and the log says what
 * kind of failure it was, without its words.
 */
export function afterFailure(trail: Trail, step: string, error: unknown): Statement | undefined {
	const { flow, correlationId, eventKey, leaseToken, answers } = trail;
	const log = [
		...trail.log,
		{ correlationId, flow, step, outcome: 'failed', detail: failureKind(error) },
	];
	if (trail.onFailure) return trail.onFailure(error, log);
	if (!eventKey) return undefined;
	return leaseToken ? releaseEvent({ eventKey, leaseToken, answers, log }) : appendEventLog(log);
}

/** What kind of failure it was, such as `The platform: unavailable`. Never its words: they may be personal. */
export function failureKind(error: unknown): string {
	if (error instanceof VendorError) return `${error.details.vendor}: ${error.details.kind}`;
	return error instanceof Error ? error.name : 'unknown';
}
