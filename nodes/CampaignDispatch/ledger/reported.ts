import type { Statement } from '../../shared/stateStore/statement';
import { storableText } from '../../shared/stateStore/storable';

export interface ReportedCampaign {
	campaignId: string;
	/** When its counts were taken: `asOf` of the summary that was reported. */
	asOf: string;
}

/** The one row `markReported` answers; false where the campaign was never opened. */
export interface MarkReportedRow {
	reported: boolean;
}

/** Notes that the platform has the counts of a campaign as they were. Always answers one row. */
export function markReported({ campaignId, asOf }: ReportedCampaign): Statement {
	return {
		query: `WITH marked AS (
	UPDATE property_platform.campaigns SET
		reported_at = GREATEST(reported_at, $2::timestamptz)
	WHERE campaign_id = $1::text
	RETURNING campaign_id
)
SELECT EXISTS (SELECT FROM marked) AS "reported"`,
		values: [storableText(campaignId), asOf],
	};
}
