import { raiseAlerts } from '../../shared/alerts/raiseAlerts';
import type { Statement } from '../../shared/stateStore/statement';
import { storableJson } from '../../shared/stateStore/storable';
import type { AlertChange } from './alertChange';

/** The one row `applyAlerts` answers: the keys of the alerts that it opened and ended, sorted. */
export interface AppliedAlertsRow {
	raised: string[];
	resolved: string[];
}

/**
 * Opens the alerts that are breached, or keeps them open, and ends those that have been calm for so
 * many seconds; 0: at once. Of two changes to one alert the breach counts. Of any number of
 * executions that say the same, one opens an alert and one ends it. Always answers one row, an
 * `AppliedAlertsRow`.
 */
export function applyAlerts(changes: readonly AlertChange[], calmSeconds: number): Statement {
	return { query: APPLY, values: [storableJson(changes), calmSeconds] };
}

// The alerts that are open are locked first and in order, so that two executions, one of which opens
// what the other ends, cannot block each other.
const APPLY = `WITH change AS (
	SELECT DISTINCT ON ("alertKey")
		"alertKey" AS alert_key, condition, severity, title, detail
	FROM jsonb_to_recordset($1::jsonb) AS change (
		"alertKey" text, condition text, severity text, title text, detail text
	)
	ORDER BY "alertKey", condition = 'calm', severity = 'warning'
), held AS (
	SELECT alert.id, alert.alert_key, change.condition
	FROM property_platform.alerts AS alert JOIN change USING (alert_key)
	WHERE alert.resolved_at IS NULL
	ORDER BY alert_key
	FOR NO KEY UPDATE OF alert
), breached AS (
	SELECT alert_key, severity, title, detail
	FROM change
	WHERE condition = 'breached' AND (SELECT count(*) FROM held) >= 0
), raised AS (
	${raiseAlerts('breached')}
	RETURNING alert_key, times
), calmed AS (
	UPDATE property_platform.alerts AS alert SET
		calm_since = COALESCE(alert.calm_since, now()),
		resolved_at = CASE
			WHEN COALESCE(alert.calm_since, now())
				<= now() - make_interval(secs => $2::double precision)
			THEN now()
		END
	FROM held
	WHERE alert.id = held.id AND held.condition = 'calm'
	RETURNING alert.alert_key, alert.resolved_at
)
SELECT
	(SELECT COALESCE(jsonb_agg(alert_key ORDER BY alert_key), '[]')
		FROM raised WHERE times = 1) AS "raised",
	(SELECT COALESCE(jsonb_agg(alert_key ORDER BY alert_key), '[]')
		FROM calmed WHERE resolved_at IS NOT NULL) AS "resolved"`;
