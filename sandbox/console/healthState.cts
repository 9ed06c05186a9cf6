/** What the Health view shows: what n8n found and wrote down, and the work that is not home yet. */
import type pg from 'pg';

import { isPrepared } from './preparedTables.cts';

/** The open alerts first. */
const ALERTS = `
	SELECT id::int, alert_key AS "alertKey", severity, title, detail, times,
	  raised_at AS "raisedAt", last_seen_at AS "lastSeenAt", calm_since AS "calmSince",
	  resolved_at AS "resolvedAt", raise_mailed_at AS "raiseMailedAt",
	  raise_reported_at AS "raiseReportedAt", end_mailed_at AS "endMailedAt",
	  end_reported_at AS "endReportedAt"
	FROM property_platform.alerts
	ORDER BY resolved_at IS NOT NULL, raised_at DESC, id DESC LIMIT 30`;

/** Units of work of the last hour. A step of ours, not a call: no vendor. */
const FLOWS = `
	SELECT flow,
	  count(*) FILTER (WHERE step = 'complete' AND outcome = 'ok')::int AS ok,
	  count(*) FILTER (WHERE outcome = 'failed')::int AS failed,
	  percentile_disc(0.5) WITHIN GROUP (ORDER BY duration_ms)
	    FILTER (WHERE step = 'complete' AND outcome = 'ok') AS "medianMs"
	FROM property_platform.event_log
	WHERE at > now() - interval '1 hour' AND vendor IS NULL
	  AND (outcome = 'failed' OR (step = 'complete' AND outcome = 'ok'))
	GROUP BY flow ORDER BY flow`;

// Of the payload only what it is about: the rest may name a person.
const UNDELIVERED = `
	SELECT delivery_key AS "deliveryKey", kind, flow, correlation_id AS "correlationId",
	  coalesce(payload ->> 'path', payload ->> 'workflow', payload ->> 'companyId') AS about,
	  last_error AS reason, attempts, replays, coalesce(lease_until > now(), false) AS "isWorkedOn",
	  parked_at AS "parkedAt", settled_at AS "diedAt",
	  floor(extract(epoch FROM now() - parked_at) / 60)::int AS "ageMinutes"
	FROM property_platform.deliveries`;
const DEAD = `${UNDELIVERED} WHERE state = 'dead' ORDER BY settled_at DESC, delivery_key LIMIT 50`;
const WAITING = `${UNDELIVERED} WHERE state = 'waiting' ORDER BY parked_at, delivery_key LIMIT 25`;

const COUNTS = `
	SELECT
	  (SELECT count(*)::int FROM property_platform.deliveries WHERE state = 'waiting') AS waiting,
	  (SELECT count(*)::int FROM property_platform.deliveries WHERE state = 'dead') AS dead,
	  (SELECT count(*)::int FROM property_platform.alerts
	   WHERE resolved_at IS NULL AND severity = 'critical') AS critical,
	  (SELECT count(*)::int FROM property_platform.alerts
	   WHERE resolved_at IS NULL AND severity = 'warning') AS warnings`;

/** Null where the state store is not prepared, or is of an older version. */
export async function healthState(pool: pg.Pool) {
	if (!(await isPrepared(pool, 'alerts'))) return null;
	const [alerts, flows, dead, waiting, counts] = await Promise.all(
		[ALERTS, FLOWS, DEAD, WAITING, COUNTS].map(async (sql) => (await pool.query(sql)).rows),
	);
	return { alerts, flows, dead, waiting, counts: counts![0] };
}
