import type { AlertChange } from './alertChange';
import type { Check, CheckState, Finding } from './check';
import { deliveryChecks } from './deliveryChecks';
import type { DeliveryFigures, FlowFigures, HealthFigures, OpenAlert } from './figures';
import { flowChecks, overallSuccess } from './flowChecks';
import { lingering } from './lingering';
import { platformChecks, type PlatformView } from './platformChecks';
import type { Thresholds } from './thresholds';
import { vendorErrors } from './vendorChecks';
import { withoutConsequences } from './withoutConsequences';

export type HealthState = 'healthy' | 'degraded' | 'unhealthy' | 'unknown';

export interface HealthReport {
	/** The worst of the checks; unknown only where none of them could conclude anything. */
	state: HealthState;
	measuredAt: string;
	checks: Check[];
	/** What changes about alerts; an alert that is not named stays as it is. */
	alerts: AlertChange[];
}

/**
 * Holds what was measured against the thresholds. What is too little to conclude anything from
 * raises no alert, and ends one only after a long rest. Throws nothing, whatever the figures.
 * @see The platform's integration guide, "Monitoring & Observability".
 */
export function evaluateHealth(
	figures: HealthFigures,
	thresholds: Thresholds,
	platform: PlatformView,
): HealthReport {
	const { openAlerts } = figures;
	const standing = {
		open: new Map(openAlerts.map((alert) => [alert.alertKey, alert])),
		clearShare: thresholds.clearShare,
	};
	const flows = [...figures.flows, ...flowsAtRest(figures.flows, openAlerts)];
	const deliveries = [...figures.deliveries, ...nothingParked(figures.deliveries, openAlerts)];
	const measured: Finding[] = [
		overallSuccess(flows, thresholds, standing),
		...flows.flatMap((flow) => flowChecks(flow, thresholds, standing)),
		...figures.vendors
			// Whether the platform answers is a check of its own.
			.filter(({ vendor }) => vendor !== 'platform')
			.map((vendor) => vendorErrors(vendor, thresholds, standing)),
		...platformChecks(platform, thresholds, standing),
		...deliveries.flatMap((delivery) => deliveryChecks(delivery, thresholds, standing)),
	];
	const keys = new Set(measured.map(({ check }) => check.key));
	const unmeasured = openAlerts
		.filter(({ alertKey }) => !keys.has(alertKey))
		.map((alert) => lingering(alert, thresholds.quietSeconds));
	const findings = [
		...measured.map((each) => atRest(each, standing.open, thresholds.restSeconds)),
		...unmeasured,
	];
	return {
		state: worst(findings.map(({ check }) => check.state)),
		measuredAt: figures.measuredAt,
		checks: findings.map(({ check }) => check),
		alerts: withoutConsequences(
			findings.flatMap(({ change }) => (change ? [change] : [])),
			standing.open,
		),
	};
}

/** Ends the alert of a check that has concluded nothing for a long time. */
function atRest(
	found: Finding,
	open: ReadonlyMap<string, OpenAlert>,
	restSeconds: number,
): Finding {
	const alert = open.get(found.check.key);
	if (found.check.state !== 'unknown' || !alert) return found;
	const { change } = lingering(alert, restSeconds);
	return change ? { ...found, change: { ...change, title: found.check.name } } : found;
}

/** Flows that only an open alert still knows: no unit in the window, so nothing to end it by. */
function flowsAtRest(flows: readonly FlowFigures[], alerts: readonly OpenAlert[]): FlowFigures[] {
	const prefixes = ['success-rate', 'processing-target', 'processing-time'];
	return flowsOf(alerts, prefixes, flows).map((flow) => ({
		flow,
		ok: 0,
		failed: 0,
		p50Ms: null,
		p95Ms: null,
		usualP50Ms: null,
		usualCount: 0,
	}));
}

/** Flows of open alerts without a row of their own: nothing waits there and nothing is dead. */
function nothingParked(
	deliveries: readonly DeliveryFigures[],
	alerts: readonly OpenAlert[],
): DeliveryFigures[] {
	return flowsOf(alerts, ['dead-letters', 'waiting'], deliveries).map((flow) => ({
		flow,
		waiting: 0,
		dead: 0,
		oldestWaitingSeconds: null,
	}));
}

/** The flows that keys such as `waiting:lead-score` name and that are not among the measured. */
function flowsOf(
	alerts: readonly OpenAlert[],
	prefixes: readonly string[],
	measured: ReadonlyArray<{ flow: string }>,
): string[] {
	const named = alerts.flatMap(({ alertKey }) => {
		const colon = alertKey.indexOf(':');
		return prefixes.includes(alertKey.slice(0, Math.max(0, colon)))
			? [alertKey.slice(colon + 1)]
			: [];
	});
	return [...new Set(named)].filter((flow) => measured.every((each) => each.flow !== flow));
}

function worst(states: readonly CheckState[]): HealthState {
	if (states.includes('critical')) return 'unhealthy';
	if (states.includes('warning')) return 'degraded';
	return states.includes('ok') ? 'healthy' : 'unknown';
}
