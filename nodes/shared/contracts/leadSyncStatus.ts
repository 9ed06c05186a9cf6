import { z } from 'zod';

import { identifier } from './fields';

/** The callback of a lead: `POST /internal/n8n/lead-sync-status`. */
export const leadSyncStatus = z
	.object({
		lead_id: identifier,
		crm: z.string().min(1).max(50),
		status: z.enum(['synced', 'failed', 'skipped']),
		external_id: z.string().max(200).nullable(),
		message: z.string().max(2000),
	})
	.passthrough();

export type LeadSyncStatus = z.infer<typeof leadSyncStatus>;
