import { z } from 'zod';

import { count, identifier } from './fields';

const intents = z.array(z.string().min(1).max(60)).max(20);

/** A message from Messenger or Instagram: `POST /internal/n8n/channel-message`. */
export const channelMessage = z
	.object({
		platform: z.enum(['facebook', 'instagram']),
		user_id: identifier,
		message: z.string().max(100_000),
		intents,
		lead_captured: z.boolean(),
		session_data: z
			.object({
				previous_messages: count,
				last_property_viewed: z.string().max(200).nullish(),
			})
			.passthrough(),
	})
	.passthrough();

/** What the platform answers to a channel message. */
export const channelReply = z
	.object({
		reply_text: z.string(),
		intents,
		lead_captured: z.boolean(),
		suggested_properties: z.array(identifier),
		next_action: z.string().max(60).nullish(),
	})
	.passthrough();

export type ChannelMessage = z.infer<typeof channelMessage>;
export type ChannelReply = z.infer<typeof channelReply>;
