/** What became of a message of the platform's outbox, whatever it is about. */
import { until } from '../integration/platform/until.cts';
import { world } from './world.cts';

export interface Sent {
	id: number;
	correlationId: string;
}

/** Waits until the outbox has its answer and the callback is there. */
export async function answered({ id }: Sent, limitMs = 20_000): Promise<void> {
	await until(async () => {
		const { rowCount } = await world().platform.pool.query(
			`SELECT FROM outbox_message
			 WHERE id = $1 AND status = 'sent' AND callback_at IS NOT NULL AND claimed_until IS NULL`,
			[id],
		);
		return rowCount === 1;
	}, limitMs);
}

/** How each delivery was answered, oldest first. */
export async function deliveriesOf({ correlationId }: Sent): Promise<number[]> {
	const { rows } = await world().platform.pool.query<{ status: number }>(
		`SELECT status FROM event_log WHERE correlation_id = $1 AND direction = 'out' ORDER BY id`,
		[correlationId],
	);
	return rows.map(({ status }) => status);
}

/** How the first delivery was answered. The outbox then waits, for a look at what was left behind. */
export async function firstDelivery(sent: Sent): Promise<number> {
	const [status] = await firstDeliveries([sent]);
	return status!;
}

/** The same of several messages that are on their way side by side. */
export async function firstDeliveries(sent: Sent[]): Promise<number[]> {
	await until(async () => {
		const { rowCount } = await world().platform.pool.query(
			'SELECT FROM outbox_message WHERE id = ANY($1) AND attempts > 0',
			[sent.map(({ id }) => id)],
		);
		return rowCount === sent.length;
	});
	world().platform.pause();
	return await until(async () => {
		const first = (await Promise.all(sent.map(deliveriesOf))).map(([status]) => status);
		return first.every((status) => status !== undefined) && first;
	}, 30_000);
}

/** What the platform made of each callback about a message, oldest first. */
export async function callbacksOf({ correlationId }: Sent): Promise<string[]> {
	const { rows } = await world().platform.pool.query<{ outcome: string }>(
		`SELECT outcome FROM event_log WHERE correlation_id = $1 AND direction = 'in' ORDER BY id`,
		[correlationId],
	);
	return rows.map(({ outcome }) => outcome);
}

/** The state of a claim in the state store, by the start of its key. */
export async function claimState(key: string): Promise<string | undefined> {
	const { rows } = await world().platform.pool.query<{ state: string }>(
		'SELECT state FROM property_platform.processed_events WHERE starts_with(event_key, $1)',
		[key],
	);
	return rows[0]?.state;
}

/** As if the execution that holds a claim had died long ago. */
export async function endLease(key: string): Promise<void> {
	await world().platform.pool.query(
		`UPDATE property_platform.processed_events SET lease_until = now()
		 WHERE starts_with(event_key, $1)`,
		[key],
	);
}
