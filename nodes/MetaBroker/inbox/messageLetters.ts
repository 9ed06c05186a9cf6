import { deadLetterAlerts, raiseAlerts } from '../../shared/alerts/raiseAlerts';

/**
 * Makes dead letters of the events that have failed for good, as parts of a WITH, with their alert.
 * Takes the name of a relation with the columns of `channel_events`. The event itself stays in the
 * inbox, and the letter holds nothing of it; one that was replayed before is a dead letter again.
 */
export function buryFailed(events: string): string {
	return `letters AS (
	INSERT INTO property_platform.deliveries AS held
		(delivery_key, kind, flow, correlation_id, event_key, payload, state, attempts, last_error,
			settled_at)
	SELECT 'message:' || event_key, 'message', 'meta-broker', correlation_id, event_key, '{}',
		'dead', failures, last_error, now()
	FROM ${events}
	WHERE state = 'failed'
	ORDER BY event_key
	ON CONFLICT (delivery_key) DO UPDATE SET
		payload = excluded.payload,
		state = excluded.state,
		attempts = excluded.attempts,
		last_error = excluded.last_error,
		last_attempt_at = now(),
		settled_at = now()
	RETURNING flow, last_error
), alerted AS (
	${raiseAlerts(deadLetterAlerts('letters'))}
)`;
}
