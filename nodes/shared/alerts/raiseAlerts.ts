/**
 * Raises alerts as part of a larger statement, each once: one that is open already was seen again,
 * and its cause is not calm any more; its severity can only rise. `source` is the name of a relation,
 * or a SELECT in parentheses, with the columns alert_key, severity, title and detail, one row a key.
 * A RETURNING may follow; an alert whose `times` is 1 is new.
 */
export function raiseAlerts(source: string): string {
	// Everybody locks the rows in the same order, so that two executions cannot block each other.
	return `INSERT INTO property_platform.alerts AS open (alert_key, severity, title, detail)
	SELECT alert_key, severity, title, detail
	FROM ${source} AS cause
	ORDER BY alert_key
	ON CONFLICT (alert_key) WHERE resolved_at IS NULL DO UPDATE SET
		severity = CASE WHEN excluded.severity = 'critical' THEN 'critical' ELSE open.severity END,
		detail = excluded.detail,
		times = open.times + 1,
		last_seen_at = now(),
		calm_since = NULL`;
}

/**
 * The alerts for rows of `deliveries` that have just become dead letters, as a source for
 * `raiseAlerts`: one a flow, with the reasons. Takes the name of a relation with the columns flow
 * and last_error.
 */
export function deadLetterAlerts(letters: string): string {
	return `(
		SELECT
			'dead-letters:' || flow AS alert_key,
			'critical' AS severity,
			'Dead letters: ' || flow AS title,
			'Given up for: ' || left(string_agg(DISTINCT COALESCE(last_error, 'unknown'), ', '), 500)
				|| '. When the cause is mended, run the workflow "Replay dead letters", which lists them, too.'
				AS detail
		FROM ${letters}
		GROUP BY flow
	)`;
}
