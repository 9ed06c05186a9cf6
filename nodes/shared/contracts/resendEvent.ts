import { z } from 'zod';

import { readMoment } from '../vendors/resend/moment';

/** What a later version of Resend writes otherwise is as if it were not there. */
const words = z.string().nullish().catch(undefined);
const named = z.object({ name: z.string(), value: z.string() });

const bounce = z.object({
	message: words,
	/** `Permanent`, `Transient` or `Undetermined`. */
	type: words,
	subType: words,
	diagnosticCode: z.array(z.string()).nullish().catch(undefined),
});

/**
 * What Resend posts to a webhook. Types that are not known yet pass, so that none of them is asked
 * for again and again; fields that are not named here pass through untouched.
 * @see https://resend.com/docs/webhooks/event-types
 */
export const resendEvent = z
	.object({
		/** Such as `email.bounced`. */
		type: z.string().min(1).max(100),
		created_at: z.string().max(64).refine(isMoment, 'must be a date and time with its offset'),
		data: z
			.object({
				email_id: words,
				/** Of events about an address, such as `suppression.added`. */
				email: words,
				origin: words,
				to: z.array(z.string()).nullish().catch(undefined),
				/** An object, although a request gives them as a list. */
				tags: z
					.union([z.record(z.string()), z.array(named)])
					.nullish()
					.catch(undefined),
				bounce: bounce.nullish().catch(undefined),
				click: z.object({ link: words }).nullish().catch(undefined),
				failed: z.object({ reason: words }).nullish().catch(undefined),
				suppressed: z.object({ message: words, reason: words }).nullish().catch(undefined),
			})
			.passthrough(),
	})
	.passthrough();

export type ResendEvent = z.infer<typeof resendEvent>;

function isMoment(text: string): boolean {
	return !Number.isNaN(readMoment(text));
}
