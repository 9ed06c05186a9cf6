import { z } from 'zod';

/** An id is kept as text, for many are above 2^53. */
const accountId = z.union([
	z.string().regex(/^[\x21-\x7e]{1,256}$/, 'must be an id'),
	z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).transform(String),
]);

/** Only that it is a list: a batch has up to a thousand events, and each is read on its own. */
const events = z.custom<unknown[]>(Array.isArray, 'must be a list').nullish();

/**
 * What Meta posts to a webhook, of whatever kind. What is not known yet passes, so that Meta does
 * not ask for it again and again, and in the end turns the webhook off.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#event-notifications
 */
export const metaWebhook = z
	.object({
		/** `page` or `instagram`; other ones come where an app is subscribed to them. */
		object: z.string().min(1).max(100),
		entry: z
			.array(
				z
					.object({
						/** The Page, or the Instagram account. */
						id: accountId,
						/** When Meta sent it, in milliseconds or, with `changes`, in seconds. */
						time: z.unknown(),
						messaging: events,
						/** While another app holds the conversation. */
						standby: events,
						changes: events,
					})
					.passthrough(),
			)
			.min(1),
	})
	.passthrough();

export type MetaWebhook = z.infer<typeof metaWebhook>;
export type MetaEntry = MetaWebhook['entry'][number];
