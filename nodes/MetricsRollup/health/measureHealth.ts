import type { Statement } from '../../shared/stateStore/statement';
import { utcText } from '../../shared/stateStore/utcText';
import type { HealthFigures } from './figures';

/** Those always measured, also where nothing happened in them. */
export const FLOWS = [
	'property-enrichment',
	'lead-score',
	'campaign-dispatch',
	'metrics-rollup',
	'meta-broker',
];

export interface Measurement {
	windowMinutes: number;
	/** How many days before the window say what is usual. */
	usualDays: number;
}

/** The one row `measureHealth` answers. */
export interface HealthRow {
	figures: HealthFigures;
}

/**
 * Measures the window that ends now. A unit of work is ok once it is complete; it has failed where
 * its latest attempt did, so that one which a retry brought home is none. Durations are those of
 * complete units, p50 and p95 ones that really occurred. A call to a vendor is an error where no answer came, or one that says that the
 * vendor, our access or our pace is at fault. A delivery waits since it was last tried. Always
 * answers one row, a `HealthRow`.
 * @see https://www.postgresql.org/docs/current/functions-aggregate.html
 */
export function measureHealth({ windowMinutes, usualDays }: Measurement): Statement {
	return { query: MEASURE, values: [windowMinutes, usualDays] };
}

const SINCE = 'now() - make_interval(secs => $1::double precision * 60)';
const USUAL_SINCE = `${SINCE} - make_interval(secs => $2::double precision * 86400)`;

const secondsSince = (moment: string) =>
	`GREATEST(0, floor(extract(epoch FROM now() - ${moment})))::int`;

const MEASURE = `WITH done AS (
	SELECT flow,
		count(*) FILTER (WHERE at > ${SINCE}) AS ok,
		percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY duration_ms)
			FILTER (WHERE at > ${SINCE}) AS durations,
		percentile_disc(0.5) WITHIN GROUP (ORDER BY duration_ms)
			FILTER (WHERE at <= ${SINCE}) AS usual,
		count(duration_ms) FILTER (WHERE at <= ${SINCE}) AS usual_count
	FROM property_platform.event_log
	WHERE at > ${USUAL_SINCE} AND vendor IS NULL AND step = 'complete' AND outcome = 'ok'
	GROUP BY flow
), hurt AS (
	SELECT flow, correlation_id,
		max(id) FILTER (WHERE outcome = 'failed') AS failed_last,
		max(id) FILTER (WHERE outcome = 'ok') AS ok_last
	FROM property_platform.event_log
	WHERE at > ${SINCE} AND vendor IS NULL
		AND (outcome = 'failed' OR (step = 'complete' AND outcome = 'ok'))
	GROUP BY flow, correlation_id
), unhealed AS (
	SELECT flow, count(*) AS failed FROM hurt
	WHERE failed_last > COALESCE(ok_last, 0)
	GROUP BY flow
), unit AS (
	SELECT * FROM done FULL JOIN unhealed USING (flow)
), call AS (
	SELECT vendor,
		count(*) AS attempts,
		count(*) FILTER (WHERE outcome = 'failed' AND (COALESCE(status, 0) = 0 OR status >= 500
			OR status IN (401, 403, 408, 429))) AS errors
	FROM property_platform.event_log
	WHERE at > ${SINCE} AND vendor IS NOT NULL
	GROUP BY vendor
), parked AS (
	SELECT flow,
		count(*) FILTER (WHERE state = 'waiting') AS waiting,
		count(*) FILTER (WHERE state = 'dead') AS dead,
		min(last_attempt_at) FILTER (WHERE state = 'waiting') AS oldest
	FROM property_platform.deliveries
	WHERE state IN ('waiting', 'dead')
	GROUP BY flow
), known AS (
	SELECT flow, position
	FROM unnest(ARRAY['${FLOWS.join("', '")}']) WITH ORDINALITY AS known (flow, position)
), unit_flow AS (
	SELECT * FROM known FULL JOIN unit USING (flow)
), parked_flow AS (
	SELECT * FROM known FULL JOIN parked USING (flow)
)
SELECT jsonb_build_object(
	'measuredAt', ${utcText('now()')},
	'windowMinutes', $1::double precision,
	'flows', (SELECT jsonb_agg(jsonb_build_object(
		'flow', flow,
		'ok', COALESCE(ok, 0),
		'failed', COALESCE(failed, 0),
		'p50Ms', durations[1],
		'p95Ms', durations[2],
		'usualP50Ms', usual,
		'usualCount', COALESCE(usual_count, 0)
	) ORDER BY position, flow) FROM unit_flow),
	'vendors', (SELECT COALESCE(jsonb_agg(jsonb_build_object(
		'vendor', vendor,
		'attempts', attempts,
		'errors', errors
	) ORDER BY vendor), '[]') FROM call),
	'deliveries', (SELECT jsonb_agg(jsonb_build_object(
		'flow', flow,
		'waiting', COALESCE(waiting, 0),
		'dead', COALESCE(dead, 0),
		'oldestWaitingSeconds', CASE WHEN oldest IS NOT NULL THEN ${secondsSince('oldest')} END
	) ORDER BY position, flow) FROM parked_flow),
	'openAlerts', (SELECT COALESCE(jsonb_agg(jsonb_build_object(
		'alertKey', alert_key,
		'severity', severity,
		'lastSeenSecondsAgo', ${secondsSince('last_seen_at')}
	) ORDER BY alert_key), '[]') FROM property_platform.alerts WHERE resolved_at IS NULL)
) AS "figures"`;
