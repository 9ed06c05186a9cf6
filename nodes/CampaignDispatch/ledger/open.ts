import { insertStep } from '../../shared/stateStore/insertStep';
import type { Statement } from '../../shared/stateStore/statement';
import { storableJson, storableText } from '../../shared/stateStore/storable';
import type { CampaignState } from './campaignState';

export interface RequestedCampaign {
	campaignId: string;
	companyId: string;
	correlationId: string;
	/** Everything the mails are made of: template, sender, settings. JSON. */
	definition: unknown;
	/** Equal definitions have equal hashes. */
	definitionHash: string;
}

/** The one row `openCampaign` answers. */
export interface OpenRow {
	campaignId: string;
	/** The company the campaign belongs to: that of its first delivery. */
	companyId: string;
	correlationId: string;
	state: CampaignState;
	/** The definition that counts, and its hash. */
	definition: unknown;
	definitionHash: string;
	/** Where enrolling stands; null at the start of the audience. */
	cursor: string | null;
	/** Whether nobody ever opened this campaign before. */
	isNew: boolean;
	/** Nothing stops a campaign that was just opened. */
	stopReason: null;
	alreadyCompleted: boolean;
}

/**
 * Opens a campaign, or goes on with one, also with one that was stopped. Until its first batch is
 * taken another definition replaces the one that stands, and its audience is enrolled anew; then
 * the definition is frozen. A completed campaign stays completed. Always answers one row.
 */
export function openCampaign(campaign: RequestedCampaign): Statement {
	return {
		query: OPEN,
		values: [
			storableText(campaign.campaignId),
			storableText(campaign.companyId),
			storableText(campaign.correlationId),
			storableJson(campaign.definition),
			storableText(campaign.definitionHash),
		],
	};
}

/** True for the row that stands where another definition takes its place. */
const REPLACED = `(held.state <> 'completed' AND held.next_batch = 1
			AND held.definition_hash <> excluded.definition_hash)`;

const unlessReplaced = (column: string, anew: string) =>
	`${column} = CASE WHEN ${REPLACED} THEN ${anew} ELSE held.${column} END`;

const STEP = {
	correlationId: 'correlation_id',
	flow: "'campaign-dispatch'",
	outcome: `CASE WHEN openings = 1 THEN 'opened'
		WHEN state = 'completed' THEN 'repeat'
		ELSE 'resumed' END`,
	attempt: 'openings',
};

// Where enrolling stands at its start, nobody is enrolled. A page that another transaction writes
// at this very moment is not seen here: the first page of the new enrolment clears it away.
const OPEN = `WITH opened AS (
	INSERT INTO property_platform.campaigns AS held
		(campaign_id, company_id, correlation_id, state, definition, definition_hash)
	VALUES ($1::text, $2::text, $3::text, 'enrolling', $4::jsonb, $5::text)
	ON CONFLICT (campaign_id) DO UPDATE SET
		correlation_id = excluded.correlation_id,
		state = CASE
			WHEN held.state = 'completed' THEN 'completed'
			WHEN held.enrolled_at IS NULL OR ${REPLACED} THEN 'enrolling'
			ELSE 'sending'
		END,
		${unlessReplaced('definition', 'excluded.definition')},
		${unlessReplaced('definition_hash', 'excluded.definition_hash')},
		${unlessReplaced('audience', '0')},
		${unlessReplaced('audience_cursor', 'NULL')},
		${unlessReplaced('nameless', "'{}'")},
		${unlessReplaced('enrolled_at', 'NULL')},
		${unlessReplaced('pending', 'NULL')},
		openings = held.openings + 1,
		stop_reason = NULL,
		updated_at = now()
	RETURNING *
), cleared AS (
	DELETE FROM property_platform.campaign_recipients AS member
	USING opened
	WHERE member.campaign_id = $1::text AND opened.state = 'enrolling' AND opened.audience = 0
), logged AS (
	${insertStep('open', STEP, 'opened')}
)
SELECT
	campaign_id AS "campaignId",
	company_id AS "companyId",
	correlation_id AS "correlationId",
	state,
	definition,
	definition_hash AS "definitionHash",
	audience_cursor AS "cursor",
	openings = 1 AS "isNew",
	stop_reason AS "stopReason",
	state = 'completed' AS "alreadyCompleted"
FROM opened`;
