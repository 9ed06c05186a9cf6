import { z } from 'zod';

import { identifier, text } from './fields';

const LONGEST_QUERY = 4_000;

const utmTag = z.string().trim().min(1).max(200);

/**
 * The campaign the platform asks to have sent: `POST /webhook/campaign-dispatch`. The first five
 * fields are the guide's and are required. Fields that are not named here pass through untouched.
 */
export const campaignRequested = z
	.object({
		/** A UUID in practice. It travels in the tags of every mail, and Resend takes nothing else there. */
		campaign_id: z
			.string()
			.trim()
			.regex(/^[\w-]{1,128}$/, 'must be letters, digits, - and _, such as a UUID'),
		company_id: identifier,
		/** A condition in the audience language, such as `budget_max > 5000000 AND beds >= 2`. */
		audience_query: text(LONGEST_QUERY),
		template_id: identifier,
		/** `sales@company.com`, or `Company Sales <sales@company.com>`. */
		sender: text(320),
		reply_to: text(320).nullish(),
		/** What every mail of the campaign may show, by the names that the template uses. */
		data: z.record(z.unknown()).nullish(),
		/** Marks the links of the mails, and the leads that come of them. */
		utm: z
			.object({
				source: utmTag.nullish(),
				medium: utmTag.nullish(),
				campaign: utmTag.nullish(),
			})
			.passthrough()
			.nullish(),
		/** An explicit yes to a query that selects everybody. */
		allow_everybody: z.boolean().nullish(),
	})
	.passthrough();

export type CampaignRequested = z.infer<typeof campaignRequested>;
