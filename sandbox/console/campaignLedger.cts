/** What the campaign ledger in the state store counts. Figures only: nobody's address is read. */
import type pg from 'pg';

import { isPrepared } from './preparedTables.cts';

export interface LedgerCounts {
	id: string;
	state: string;
	stopReason: string | null;
	counts: Record<string, number>;
	/** Who was left out, by reason. */
	leftOut: Record<string, number>;
}

// The audience counts every row. One that has neither a recipient nor a reason without a name
// is a further row of an address that is there already.
const COUNTS = `
	WITH campaign AS (SELECT * FROM property_platform.campaigns WHERE campaign_id = ANY ($1)),
	person AS (
	  SELECT * FROM property_platform.campaign_recipients WHERE campaign_id = ANY ($1)),
	nameless AS (
	  SELECT campaign_id, reason, people::bigint
	  FROM campaign, jsonb_each_text(campaign.nameless) AS nobody (reason, people)),
	left_out AS (
	  SELECT campaign_id, reason, count(*) AS people FROM person WHERE state = 'left_out' GROUP BY 1, 2
	  UNION ALL
	  SELECT * FROM nameless
	  UNION ALL
	  SELECT campaign_id, 'duplicate', audience
	    - (SELECT count(*) FROM person WHERE person.campaign_id = campaign.campaign_id)
	    - (SELECT coalesce(sum(people), 0) FROM nameless
	       WHERE nameless.campaign_id = campaign.campaign_id)
	  FROM campaign),
	summed AS (
	  SELECT campaign_id, reason, sum(people) AS people FROM left_out GROUP BY 1, 2
	  HAVING sum(people) > 0)
	SELECT campaign_id AS id, campaign.state, stop_reason AS "stopReason",
	  (SELECT json_build_object(
	     'audience', audience,
	     'pending', count(*) FILTER (WHERE person.state IN ('pending', 'sending')),
	     'refused', count(*) FILTER (WHERE person.state = 'refused'),
	     'delivered', count(delivered_at), 'opened', count(opened_at), 'clicked', count(clicked_at),
	     'bounced', count(bounced_at), 'complained', count(complained_at),
	     'unsubscribed', count(unsubscribed_at))
	   FROM person WHERE person.campaign_id = campaign.campaign_id) AS counts,
	  coalesce(
	    (SELECT json_object_agg(reason, people ORDER BY reason) FROM summed
	     WHERE summed.campaign_id = campaign.campaign_id), '{}') AS "leftOut"
	FROM campaign`;

/** The counts by campaign. None where the state store is not prepared, or is of an older version. */
export async function ledgerCounts(
	pool: pg.Pool,
	campaignIds: string[],
): Promise<Map<string, LedgerCounts>> {
	if (!(await isPrepared(pool, 'campaign_recipients'))) return new Map();
	const { rows } = await pool.query<LedgerCounts>(COUNTS, [campaignIds]);
	return new Map(rows.map((row) => [row.id, row]));
}
