import { traceCorrelation, type TraceRow } from '../../../nodes/MetricsRollup/eventLog/trace';
import type { AlertChange } from '../../../nodes/MetricsRollup/health/alertChange';
import {
	type AppliedAlertsRow,
	applyAlerts,
} from '../../../nodes/MetricsRollup/health/applyAlerts';
import {
	type AlertToldRow,
	markAlertTold,
	type ToldAlert,
} from '../../../nodes/MetricsRollup/health/markAlertTold';
import {
	type AlertRequest,
	takeAlerts,
	type TakenAlert,
} from '../../../nodes/MetricsRollup/health/takeAlerts';
import {
	keepRollups,
	type KeepRollupsRow,
	type KeptRollup,
} from '../../../nodes/MetricsRollup/rollup/keepRollups';
import {
	type AskedCompany,
	type PreviousRollupRow,
	previousRollups,
} from '../../../nodes/MetricsRollup/rollup/previousRollups';
import type { EventLogRow } from '../../../nodes/shared/stateStore/eventLog';
import type { Database, Protocol } from '../stateStore/database.cts';

export const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export const breach = (alertKey: string, changed: Partial<AlertChange> = {}): AlertChange => ({
	alertKey,
	condition: 'breached',
	severity: 'warning',
	title: `Title of ${alertKey}`,
	detail: `Detail of ${alertKey}`,
	...changed,
});

export const calm = (alertKey: string): AlertChange => breach(alertKey, { condition: 'calm' });

export const rollup = (companyId: string, changed: Partial<KeptRollup> = {}): KeptRollup => ({
	companyId,
	takenAt: '2026-11-20T06:00:00Z',
	correlationId: `correlation-${companyId}`,
	figures: { leads_total: 1234 },
	durationMs: 85,
	...changed,
});

export const asked = (companyId: string): AskedCompany => ({
	companyId,
	correlationId: `asked-${companyId}`,
});

export const take = (changed: Partial<AlertRequest> = {}) =>
	takeAlerts({ leaseToken: 'holder', leaseSeconds: 60, limit: 100, ...changed });

/** The alerts and rollups of one database, asked in one of the two ways in which values travel. */
export function metricsOn(database: Database, protocol: Protocol = 'bound') {
	const change = async (query: string, values: unknown[] = []) => {
		await database.pool.query(query, values);
	};
	return {
		apply: (changes: readonly AlertChange[], calmSeconds = 0) =>
			database.run<AppliedAlertsRow>(applyAlerts(changes, calmSeconds), protocol),
		take: (changed?: Partial<AlertRequest>) => database.rows<TakenAlert>(take(changed), protocol),
		tell: async (alert: Omit<ToldAlert, 'channel'>, channel: ToldAlert['channel']) =>
			(await database.run<AlertToldRow>(markAlertTold({ ...alert, channel }), protocol)).told,

		keep: (rollups: readonly KeptRollup[], log: readonly EventLogRow[] = []) =>
			database.run<KeepRollupsRow>(keepRollups(rollups, log), protocol),
		previous: (companies: readonly AskedCompany[]) =>
			database.rows<PreviousRollupRow>(previousRollups(companies), protocol),

		trace: (correlationId: string, platformEventLog?: string) =>
			database.rows<TraceRow>(
				traceCorrelation(correlationId, platformEventLog ? { platformEventLog } : {}),
				protocol,
			),

		rows: async (table: string, columns = '*', order = '1') =>
			(
				await database.pool.query<Record<string, unknown>>(
					`SELECT ${columns} FROM property_platform.${table} ORDER BY ${order}`,
				)
			).rows,

		/** Lets so many seconds go by for every alert. */
		wait: (seconds: number) =>
			change(
				`UPDATE property_platform.alerts SET
					raised_at = raised_at - make_interval(secs => $1),
					last_seen_at = last_seen_at - make_interval(secs => $1),
					calm_since = calm_since - make_interval(secs => $1),
					resolved_at = resolved_at - make_interval(secs => $1),
					lease_until = lease_until - make_interval(secs => $1)`,
				[seconds],
			),

		/** A delivery as `deliveries` holds it; the columns are those a test cares about. */
		park: (deliveryKey: string, columns: Record<string, unknown> = {}) => {
			const row: Record<string, unknown> = {
				delivery_key: deliveryKey,
				kind: 'callback',
				flow: 'lead-score',
				correlation_id: 'correlation-1',
				state: 'waiting',
				payload: {},
				...columns,
			};
			const names = Object.keys(row);
			return change(
				`INSERT INTO property_platform.deliveries (${names.join(', ')})
				VALUES (${names.map((_name, index) => `$${index + 1}`).join(', ')})`,
				Object.values(row),
			);
		},

		/** Rows are deleted, not truncated, which on a server takes a hundred times as long. */
		clear: () =>
			change(
				['alerts', 'rollups', 'deliveries', 'event_log', 'vendor_answers', 'processed_events']
					.map((table) => `DELETE FROM property_platform.${table}`)
					.join(';'),
			),
	};
}
