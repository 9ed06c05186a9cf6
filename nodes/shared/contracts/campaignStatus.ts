import { z } from 'zod';

import { count, identifier, percentage } from './fields';

/** The callback of a campaign: `POST /internal/n8n/campaign-status`. */
export const campaignStatus = z
	.object({
		campaign_id: identifier,
		sent: count,
		failed: count,
		status: z.string().min(1).max(20),
		delivery_rate: percentage,
	})
	.passthrough();

export type CampaignStatus = z.infer<typeof campaignStatus>;
