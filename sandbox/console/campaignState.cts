import type { Platform } from '../platform/platform.cts';
import { ledgerCounts } from './campaignLedger.cts';

/** The campaigns that were launched last first, each with what the ledger counts. */
const CAMPAIGNS = `
	WITH launched AS (
	  SELECT payload ->> 'campaign_id' AS id, max(created_at) AS at
	  FROM outbox_message WHERE event_type = 'campaign.dispatch' GROUP BY 1)
	SELECT campaign.id, company.name AS company, audience_query, template_id, sender, status, sent,
	  failed, delivery_rate, launched.at AS launched_at
	FROM campaign JOIN company ON company.id = campaign.company_id
	  LEFT JOIN launched ON launched.id = campaign.id
	ORDER BY launched.at DESC NULLS LAST, campaign.created_at DESC, campaign.id LIMIT 12`;

export async function campaignState({ pool }: Platform) {
	const { rows } = await pool.query<{ id: string }>(CAMPAIGNS);
	const ledger = await ledgerCounts(
		pool,
		rows.map(({ id }) => id),
	);
	return rows.map((row) => ({ ...row, ledger: ledger.get(row.id) ?? null }));
}
