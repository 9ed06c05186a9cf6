import { type EventLogRow, insertLogRows } from '../../shared/stateStore/eventLog';
import type { Statement } from '../../shared/stateStore/statement';
import { storableJson, storableText } from '../../shared/stateStore/storable';
import type { CampaignState } from './campaignState';

export interface MailResult {
	recipient: string;
	/** `left_out`: found suppressed in a batch whose key had expired, and never sent. */
	state: 'sent' | 'refused' | 'left_out';
	/** The vendor's id of a mail that was sent. */
	emailId?: string;
	/** Why it was refused or left out. */
	reason?: string;
}

export interface BatchResult {
	batch: number;
	/** `unsent`: the vendor took nothing of it; the next execution may take it at once. */
	outcome: 'sent' | 'unsent';
	/** Of every member of a batch that was sent. */
	results?: readonly MailResult[];
}

export interface RecordedBatches {
	campaignId: string;
	leaseToken: string;
	batches: readonly BatchResult[];
	/** Why the campaign cannot go on, such as a used-up quota: stops it. */
	stop?: string;
	/** How fast the vendor let it go, for the next portion. JSON. */
	pace?: unknown;
	log: readonly EventLogRow[];
}

/** The one row `recordBatches` answers. */
export interface RecordBatchesRow {
	campaignId: string;
	/** Null where the campaign was never opened. */
	state: CampaignState | null;
	/** How the members of the batches stand that were told to be sent. */
	sent: number;
	refused: number;
	/** People who wait for a batch. */
	pending: number;
	/** Batches that are not done, whoever holds them. */
	inFlight: number;
}

/**
 * Records what became of batches. What was sent is sent, whoever holds the lease by now; telling it
 * twice is the same as once, and nothing overwrites what an event of the vendor has proved. A batch
 * of which a member has no result is not done, and is sent again with its key. `unsent` gives back
 * what the token still holds. Always answers one row.
 */
export function recordBatches(work: RecordedBatches): Statement {
	return {
		query: RECORD,
		values: [
			storableText(work.campaignId),
			storableText(work.leaseToken),
			storableJson(work.batches),
			work.stop === undefined ? null : storableText(work.stop),
			storableJson(work.log),
			work.pace === undefined ? null : storableJson(work.pace),
		],
	};
}

// Batches are locked first and in order, then their members, so that two executions that tell the
// same cannot block each other; the campaign comes last, as it does for the events of the vendor.
const RECORD = `WITH told AS (
	SELECT batch, outcome, results
	FROM jsonb_to_recordset($3::jsonb) AS told (batch int, outcome text, results jsonb)
), held AS (
	SELECT batch, told.outcome, told.results
	FROM property_platform.campaign_batches AS stored JOIN told USING (batch)
	WHERE stored.campaign_id = $1::text
	ORDER BY batch
	FOR NO KEY UPDATE OF stored
), result AS (
	SELECT batch, recipient, state, "emailId" AS email_id, reason
	FROM held, jsonb_to_recordset(held.results) AS result (
		recipient text, state text, "emailId" text, reason text
	)
), members AS (
	SELECT batch, recipient, member.state AS state_before, result.state, result.email_id,
		COALESCE(result.reason, 'unknown') AS reason
	FROM held
		JOIN property_platform.campaign_recipients AS member USING (batch)
		LEFT JOIN result USING (batch, recipient)
	WHERE held.outcome = 'sent' AND member.campaign_id = $1::text
), finished AS (
	SELECT batch FROM members GROUP BY batch
	HAVING bool_and(state_before <> 'sending' OR state IS NOT NULL)
), settled AS (
	UPDATE property_platform.campaign_recipients AS member SET
		state = CASE
			WHEN told.state = 'sent' THEN 'sent'
			WHEN member.state = 'sending' THEN told.state
			ELSE member.state
		END,
		reason = CASE
			WHEN member.state = 'sending' AND told.state <> 'sent' THEN told.reason
			WHEN member.state <> 'sent' AND told.state = 'sent' THEN NULL
			ELSE member.reason
		END,
		email_id = COALESCE(member.email_id, told.email_id),
		sent_at = COALESCE(member.sent_at, CASE WHEN told.state = 'sent' THEN now() END),
		email = CASE WHEN member.state = 'sending' AND told.state = 'left_out' THEN NULL
			ELSE member.email END,
		data = NULL
	FROM members AS told JOIN finished USING (batch)
	WHERE member.campaign_id = $1::text AND member.recipient = told.recipient
	RETURNING member.state
), closed AS (
	UPDATE property_platform.campaign_batches AS stored SET
		state = 'done',
		lease_token = NULL,
		lease_until = NULL
	FROM finished
	WHERE stored.campaign_id = $1::text AND stored.batch = finished.batch
		AND stored.state = 'sending'
	RETURNING stored.batch
), given_back AS (
	UPDATE property_platform.campaign_batches AS stored SET lease_until = now()
	FROM held
	WHERE stored.campaign_id = $1::text AND stored.batch = held.batch
		AND held.outcome = 'unsent'
		AND stored.state = 'sending' AND stored.lease_token = $2::text
), counted AS (
	SELECT
		count(*) FILTER (WHERE state = 'sent')::int AS sent,
		count(*) FILTER (WHERE state = 'refused')::int AS refused,
		(SELECT count(*) FROM closed)::int AS closed
	FROM settled
), noted AS (
	UPDATE property_platform.campaigns SET
		state = CASE WHEN $4::text IS NULL THEN state ELSE 'stopped' END,
		stop_reason = COALESCE($4::text, stop_reason),
		pace = COALESCE($6::jsonb, pace),
		updated_at = now()
	WHERE campaign_id = $1::text AND state IN ('enrolling', 'sending')
		AND (SELECT closed FROM counted) >= 0
	RETURNING state
), logged AS (
	${insertLogRows('$5')}
)
SELECT
	$1::text AS "campaignId",
	COALESCE(noted.state, seen.state) AS "state",
	counted.sent AS "sent",
	counted.refused AS "refused",
	COALESCE(seen.pending, (SELECT count(*) FROM property_platform.campaign_recipients
		WHERE campaign_id = $1::text AND state = 'pending'))::int AS "pending",
	(SELECT count(*) FROM property_platform.campaign_batches
		WHERE campaign_id = $1::text AND state = 'sending')::int - counted.closed AS "inFlight"
FROM counted
	LEFT JOIN noted ON true
	LEFT JOIN property_platform.campaigns AS seen ON seen.campaign_id = $1::text`;
