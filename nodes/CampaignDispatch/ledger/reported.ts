import { type EventLogRow, insertLogRows } from '../../shared/stateStore/eventLog';
import { elapsedMs, insertStep } from '../../shared/stateStore/insertStep';
import type { Statement } from '../../shared/stateStore/statement';
import { storableJson, storableText } from '../../shared/stateStore/storable';

export interface ReportedCampaign {
	campaignId: string;
	/** When its counts were taken: `asOf` of the summary that was reported. */
	asOf: string;
}

/** The one row `markReported` answers; false where the campaign was never opened. */
export interface MarkReportedRow {
	reported: boolean;
}

/**
 * Notes that the platform has the counts of a campaign as they were, and how often they were sent;
 * the first time that it has those of a completed one, the event log says that the campaign is
 * complete. Always answers one row.
 */
export function markReported(
	{ campaignId, asOf }: ReportedCampaign,
	log: readonly EventLogRow[],
): Statement {
	return { query: MARK, values: [storableText(campaignId), asOf, storableJson(log)] };
}

const COMPLETE = {
	correlationId: 'correlation_id',
	flow: "'campaign-dispatch'",
	outcome: "'ok'",
	durationMs: elapsedMs('opened_at'),
};

/** A summary tells its moment to the millisecond. */
const COMPLETED = "date_trunc('milliseconds', completed_at)";

const MARK = `WITH held AS (
	SELECT campaign_id, reported_at FROM property_platform.campaigns
	WHERE campaign_id = $1::text
	FOR NO KEY UPDATE
), marked AS (
	UPDATE property_platform.campaigns AS campaign SET
		reported_at = GREATEST(campaign.reported_at, $2::timestamptz)
	FROM held
	WHERE campaign.campaign_id = held.campaign_id
	RETURNING campaign.correlation_id, campaign.opened_at, campaign.completed_at,
		campaign.reported_at, held.reported_at AS reported_before
), logged AS (
	${insertLogRows('$3')}
	RETURNING id
), finished AS (
	SELECT correlation_id, opened_at FROM marked
	WHERE reported_at >= ${COMPLETED}
		AND (reported_before IS NULL OR reported_before < ${COMPLETED})
), completed AS (
	${insertStep('complete', COMPLETE, 'finished', 'logged')}
)
SELECT EXISTS (SELECT FROM marked) AS "reported"`;
