import type { Statement } from '../../shared/stateStore/statement';
import { storableText } from '../../shared/stateStore/storable';
import type { DeliveryEvent, DeliveryEventKind } from '../delivery/deliveryEvent';
import { EVERY_COMPANY } from './suppression';

export interface ReceivedEvent extends Omit<DeliveryEvent, 'link'> {
	/** The same for every delivery of one event. */
	eventId: string;
	/** Whose mail it is, where the ledger may not know the campaign. */
	companyId?: string;
}

/** The one row `recordDeliveryEvent` answers. */
export interface DeliveryEventRow {
	/** `repeat`: recorded before. `unknown`: of a mail that is in no campaign of this ledger. */
	outcome: 'counted' | 'repeat' | 'unknown';
	campaignId: string | null;
	companyId: string | null;
	recipient: string | null;
	kind: DeliveryEventKind;
	/** Whether it is the first of its kind for this mail. */
	isFirst: boolean;
}

/** When each kind first happened to a mail; the others are only remembered. */
const MOMENTS: Partial<Record<DeliveryEventKind, string>> = {
	sent: 'sent_at',
	delivered: 'delivered_at',
	opened: 'opened_at',
	clicked: 'clicked_at',
	bounced: 'bounced_at',
	complained: 'complained_at',
	failed: 'failed_at',
	suppressed: 'suppressed_at',
	unsubscribed: 'unsubscribed_at',
};

/** An address with so many soft bounces among its last mails is given up. */
const SOFT_BOUNCES = 3;
const LAST_MAILS = 5;

/**
 * Records what happened to a mail, once for each event id and in any order. The earliest moment of
 * a kind counts. Any event proves that the mail was sent. Suppresses the address where the event
 * asks for it, also where the campaign is unknown: for the company after `unsubscribed`, else for
 * every company, and for every company as `unreachable` after three soft bounces among its last five
 * mails. A click does not count as an opening. Always answers one row, a `DeliveryEventRow`.
 */
export function recordDeliveryEvent(event: ReceivedEvent): Statement {
	const { kind, suppress } = event;
	return {
		query: recordQuery(MOMENTS[kind]),
		values: [
			storableText(event.eventId),
			kind,
			event.at,
			textOrNull(event.campaignId),
			textOrNull(event.recipient),
			textOrNull(event.emailId),
			kind === 'bounced' ? (event.bounce ?? 'undetermined') : null,
			textOrNull(event.reason),
			textOrNull(event.companyId),
			textOrNull(suppress?.reason),
			suppress?.reason === 'unsubscribed',
		],
	};
}

function textOrNull(text: string | undefined): string | null {
	return text === undefined ? null : storableText(text);
}

