import { z } from 'zod';

import { channelEvent } from '../events/channelEventContract';
import type { Learned, Session } from './session';

const learned = z
	.object({ mid: z.string() })
	.passthrough()
	.transform((entry) => entry as unknown as Learned);

const session = z.object({
	previousMessages: z.number().int().nonnegative().default(0),
	lastPropertyViewed: z.string().nullable().default(null),
	learned: z.array(learned).default([]),
	automation: z.enum(['on', 'handed_over', 'opted_out']).default('on'),
	pausedBy: z.string().nullable().default(null),
	heldSince: z.string().nullable().default(null),
}) satisfies z.ZodType<Session, z.ZodTypeDef, unknown>;

/**
 * An event to work on: as the inbox hands it over, or alone, as Parse Events gives it, in a workflow
 * without an inbox. Then nobody was met before.
 */
export const takenEvent = z
	.object({
		event: channelEvent,
		session: session.default({}),
		/** Which attempt this is, from 1. */
		attempt: z.number().int().positive().default(1),
		/** How many of the earlier attempts ended before anything could be sent, or with what was. */
		failures: z.number().int().nonnegative().default(0),
		/** Parts of replies that have gone out already. */
		sentParts: z.array(z.object({ key: z.string(), messageId: z.string() })).default([]),
		/** Whoever holds it may record the result; absent without an inbox. */
		leaseToken: z.string().nullish(),
	})
	.passthrough();

export type TakenEvent = z.infer<typeof takenEvent>;

/** Whether an earlier attempt may have sent something that is not among the sent parts. */
export function mayHaveSent({
	attempt,
	failures,
}: Pick<TakenEvent, 'attempt' | 'failures'>): boolean {
	return attempt > failures + 1;
}
