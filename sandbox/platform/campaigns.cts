import type pg from 'pg';

import type { CampaignRequested } from '../../nodes/shared/contracts/campaignRequested';
import { inTransaction } from './database.cts';

/** Inserts or updates a campaign, and its company where it is new. What a callback wrote stays. */
export async function saveCampaign(pool: pg.Pool, campaign: CampaignRequested): Promise<void> {
	await inTransaction(pool, async (client) => {
		await client.query(
			'INSERT INTO company (id, name) VALUES ($1, $1) ON CONFLICT (id) DO NOTHING',
			[campaign.company_id],
		);
		await client.query(
			`INSERT INTO campaign (id, company_id, audience_query, template_id, sender)
			 VALUES ($1, $2, $3, $4, $5)
			 ON CONFLICT (id) DO UPDATE
			 SET company_id = excluded.company_id, audience_query = excluded.audience_query,
			     template_id = excluded.template_id, sender = excluded.sender`,
			[
				campaign.campaign_id,
				campaign.company_id,
				campaign.audience_query,
				campaign.template_id,
				campaign.sender,
			],
		);
	});
}