// The row of the mail is locked first, then the suppression is written, and the campaign comes last,
// as in `recordBatches`. A campaign is marked as changed once a minute at most, so that its events
// do not wait for each other; `summarizeCampaigns` allows for that minute.
const recordQuery = (moment?: string) => `WITH fresh AS (
	INSERT INTO property_platform.delivery_events (event_id, campaign_id, recipient, kind, at)
	VALUES ($1::text, $4::text, $5::text, $2::text, $3::timestamptz)
	ON CONFLICT (event_id) DO NOTHING
	RETURNING event_id
), mail AS (
	SELECT campaign_id, recipient
	FROM property_platform.campaign_recipients
	WHERE (campaign_id = $4::text AND recipient = $5::text) OR email_id = $6::text
	ORDER BY (campaign_id = $4::text AND recipient = $5::text) IS TRUE DESC
	LIMIT 1
), held AS (
	SELECT stored.*
	FROM mail JOIN property_platform.campaign_recipients AS stored USING (campaign_id, recipient)
	WHERE EXISTS (SELECT FROM fresh)
	FOR NO KEY UPDATE OF stored
), counted AS (
	UPDATE property_platform.campaign_recipients AS member SET
		state = 'sent',
		reason = COALESCE($8::text, CASE WHEN member.state = 'sent' THEN member.reason END),
		data = CASE WHEN member.batch IS NOT NULL THEN member.data END,
		email_id = COALESCE(member.email_id, $6::text),
		bounce = CASE WHEN member.bounce = 'permanent' THEN member.bounce
			ELSE COALESCE($7::text, member.bounce) END,
		${moments(moment)}
	FROM held
	WHERE member.campaign_id = held.campaign_id AND member.recipient = held.recipient
	RETURNING member.campaign_id, member.recipient,
		${moment ? `held.${moment} IS NULL` : 'false'} AS is_first,
		held.state <> 'sent' OR held.bounce IS DISTINCT FROM member.bounce AS is_other
), soft_bounces AS (
	SELECT count(*) AS mails
	FROM (
		SELECT campaign_id, bounce
		FROM property_platform.campaign_recipients
		WHERE recipient = (SELECT recipient FROM counted)
			AND (state = 'sent' OR campaign_id = (SELECT campaign_id FROM counted))
		ORDER BY COALESCE(sent_at, $3::timestamptz) DESC
		LIMIT ${LAST_MAILS}
	) AS last
	WHERE $7::text IN ('transient', 'undetermined')
		AND (bounce IN ('transient', 'undetermined')
			OR campaign_id = (SELECT campaign_id FROM counted))
), suppressed AS (
	INSERT INTO property_platform.suppressions (recipient, company_id, reason, campaign_id)
	SELECT COALESCE(counted.recipient, $5::text), because.company_id, because.reason,
		COALESCE(counted.campaign_id, $4::text)
	FROM fresh
		LEFT JOIN counted ON true
		LEFT JOIN property_platform.campaigns AS campaign USING (campaign_id)
		CROSS JOIN LATERAL (
			SELECT $10::text AS reason, CASE WHEN $11::boolean
				THEN COALESCE(campaign.company_id, $9::text, '${EVERY_COMPANY}')
				ELSE '${EVERY_COMPANY}' END AS company_id
			UNION ALL
			SELECT 'unreachable', '${EVERY_COMPANY}' FROM soft_bounces WHERE mails >= ${SOFT_BOUNCES}
		) AS because
	WHERE because.reason IS NOT NULL AND COALESCE(counted.recipient, $5::text) IS NOT NULL
	ON CONFLICT (recipient, company_id) DO NOTHING
	RETURNING recipient
), changed AS (
	UPDATE property_platform.campaigns AS campaign SET changed_at = now()
	FROM counted
	WHERE campaign.campaign_id = counted.campaign_id AND (is_first OR is_other)
		AND (changed_at IS NULL OR changed_at < now() - interval '1 minute')
		AND (SELECT count(*) FROM suppressed) >= 0
)
SELECT
	CASE
		WHEN fresh.event_id IS NULL THEN 'repeat'
		WHEN mail.recipient IS NULL THEN 'unknown'
		ELSE 'counted'
	END AS "outcome",
	COALESCE(mail.campaign_id, $4::text) AS "campaignId",
	COALESCE(campaign.company_id, $9::text) AS "companyId",
	COALESCE(mail.recipient, $5::text) AS "recipient",
	$2::text AS "kind",
	COALESCE(counted.is_first, false) AS "isFirst"
FROM (VALUES ($1::text)) AS asked (event_id)
	LEFT JOIN fresh USING (event_id)
	LEFT JOIN mail ON true
	LEFT JOIN property_platform.campaigns AS campaign USING (campaign_id)
	LEFT JOIN counted ON true`;

/** The assignments of the moments: an event shows when the mail was sent at the latest. */
function moments(moment: string | undefined): string {
	const assigned: Record<string, string> = {
		sent_at: 'COALESCE(member.sent_at, $3::timestamptz)',
		...(moment && { [moment]: `LEAST(member.${moment}, $3::timestamptz)` }),
	};
	return Object.entries(assigned)
		.map(([column, value]) => `${column} = ${value}`)
		.join(',\n\t\t');
}
