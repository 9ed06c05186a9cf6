import type { Queryable } from './database.cts';

/** One webhook attempt. Identifiers and figures only: never a name, an address or a body. */
export interface WebhookAttempt {
	direction: 'in' | 'out';
	/** An event type going out, an endpoint coming in. */
	event: string;
	correlationId?: string;
	companyId?: string;
	/** HTTP status; 0 where no answer came. */
	status: number;
	outcome: string;
	durationMs: number;
	attempt?: number;
}

export async function logAttempt(db: Queryable, attempt: WebhookAttempt): Promise<void> {
	await db.query(
		`INSERT INTO event_log
		   (direction, event, correlation_id, company_id, status, outcome, duration_ms, attempt)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		[
			attempt.direction,
			attempt.event,
			attempt.correlationId ?? null,
			attempt.companyId ?? null,
			attempt.status,
			attempt.outcome,
			Math.round(attempt.durationMs),
			attempt.attempt ?? null,
		],
	);
}
