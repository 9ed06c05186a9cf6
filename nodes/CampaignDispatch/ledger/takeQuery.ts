import { suppressionOf } from './suppression';
import { utcText } from '../../shared/stateStore/utcText';

const LEASE_UNTIL = 'now() + make_interval(secs => $3::double precision)';

/**
 * The statement of `takeBatches`.
 *
 * Executions take turns on the row of the campaign. Whoever had to wait has it as it is now, but
 * the other tables as they were when the statement began: rows are looked at again when they are
 * locked, and the campaign counts as completed only if its audience was complete back then (`seen`).
 * Otherwise the answer is that it is worth asking again at once. How many are pending is counted once
 * and then kept, because counting takes longer than taking; nothing depends on the number.
 */
export const TAKE_QUERY = `WITH campaign AS (
	SELECT * FROM property_platform.campaigns WHERE campaign_id = $1::text FOR NO KEY UPDATE
), seen AS (
	SELECT state, definition_hash FROM property_platform.campaigns WHERE campaign_id = $1::text
), overdue AS (
	SELECT batch
	FROM property_platform.campaign_batches
	WHERE campaign_id = $1::text AND state = 'sending' AND lease_until <= now()
		AND (SELECT state FROM campaign) = 'sending'
	ORDER BY batch
	LIMIT $5::int
	FOR NO KEY UPDATE SKIP LOCKED
), next AS (
	SELECT recipient
	FROM property_platform.campaign_recipients
	WHERE campaign_id = $1::text AND state = 'pending'
		AND (SELECT state FROM campaign) = 'sending'
	ORDER BY recipient
	LIMIT $4::int * ($5::int - (SELECT count(*)::int FROM overdue))
	FOR NO KEY UPDATE SKIP LOCKED
), screened AS (
	SELECT next.recipient, ${suppressionOf('next.recipient', 'campaign.company_id')} AS suppression
	FROM next CROSS JOIN campaign
), left_out AS (
	UPDATE property_platform.campaign_recipients AS member SET
		state = 'left_out',
		reason = 'suppressed: ' || screened.suppression,
		email = NULL,
		data = NULL
	FROM screened
	WHERE member.campaign_id = $1::text AND member.recipient = screened.recipient
		AND screened.suppression IS NOT NULL
), numbered AS (
	SELECT recipient,
		next_batch + (row_number() OVER (ORDER BY recipient) - 1)::int / $4::int AS batch
	FROM screened CROSS JOIN campaign
	WHERE suppression IS NULL
), joined AS (
	UPDATE property_platform.campaign_recipients AS member SET
		state = 'sending',
		batch = numbered.batch
	FROM numbered
	WHERE member.campaign_id = $1::text AND member.recipient = numbered.recipient
	RETURNING member.*
), created AS (
	INSERT INTO property_platform.campaign_batches
		(campaign_id, batch, state, lease_token, lease_until, attempts, first_attempt_at)
	SELECT DISTINCT $1::text, batch, 'sending', $2::text, ${LEASE_UNTIL}, 1, now() FROM numbered
	RETURNING batch, attempts, NULL::timestamptz AS first_attempt_at
), taken_over AS (
	UPDATE property_platform.campaign_batches AS held SET
		lease_token = $2::text,
		lease_until = ${LEASE_UNTIL},
		attempts = held.attempts + 1
	FROM overdue
	WHERE held.campaign_id = $1::text AND held.batch = overdue.batch
	RETURNING held.batch, held.attempts, held.first_attempt_at
), members AS (
	SELECT batch, recipient, email, person_id, data, email_id, NULL AS suppression FROM joined
	UNION ALL
	SELECT batch, recipient, email, person_id, data, email_id,
		${suppressionOf('member.recipient', '(SELECT company_id FROM campaign)')}
	FROM property_platform.campaign_recipients AS member JOIN overdue USING (batch)
	WHERE campaign_id = $1::text
), lists AS (
	SELECT batch, jsonb_agg(jsonb_build_object(
		'recipient', recipient,
		'email', email,
		'personId', person_id,
		'data', data,
		'emailId', email_id,
		'suppression', suppression
	) ORDER BY recipient) AS recipients
	FROM members GROUP BY batch
), taken AS (
	SELECT count(*) AS batches, COALESCE(jsonb_agg(jsonb_build_object(
		'batch', batch,
		'attempts', attempts,
		'firstAttemptAt', ${utcText('first_attempt_at')},
		'isKeyExpired', COALESCE(
			first_attempt_at <= now() - make_interval(secs => $6::double precision), false),
		'recipients', recipients
	) ORDER BY batch), '[]') AS list
	FROM (SELECT * FROM created UNION ALL SELECT * FROM taken_over) AS given
		JOIN lists USING (batch)
), elsewhere AS (
	SELECT count(*) AS batches, min(lease_until) AS next_lease
	FROM property_platform.campaign_batches
	WHERE campaign_id = $1::text AND state = 'sending' AND batch NOT IN (SELECT batch FROM overdue)
), waiting AS (
	SELECT
		GREATEST(0, COALESCE(campaign.pending, (
			SELECT count(*) FROM property_platform.campaign_recipients
			WHERE campaign_id = $1::text AND state = 'pending'
		)) - (SELECT count(*) FROM next)) AS people,
		EXISTS (
			SELECT FROM property_platform.campaign_recipients
			WHERE campaign_id = $1::text AND state = 'pending'
			OFFSET (SELECT count(*) FROM next)
		) AS is_anybody
	FROM (VALUES ($1::text)) AS asked (campaign_id) LEFT JOIN campaign USING (campaign_id)
), noted AS (
	UPDATE property_platform.campaigns AS held SET
		next_batch = held.next_batch + (SELECT count(*) FROM created),
		pending = CASE WHEN is_whole OR held.pending IS NOT NULL THEN waiting.people END,
		started_at = COALESCE(held.started_at, CASE WHEN taken.batches > 0 THEN now() END),
		state = CASE WHEN is_over THEN 'completed' ELSE 'sending' END,
		completed_at = CASE WHEN is_over THEN now() END,
		updated_at = now()
	FROM campaign, taken, waiting, elsewhere, seen,
		LATERAL (
			SELECT seen.state = 'sending' AND seen.definition_hash = campaign.definition_hash
		) AS audience (is_whole),
		LATERAL (
			SELECT is_whole AND NOT is_anybody AND elsewhere.batches + taken.batches = 0
		) AS campaign_end (is_over)
	WHERE held.campaign_id = $1::text AND campaign.state = 'sending'
	RETURNING held.state, held.started_at
)
SELECT
	$1::text AS "campaignId",
	campaign.company_id AS "companyId",
	campaign.correlation_id AS "correlationId",
	COALESCE(noted.state, campaign.state) AS "state",
	campaign.definition AS "definition",
	campaign.definition_hash AS "definitionHash",
	campaign.audience_cursor AS "cursor",
	${utcText('COALESCE(noted.started_at, campaign.started_at)')} AS "startedAt",
	$2::text AS "leaseToken",
	taken.list AS "batches",
	waiting.people::int AS "pending",
	elsewhere.batches::int AS "inFlight",
	CASE
		WHEN noted.state IS DISTINCT FROM 'sending' OR taken.batches > 0 THEN NULL
		WHEN waiting.is_anybody OR elsewhere.batches = 0 THEN 0
		ELSE GREATEST(0, ceil(extract(epoch FROM elsewhere.next_lease - now())))::int
	END AS "nextLeaseInSeconds"
FROM taken CROSS JOIN elsewhere CROSS JOIN waiting
	LEFT JOIN campaign ON true LEFT JOIN noted ON true`;
