import { insertStep } from '../../shared/stateStore/insertStep';
import type { Statement } from '../../shared/stateStore/statement';
import { storableJson, storableText } from '../../shared/stateStore/storable';
import type { CampaignState } from './campaignState';
import { suppressionOf } from './suppression';

/** Whoever left is not mailed, whichever other row of the audience names the address. */
const BARRING_REASON = 'unsubscribed';

export interface Recipient {
	/** The hash that stands for the address. */
	recipient: string;
	email: string;
	personId: string | null;
	/** What the mail shows of this person. JSON. */
	data: unknown;
}

export interface LeftOut {
	/** Null where the person has no usable address. */
	recipient: string | null;
	personId: string | null;
	/** `unsubscribed` keeps the address out of the campaign, also where another page has it in. */
	reason: string;
}

export interface AudiencePage {
	campaignId: string;
	/** Of the definition this audience belongs to, as the opening answered it. */
	definitionHash: string;
	recipients: readonly Recipient[];
	leftOut: readonly LeftOut[];
	/** Where the ledger stands before this page, null at the start, and after it. */
	previousCursor: string | null;
	cursor: string | null;
	/** Whether the audience ends here; a last page may be empty. */
	isLast: boolean;
}

/** The one row `enrollRecipients` answers; the counts are of this page. */
export interface EnrollRow {
	/** `superseded`: another execution wrote this page, or the campaign is not enrolling (any more). */
	outcome: 'enrolled' | 'superseded';
	campaignId: string;
	/** Null where the campaign was never opened. */
	state: CampaignState | null;
	enrolled: number;
	leftOut: number;
	/** Further rows of an address that is in the ledger already. */
	duplicates: number;
	/** Left out because the address is on the suppression list. */
	suppressed: number;
	/** Where the ledger stands now. */
	cursor: string | null;
}

/**
 * Writes one page of the audience into the ledger, once: a page that is repeated after a crash, or
 * brought by two executions, counts nobody twice. Always answers one row, an `EnrollRow`.
 */
export function enrollRecipients(page: AudiencePage): Statement {
	const { previousCursor, cursor } = page;
	return {
		query: ENROLL,
		values: [
			storableText(page.campaignId),
			storableText(page.definitionHash),
			previousCursor === null ? null : storableText(previousCursor),
			cursor === null ? null : storableText(cursor),
			page.isLast,
			storableJson(page.recipients),
			storableJson(page.leftOut),
		],
	};
}

const STEP = {
	correlationId: 'correlation_id',
	flow: "'campaign-dispatch'",
	outcome: 'page.outcome',
	detail: `format('enrolled %s, left out %s, duplicates %s, suppressed %s',
		enrolled, left_out, duplicates, suppressed)`,
};

