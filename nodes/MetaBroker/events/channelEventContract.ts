import { z } from 'zod';

import type { ChannelEvent } from './channelEvent';

const words = z.string().nullish();

/** A `ChannelEvent` as another node hands it over: what nothing can be done without is there. */
export const channelEvent = z
	.object({
		id: z.string().min(1),
		kind: z.enum([
			'message',
			'postback',
			'referral',
			'lead_form',
			'echo',
			'unsend',
			'edit',
			'reaction',
			'read',
			'delivery',
			'optin',
			'handover',
			'other',
		]),
		channel: z.enum(['facebook', 'instagram']),
		accountId: z.string().min(1),
		userId: words,
		conversation: z.string().min(1),
		at: z.string().datetime({ offset: true }),
		mid: words,
		text: words,
		payload: words,
		title: words,
	})
	.passthrough()
	.transform((event) => event as unknown as ChannelEvent);
