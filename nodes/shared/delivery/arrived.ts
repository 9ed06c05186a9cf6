/**
 * Settles deliveries whose work arrived in another way, as part of a larger statement: those that
 * wait or are dead letters. The placeholder's value is their keys as JSON.
 */
export function arrivedDeliveries(placeholderOfKeysJson: string): string {
	return arrive(
		`delivery_key IN (SELECT jsonb_array_elements_text(${placeholderOfKeysJson}::jsonb))`,
	);
}

/** The same for the callbacks of one piece of claimed work; the value is its event key. */
export function arrivedCallbacks(placeholderOfEventKey: string): string {
	return arrive(`kind = 'callback' AND event_key = ${placeholderOfEventKey}::text`);
}

function arrive(condition: string): string {
	// Everybody locks the rows in the same order, so that two executions cannot block each other.
	return `UPDATE property_platform.deliveries AS parked SET
		state = 'delivered',
		payload = NULL,
		lease_token = NULL,
		lease_until = NULL,
		settled_at = now()
	FROM (
		SELECT delivery_key FROM property_platform.deliveries
		WHERE ${condition} AND state IN ('waiting', 'dead')
		ORDER BY delivery_key
		FOR NO KEY UPDATE
	) AS arrived
	WHERE parked.delivery_key = arrived.delivery_key
	RETURNING parked.delivery_key`;
}
