import type { Decision } from './admit';

/** What a flow gets of an accepted event, whichever node took it in. */
export function admittedEvent<T>(
	{ event, secret }: Extract<Decision<T>, { outcome: 'accepted' }>,
	correlationId: string,
	now: Date,
) {
	return {
		event,
		correlationId,
		receivedAt: now.toISOString(),
		signedWith: `${secret} secret`,
	};
}

/** What the sender is told where the flow is not switched on for the event's company. */
export const NOT_SELECTED = {
	accepted: false,
	message: 'This flow is not switched on for the company.',
} as const;

/** What the sender is told where the trigger takes events of other kinds only. */
export const EVENT_NOT_SELECTED = {
	accepted: false,
	message: 'This event is not among those selected.',
} as const;
