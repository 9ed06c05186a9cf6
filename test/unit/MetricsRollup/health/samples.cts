import { type Check } from '../../../../nodes/MetricsRollup/health/check';
import {
	evaluateHealth,
	type HealthReport,
} from '../../../../nodes/MetricsRollup/health/evaluateHealth';
import type {
	DeliveryFigures,
	FlowFigures,
	HealthFigures,
	OpenAlert,
	Severity,
} from '../../../../nodes/MetricsRollup/health/figures';
import type { PlatformView } from '../../../../nodes/MetricsRollup/health/platformChecks';
import { DEFAULT_THRESHOLDS } from '../../../../nodes/MetricsRollup/health/thresholds';

/** A flow at rest, with what is given. */
export function flow(given: Partial<FlowFigures> = {}): FlowFigures {
	return {
		flow: 'lead-score',
		ok: 0,
		failed: 0,
		p50Ms: null,
		p95Ms: null,
		usualP50Ms: null,
		usualCount: 0,
		...given,
	};
}

export function delivery(given: Partial<DeliveryFigures> = {}): DeliveryFigures {
	return { flow: 'lead-score', waiting: 0, dead: 0, oldestWaitingSeconds: null, ...given };
}

export function figures(given: Partial<HealthFigures> = {}): HealthFigures {
	return {
		measuredAt: '2026-11-22T10:00:00.000Z',
		windowMinutes: 60,
		flows: [],
		vendors: [],
		deliveries: [],
		openAlerts: [],
		...given,
	};
}

export function opened(alertKey: string, severity: Severity, lastSeenSecondsAgo = 60): OpenAlert {
	return { alertKey, severity, lastSeenSecondsAgo };
}

export function report(given: Partial<HealthFigures>, platform: PlatformView = {}): HealthReport {
	return evaluateHealth(figures(given), DEFAULT_THRESHOLDS, platform);
}

export function checkOf({ checks }: HealthReport, key: string): Check {
	const check = checks.find((each) => each.key === key);
	if (!check) throw new Error(`There is no check ${key}`);
	return check;
}

/** What happens to one alert: `breached warning`, `calm critical`, or nothing. */
export function changeOf({ alerts }: HealthReport, key: string): string {
	const [change, ...others] = alerts.filter(({ alertKey }) => alertKey === key);
	if (others.length > 0) throw new Error(`More than one change of ${key}`);
	return change ? `${change.condition} ${change.severity}` : 'none';
}
