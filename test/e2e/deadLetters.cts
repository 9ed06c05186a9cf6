/** What could not be handed on at first: where it stands, who is told of it, and how it is replayed. */
import { until } from '../integration/platform/until.cts';
import { askAboutLetters } from './letters.cts';
import { conversationOf, type Writer } from './meta.cts';
import type { Units } from './outages.cts';
import { world } from './world.cts';

export interface Letter {
	key: string;
	kind: string;
	flow: string;
	state: string;
	attempts: number;
	replays: number;
	reason: string | null;
}

/** All that the state store keeps of work that failed at first, in the order of its keys. */
export async function letters(): Promise<Letter[]> {
	const { rows } = await world().platform.pool.query<Letter>(
		`SELECT delivery_key AS key, kind, flow, state, attempts, replays, last_error AS reason
		 FROM property_platform.deliveries ORDER BY delivery_key COLLATE "C"`,
	);
	return rows;
}

/** The keys of all dead letters, sorted. */
export async function deadLetters(): Promise<string[]> {
	return (await letters())
		.filter(({ state }) => state === 'dead')
		.map(({ key }) => key)
		.sort();
}

/** The keys of all that has not arrived, dead or not. */
export async function unfinished(): Promise<string[]> {
	return (await letters()).filter(({ state }) => state !== 'delivered').map(({ key }) => key);
}

/** The keys of the units that were under way, as dead letters. */
export async function lettersOf(units: Units): Promise<string[]> {
	const { listings, leads, campaign, companies, writers } = units;
	const callbacks = await until(async () => {
		const keys = (await letters())
			.filter(({ kind, state }) => kind === 'callback' && state !== 'delivered')
			.map(({ key }) => key);
		return keys.length >= listings.length + leads.length + 1 && keys;
	}, 60_000);
	const messages = await Promise.all(writers.map(inboxKeys));
	const subjects = [
		...listings.map(({ listing }) => `enrichment-complete:${listing.property_id}:`),
		...leads.map(([, { lead }]) => `lead-sync-status:${lead.lead_id}:`),
		`campaign-status:${campaign.campaign.campaign_id}:`,
	];
	expect(callbacks.map((key) => key.slice(0, key.lastIndexOf(':') + 1)).sort()).toEqual(
		subjects.sort(),
	);
	return [
		...callbacks,
		...companies.map((id) => `rollup:${id}`),
		...messages.flat().map((key) => `message:${key}`),
	];
}

async function inboxKeys(writer: Writer): Promise<string[]> {
	const { rows } = await world().platform.pool.query<{ key: string }>(
		'SELECT event_key AS key FROM property_platform.channel_events WHERE conversation = $1',
		[conversationOf(writer)],
	);
	return rows.map(({ key }) => key);
}

/** Parks an event of a workflow that is not there any more. */
export async function parkForNobody(key: string, flow: string): Promise<void> {
	const payload = { workflow: 'a-workflow-of-the-past', items: [{ event: { object: 'page' } }] };
	await world().platform.pool.query(
		`INSERT INTO property_platform.deliveries
		   (delivery_key, kind, flow, correlation_id, payload, state, attempts)
		 VALUES ($1, 'event', $2, $1, $3, 'waiting', 0)`,
		[key, flow, JSON.stringify(payload)],
	);
}

/** The flows of which an open alert says that they have dead letters, sorted. */
export async function alertsAboutLetters(): Promise<string[]> {
	const { rows } = await world().platform.pool.query<{ flow: string }>(
		`SELECT substr(alert_key, length('dead-letters:') + 1) AS flow FROM property_platform.alerts
		 WHERE starts_with(alert_key, 'dead-letters:') AND resolved_at IS NULL ORDER BY 1`,
	);
	return rows.map(({ flow }) => flow);
}

/**
 * As if the minute had passed after which an alert is told again that the platform did not take. One
 * that somebody may be telling right now is left alone.
 */
export async function endWaitsOfAlerts(): Promise<void> {
	await world().platform.pool.query(
		`UPDATE property_platform.alerts SET lease_until = now()
		 WHERE lease_until < now() + interval '50 seconds'`,
	);
}

/** The mails about dead letters, by the flow: how often each was told. */
export function mailsAboutLetters(what: 'Critical' | 'Resolved'): Record<string, number> {
	const told: Record<string, number> = {};
	for (const { subject } of world().smtp.mails) {
		const flow = new RegExp(`${what}: Dead letters: ([\\w-]+)`).exec(subject)?.[1];
		if (flow) told[flow] = (told[flow] ?? 0) + 1;
	}
	return told;
}

/** Replays all dead letters; answers the keys of those that this replay has set going, no other one. */
export async function replayAll(): Promise<string[]> {
	const { status, letters: replayed } = await askAboutLetters({ action: 'replay', which: 'all' });
	expect(status).toBe(200);
	return replayed.map(({ deliveryKey }) => String(deliveryKey));
}
