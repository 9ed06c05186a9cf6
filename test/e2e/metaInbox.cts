/** What the state store holds of conversations on Messenger and Instagram. */
import { until } from '../integration/platform/until.cts';
import { ACCOUNTS, conversationOf, type Writer } from './meta.cts';
import { world } from './world.cts';

export interface InboxRow {
	kind: string;
	state: string;
	outcome: string | null;
	attempts: number;
	/** What kind of error the latest failure was. */
	lastError: string | null;
	/** Whether it has to wait for its next attempt. */
	isPostponed: boolean;
	event: Record<string, unknown> | null;
}

/** What the state store holds of the events of a person, oldest first. */
export async function inboxOf(writer: Writer): Promise<InboxRow[]> {
	const { rows } = await world().platform.pool.query<InboxRow>(
		`SELECT kind, state, outcome, attempts, last_error AS "lastError",
		   not_before IS NOT NULL AS "isPostponed", event
		 FROM property_platform.channel_events WHERE conversation = $1 ORDER BY at, event_id`,
		[conversationOf(writer)],
	);
	return rows;
}

/** Waits until nothing of a person waits any more, and answers what became of each event. */
export async function outcomesOf(
	writer: Writer,
	events = 1,
	limitMs = 30_000,
): Promise<Array<string | null>> {
	const rows = await until(async () => {
		const found = await inboxOf(writer);
		return found.length >= events && found.every(({ state }) => state !== 'waiting') && found;
	}, limitMs);
	return rows.map(({ outcome, state }) => outcome ?? state);
}

/** Waits until the first event of a person has failed for the moment, and answers for what. */
export async function postponedFor(writer: Writer, attempts = 1, limitMs = 40_000) {
	const [row] = await until(async () => {
		const rows = await inboxOf(writer);
		const [first] = rows;
		return first?.isPostponed && first.attempts >= attempts && rows;
	}, limitMs);
	return row!.lastError;
}

export interface SessionRow {
	previousMessages: number;
	lastPropertyViewed: string | null;
	/** The person was asked to wait for the platform. */
	isHeld: boolean;
	/** Somebody else answered. */
	isPaused: boolean;
	isGivenBack: boolean;
}

/** What the state store remembers of a conversation. */
export async function sessionOf(writer: Writer): Promise<SessionRow> {
	const { rows } = await world().platform.pool.query<SessionRow>(
		`SELECT previous_messages AS "previousMessages",
		   last_property_viewed AS "lastPropertyViewed", held_since IS NOT NULL AS "isHeld",
		   paused_by IS NOT NULL AS "isPaused", given_back_at IS NOT NULL AS "isGivenBack"
		 FROM property_platform.conversations WHERE conversation = $1`,
		[conversationOf(writer)],
	);
	return rows[0]!;
}

/** As if another execution worked on these conversations, until `endLeases`. */
export async function holdBack(...writers: Writer[]): Promise<void> {
	for (const writer of writers) {
		await world().platform.pool.query(
			`INSERT INTO property_platform.conversations
			   (conversation, channel, account_id, user_id, lease_token, lease_until)
			 VALUES ($1, $2, $3, $4, 'another execution', now() + interval '1 hour')`,
			[conversationOf(writer), writer.channel, writer.account, writer.person],
		);
	}
}

/** How many events of these people wait to be worked on. */
export async function waitingFor(...writers: Writer[]): Promise<number> {
	const { rows } = await world().platform.pool.query<{ count: number }>(
		`SELECT count(*)::int FROM property_platform.channel_events
		 WHERE conversation = ANY($1) AND state = 'waiting'`,
		[writers.map(conversationOf)],
	);
	return rows[0]!.count;
}

/**
 * As if the time had passed that postponed events wait for, and somebody looks for them at once. Who
 * is at work on them meanwhile is not disturbed.
 */
export async function letWaitsPass(...writers: Writer[]): Promise<void> {
	await world().platform.pool.query(
		`UPDATE property_platform.channel_events SET not_before = now()
		 WHERE conversation = ANY($1) AND not_before IS NOT NULL`,
		[writers.map(conversationOf)],
	);
	await nudge();
}

/** As if the time had passed that an execution may work on these conversations, which is dead. */
export async function endLeases(...writers: Writer[]): Promise<void> {
	await world().platform.pool.query(
		`UPDATE property_platform.conversations SET lease_until = now()
		 WHERE conversation = ANY($1) AND lease_until IS NOT NULL`,
		[writers.map(conversationOf)],
	);
}

let nudges = 0;

/** Whoever comes by a link is noted, and the workflow looks for what waits, not only next minute. */
export async function nudge(): Promise<void> {
	const { account: id } = ACCOUNTS.messenger;
	const referral = { ref: `nudge-${++nudges}`, source: 'SHORTLINK', type: 'OPEN_THREAD' };
	const event = { sender: { id: '1' }, recipient: { id }, timestamp: Date.now(), referral };
	const entry = [{ id, time: Date.now(), messaging: [event] }];
	expect(await world().meta.deliver({ object: 'page', entry })).toBe(200);
}
