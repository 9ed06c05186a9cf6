/** The statements on `outbox_message`. Every moment is a parameter: one clock decides what is due. */
import type { Queryable } from './database.cts';
import type { EventType } from './eventRoutes.cts';

export interface OutboxMessage {
	id: number;
	eventType: EventType;
	payload: Record<string, unknown>;
	attempts: number;
	maxAttempts: number;
	correlationId: string;
}

const COLUMNS = `id::int, event_type AS "eventType", payload, attempts,
	max_attempts AS "maxAttempts", correlation_id AS "correlationId"`;

export async function insertMessage(
	db: Queryable,
	eventType: EventType,
	payload: object,
	correlationId: string,
): Promise<number> {
	const { rows } = await db.query<{ id: number }>(
		`INSERT INTO outbox_message (event_type, payload, correlation_id)
		 VALUES ($1, $2, $3) RETURNING id::int`,
		[eventType, JSON.stringify(payload), correlationId],
	);
	return rows[0]!.id;
}

/**
 * Takes up to `limit` due messages under a lease. The lease and not a lock keeps others away, so
 * that no transaction is open while n8n works; a worker that dies leaves it to run out.
 */
export async function claimDueMessages(
	db: Queryable,
	now: Date,
	leaseUntil: Date,
	limit: number,
): Promise<OutboxMessage[]> {
	const { rows } = await db.query<OutboxMessage>(
		`UPDATE outbox_message SET attempts = attempts + 1, claimed_until = $2
		 WHERE id IN (
		   SELECT id FROM outbox_message
		   WHERE status IN ('pending', 'retry')
		     AND (next_retry_at IS NULL OR next_retry_at <= $1)
		     AND (claimed_until IS NULL OR claimed_until <= $1)
		   ORDER BY coalesce(next_retry_at, created_at), id
		   LIMIT $3 FOR UPDATE SKIP LOCKED)
		 RETURNING ${COLUMNS}`,
		[now, leaseUntil, limit],
	);
	return rows;
}

/** Gives a message back undelivered, because the worker is closing. */
export async function releaseMessage(db: Queryable, { id }: OutboxMessage): Promise<void> {
	await db.query(
		'UPDATE outbox_message SET attempts = attempts - 1, claimed_until = NULL WHERE id = $1',
		[id],
	);
}

export async function markSent(
	db: Queryable,
	{ id }: OutboxMessage,
	now: Date,
	awaitsCallback: boolean,
): Promise<void> {
	await db.query(
		`UPDATE outbox_message
		 SET status = 'sent', sent_at = $2, awaits_callback = $3, claimed_until = NULL,
		     next_retry_at = NULL, last_error = NULL
		 WHERE id = $1`,
		[id, now, awaitsCallback],
	);
}

/**
 * The retry, or with `retryAt` null the dead letter. A callback that came meanwhile wins; answers
 * whether there was none.
 */
export async function markUndelivered(
	db: Queryable,
	{ id, attempts }: OutboxMessage,
	error: string,
	retryAt: Date | null,
): Promise<boolean> {
	const { rows } = await db.query<{ isMarked: boolean }>(
		`UPDATE outbox_message
		 SET claimed_until = NULL,
		     status = CASE WHEN callback_at IS NULL THEN $3 ELSE status END,
		     last_error = CASE WHEN callback_at IS NULL THEN $4 END,
		     next_retry_at = CASE WHEN callback_at IS NULL THEN $5::timestamptz END
		 WHERE id = $1 AND attempts = $2
		 RETURNING callback_at IS NULL AS "isMarked"`,
		[id, attempts, retryAt ? 'retry' : 'failed', error, retryAt],
	);
	return rows[0]?.isMarked ?? false;
}

/** A sign of life that settles nothing: the watchdog's patience with the message starts anew. */
export async function markHeard(
	db: Queryable,
	eventType: EventType,
	correlationId: string,
	now: Date,
): Promise<void> {
	await db.query(
		'UPDATE outbox_message SET last_heard_at = $3 WHERE event_type = $1 AND correlation_id = $2',
		[eventType, correlationId, now],
	);
}

/** The callback is the proof of the work: whatever it answers needs no further delivery. */
export async function markAnswered(
	db: Queryable,
	eventType: EventType,
	correlationId: string,
	now: Date,
): Promise<void> {
	await db.query(
		`UPDATE outbox_message
		 SET callback_at = $3, status = 'sent', sent_at = coalesce(sent_at, $3),
		     next_retry_at = NULL, last_error = NULL
		 WHERE event_type = $1 AND correlation_id = $2 AND callback_at IS NULL`,
		[eventType, correlationId, now],
	);
}

/** Puts a message back to the start, whatever became of it. Answers whether there is such a one. */
export async function resetMessage(db: Queryable, id: number): Promise<boolean> {
	const { rowCount } = await db.query(
		`UPDATE outbox_message
		 SET status = 'pending', attempts = 0, watchdog_resends = 0, next_retry_at = NULL,
		     claimed_until = NULL, callback_at = NULL, last_error = NULL
		 WHERE id = $1`,
		[id],
	);
	return rowCount === 1;
}

/** Starts again what n8n took and has been silent about since `silentSince`. */
export async function resendUnanswered(
	db: Queryable,
	silentSince: Date,
	maxResends: number,
	error: string,
): Promise<void> {
	await db.query(
		`UPDATE outbox_message
		 SET status = 'pending', attempts = 0, watchdog_resends = watchdog_resends + 1,
		     last_error = $3
		 WHERE ${UNANSWERED} AND watchdog_resends < $2`,
		[silentSince, maxResends, error],
	);
}

/** Gives up what has been started again `maxResends` times, and returns it for the alert. */
export async function failUnanswered(
	db: Queryable,
	silentSince: Date,
	maxResends: number,
	error: string,
): Promise<OutboxMessage[]> {
	const { rows } = await db.query<OutboxMessage>(
		`UPDATE outbox_message SET status = 'failed', last_error = $3
		 WHERE ${UNANSWERED} AND watchdog_resends >= $2
		 RETURNING ${COLUMNS}`,
		[silentSince, maxResends, error],
	);
	return rows;
}

/** `greatest` passes over what is null. */
const UNANSWERED = `status = 'sent' AND awaits_callback AND callback_at IS NULL
	AND greatest(sent_at, last_heard_at) <= $1`;
