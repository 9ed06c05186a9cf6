/** What the Messages view shows. In the sandbox everybody is invented: sessions are shown as they are. */
import type { Platform } from '../platform/platform.cts';
import type { MetaStandIn } from '../vendors/meta.cts';
import { isPrepared } from './preparedTables.cts';

const LATEST_CONVERSATIONS = 12;
const LATEST_MESSAGES = 40;
const LATEST_DELIVERIES = 12;

const TOLD = `
	SELECT id::int, correlation_id, body, answer, received_at
	FROM callback_received WHERE endpoint = 'channel-message' ORDER BY id DESC LIMIT 40`;

const LEADS = `
	SELECT lead.id, company.name AS company, property.address AS property, email, phone, consent,
	  crm, crm_external_id, crm_status, crm_message, webhook_last_attempt, lead.created_at
	FROM lead JOIN company ON company.id = lead.company_id
	  LEFT JOIN property ON property.id = lead.property_id
	WHERE conversation IS NOT NULL
	ORDER BY lead.created_at DESC, lead.id LIMIT 6`;

// Whole rows: what the state store has more of in a later version is shown too.
const SESSIONS = `
	SELECT to_jsonb(known) - ARRAY['lease_token', 'lease_until'] AS session,
	  coalesce(known.lease_until > now(), false) AS "isWorkedOn",
	  (SELECT coalesce(json_object_agg(state, events), '{}')
	   FROM (
	     SELECT state, count(*)::int AS events FROM property_platform.channel_events AS event
	     WHERE event.conversation = known.conversation GROUP BY state
	   ) AS counted) AS events
	FROM property_platform.conversations AS known
	ORDER BY last_event_at DESC LIMIT ${LATEST_CONVERSATIONS}`;

export interface InboxSession {
	session: Record<string, unknown>;
	/** Somebody holds the lease. */
	isWorkedOn: boolean;
	/** How many events are in each state. */
	events: Record<string, number>;
}

/** The conversations as Meta has them, what the platform was told, and what the inbox remembers. */
export async function messageState({ pool }: Platform, meta: MetaStandIn) {
	const [told, leads, inbox] = await Promise.all([
		pool.query(TOLD),
		pool.query(LEADS),
		inboxSessions(pool),
	]);
	return {
		accounts: accountsOf(meta),
		people: meta.people.map(({ channel, id, name }) => ({ channel, id, name })),
		conversations: meta
			.conversations()
			.slice(-LATEST_CONVERSATIONS)
			.map(({ messages, ...rest }) => ({ ...rest, messages: messages.slice(-LATEST_MESSAGES) })),
		deliveries: meta.deliveries
			.slice(-LATEST_DELIVERIES)
			.reverse()
			.map(({ url: _, ...delivery }) => delivery),
		told: told.rows,
		leads: leads.rows,
		inbox,
	};
}

/** The Pages and Instagram accounts that people can write to, each with its Page. */
export function accountsOf({ pages }: MetaStandIn) {
	return pages.flatMap(({ id, name, instagram }) => [
		{ channel: 'facebook', id, name, page: id },
		...(instagram
			? [{ channel: 'instagram', id: instagram.id, name: instagram.username, page: id }]
			: []),
	]);
}

/** None where the state store is not prepared, or is of an older version. */
async function inboxSessions(pool: Platform['pool']): Promise<InboxSession[]> {
	if (!(await isPrepared(pool, 'channel_events'))) return [];
	return (await pool.query<InboxSession>(SESSIONS)).rows;
}
