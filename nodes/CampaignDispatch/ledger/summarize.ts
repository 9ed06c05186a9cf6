import type { Statement } from '../../shared/stateStore/statement';
import { storableText } from '../../shared/stateStore/storable';
import type { CampaignState } from './campaignState';
import { utcText } from '../../shared/stateStore/utcText';

export interface SummaryRequest {
	/** Null for the completed campaigns of which something changed since they were reported. */
	campaignId: string | null;
	/** For how long after the start a lead counts as a conversion. */
	conversionWindowDays: number;
}

/** What became of a campaign, each person counted once in each number. */
export interface SummaryRow {
	/** False where the campaign was never opened; every other field is then null, 0 or `{}`. */
	found: boolean;
	campaignId: string;
	companyId: string | null;
	correlationId: string | null;
	state: CampaignState | null;
	stopReason: string | null;
	/** Moments as UTC ISO 8601. */
	startedAt: string | null;
	completedAt: string | null;
	/** When this was counted, for `markReported`. */
	asOf: string;
	/** All rows of the audience: `pending`, `sending`, `sent` and everybody left out. */
	audience: number;
	/** How many were left out, by reason. */
	leftOut: Record<string, number>;
	pending: number;
	/** Given to an execution that has not told yet what became of them. */
	sending: number;
	/** Handed to Resend, the refused ones among them. */
	sent: number;
	refused: number;
	delivered: number;
	bounced: number;
	permanentBounces: number;
	/** The other bounces. */
	transientBounces: number;
	complained: number;
	opened: number;
	clicked: number;
	unsubscribed: number;
	suppressedByVendor: number;
	/** Of `sent`: refused, bounced for good, failed or suppressed by Resend. */
	failed: number;
	/** Leads that came with the utm campaign of this campaign, within the window. */
	conversions: number;
}

/**
 * Counts what became of one campaign, in one row, or of those with news, in a row each. The guide's
 * `delivery_rate` is `(sent - failed) / sent`.
 */
export function summarizeCampaigns(request: SummaryRequest): Statement {
	const { campaignId, conversionWindowDays } = request;
	return campaignId === null
		? { query: summaryQuery(WITH_NEWS), values: [conversionWindowDays] }
		: {
				query: summaryQuery('SELECT $2::text AS campaign_id'),
				values: [conversionWindowDays, storableText(campaignId)],
			};
}

/** The rest comes with the next asking. */
const MOST_AT_ONCE = 100;

// Events mark a change once a minute, and a report may have missed what was under way: two minutes
// cover both, at the cost of one report too many now and then.
const WITH_NEWS = `SELECT campaign_id
	FROM property_platform.campaigns
	WHERE state = 'completed' AND (reported_at IS NULL OR completed_at > reported_at
		OR changed_at > reported_at - interval '2 minutes')
	ORDER BY COALESCE(reported_at, completed_at), campaign_id
	LIMIT ${MOST_AT_ONCE}`;

const FAILED = `(state = 'refused' OR (state = 'sent'
			AND (bounce = 'permanent' OR failed_at IS NOT NULL OR suppressed_at IS NOT NULL)))`;

const people = (condition: string, name: string) =>
	`count(*) FILTER (WHERE ${condition})::int AS "${name}"`;

// One address has one row; whatever is missing to the audience are further rows of an address.
const summaryQuery = (asked: string) => `WITH asked AS (
	${asked}
)
SELECT
	campaign.campaign_id IS NOT NULL AS "found",
	campaign_id AS "campaignId",
	campaign.company_id AS "companyId",
	campaign.correlation_id AS "correlationId",
	campaign.state AS "state",
	campaign.stop_reason AS "stopReason",
	${utcText('campaign.started_at')} AS "startedAt",
	${utcText('campaign.completed_at')} AS "completedAt",
	${utcText('now()')} AS "asOf",
	COALESCE(campaign.audience, 0) AS "audience",
	left_out.reasons AS "leftOut",
	mails.*,
	leads.conversions AS "conversions"
FROM asked
	LEFT JOIN property_platform.campaigns AS campaign USING (campaign_id)
	CROSS JOIN LATERAL (
		SELECT
			${[
				people("state = 'pending'", 'pending'),
				people("state = 'sending'", 'sending'),
				people("state IN ('sent', 'refused')", 'sent'),
				people("state = 'refused'", 'refused'),
				people('delivered_at IS NOT NULL', 'delivered'),
				people('bounced_at IS NOT NULL', 'bounced'),
				people("bounced_at IS NOT NULL AND bounce = 'permanent'", 'permanentBounces'),
				people("bounced_at IS NOT NULL AND bounce <> 'permanent'", 'transientBounces'),
				people('complained_at IS NOT NULL', 'complained'),
				people('opened_at IS NOT NULL', 'opened'),
				people('clicked_at IS NOT NULL', 'clicked'),
				people('unsubscribed_at IS NOT NULL', 'unsubscribed'),
				people('suppressed_at IS NOT NULL', 'suppressedByVendor'),
				people(FAILED, 'failed'),
			].join(',\n\t\t\t')}
		FROM property_platform.campaign_recipients AS member
		WHERE member.campaign_id = campaign.campaign_id
	) AS mails
	CROSS JOIN LATERAL (
		SELECT COALESCE(jsonb_object_agg(reason, people), '{}') AS reasons
		FROM (
			SELECT reason, sum(people) AS people
			FROM (
				SELECT reason, count(*) AS people
				FROM property_platform.campaign_recipients AS member
				WHERE member.campaign_id = campaign.campaign_id AND state = 'left_out'
				GROUP BY reason
				UNION ALL
				SELECT key, value::int FROM jsonb_each_text(campaign.nameless)
				UNION ALL
				SELECT 'duplicate', campaign.audience
					- (SELECT count(*) FROM property_platform.campaign_recipients AS member
						WHERE member.campaign_id = campaign.campaign_id)
					- (SELECT COALESCE(sum(value::int), 0) FROM jsonb_each_text(campaign.nameless))
			) AS parts
			GROUP BY reason HAVING sum(people) > 0
		) AS totals
	) AS left_out
	CROSS JOIN LATERAL (
		SELECT count(*)::int AS conversions
		FROM property_platform.processed_events AS lead
		WHERE lead.flow = 'lead-score'
			AND lead.result -> 'utm' ->> 'campaign'
				= COALESCE(campaign.definition -> 'utm' ->> 'campaign', campaign.campaign_id)
			AND COALESCE(lead.result ->> 'company_id', campaign.company_id) = campaign.company_id
			AND lead.first_seen_at >= campaign.started_at
			AND lead.first_seen_at < campaign.started_at
				+ make_interval(days => $1::int)
	) AS leads`;