// Of the rows of one address one that bars it counts, else the first that can be mailed,
// else the first: in one page by the sort of `named`, across pages by the comparison of the upsert,
// so that the order of the pages does not matter. The first page clears away what an enrolment of
// another definition left behind.
const ENROLL = `WITH campaign AS (
	SELECT company_id, correlation_id, state, audience, audience_cursor,
		state = 'enrolling' AND definition_hash = $2::text
			AND audience_cursor IS NOT DISTINCT FROM $3::text AS is_next
	FROM property_platform.campaigns WHERE campaign_id = $1::text
	FOR NO KEY UPDATE
), offered AS (
	SELECT recipient, person_id, email, data, NULL::text AS reason, false AS is_barred, position
	FROM ROWS FROM (jsonb_to_recordset($6::jsonb) AS (
		recipient text, "personId" text, email text, data jsonb
	)) WITH ORDINALITY AS mailed (recipient, person_id, email, data, position)
	WHERE (SELECT is_next FROM campaign)
	UNION ALL
	SELECT recipient, person_id, NULL, NULL, reason,
		reason = '${BARRING_REASON}', position
	FROM ROWS FROM (jsonb_to_recordset($7::jsonb) AS (
		recipient text, "personId" text, reason text
	)) WITH ORDINALITY AS left_out (recipient, person_id, reason, position)
	WHERE (SELECT is_next FROM campaign)
), named AS (
	SELECT DISTINCT ON (recipient) *
	FROM offered WHERE recipient IS NOT NULL
	ORDER BY recipient, is_barred DESC, reason IS NULL DESC, position
), screened AS (
	SELECT named.*, CASE WHEN reason IS NULL
		THEN ${suppressionOf('named.recipient', 'campaign.company_id')} END AS suppression
	FROM named CROSS JOIN campaign
), outdated AS (
	DELETE FROM property_platform.campaign_recipients AS member
	USING campaign
	WHERE member.campaign_id = $1::text AND campaign.is_next AND campaign.audience = 0
		AND NOT EXISTS (SELECT FROM screened WHERE screened.recipient = member.recipient)
), written AS (
	INSERT INTO property_platform.campaign_recipients AS held
		(campaign_id, recipient, person_id, email, data, state, reason, is_barred)
	SELECT $1::text, recipient, person_id,
		CASE WHEN suppression IS NULL THEN email END,
		CASE WHEN suppression IS NULL THEN data END,
		CASE WHEN reason IS NULL AND suppression IS NULL THEN 'pending' ELSE 'left_out' END,
		COALESCE(reason, 'suppressed: ' || suppression),
		is_barred OR suppression IS NOT NULL
	FROM screened
	ON CONFLICT (campaign_id, recipient) DO UPDATE SET
		person_id = excluded.person_id,
		email = excluded.email,
		data = excluded.data,
		state = excluded.state,
		reason = excluded.reason,
		is_barred = excluded.is_barred
	WHERE (SELECT audience FROM campaign) = 0
		OR (excluded.is_barred, excluded.state = 'pending') > (held.is_barred, held.state = 'pending')
	RETURNING recipient, state
), nameless AS (
	SELECT reason, count(*) AS people FROM offered WHERE recipient IS NULL GROUP BY reason
), advanced AS (
	UPDATE property_platform.campaigns AS held SET
		state = CASE WHEN $5::boolean THEN 'sending' ELSE 'enrolling' END,
		audience = held.audience + (SELECT count(*) FROM offered),
		audience_cursor = $4::text,
		nameless = held.nameless || COALESCE((
			SELECT jsonb_object_agg(reason, people + COALESCE((held.nameless ->> reason)::int, 0))
			FROM nameless
		), '{}'),
		enrolled_at = CASE WHEN $5::boolean THEN now() END,
		updated_at = now()
	FROM campaign
	WHERE held.campaign_id = $1::text AND campaign.is_next
	RETURNING held.state, held.audience_cursor
), counted AS (
	SELECT
		count(*) AS people,
		count(*) FILTER (WHERE state = 'pending') AS enrolled,
		count(*) FILTER (WHERE suppression IS NOT NULL) AS suppressed,
		(SELECT COALESCE(sum(people), 0) FROM nameless) AS nameless
	FROM written JOIN screened USING (recipient)
), page AS (
	SELECT
		CASE WHEN advanced.state IS NULL THEN 'superseded' ELSE 'enrolled' END AS outcome,
		enrolled::int AS enrolled,
		(people - enrolled - suppressed + nameless)::int AS left_out,
		((SELECT count(*) FROM offered) - people - nameless)::int AS duplicates,
		suppressed::int AS suppressed
	FROM counted LEFT JOIN advanced ON true
), logged AS (
	${insertStep('enroll', STEP, 'page CROSS JOIN campaign')}
)
SELECT
	page.outcome AS "outcome",
	$1::text AS "campaignId",
	COALESCE(advanced.state, campaign.state) AS "state",
	page.enrolled AS "enrolled",
	page.left_out AS "leftOut",
	page.duplicates AS "duplicates",
	page.suppressed AS "suppressed",
	CASE WHEN advanced.state IS NULL THEN campaign.audience_cursor ELSE advanced.audience_cursor END
		AS "cursor"
FROM page LEFT JOIN campaign ON true LEFT JOIN advanced ON true`;
