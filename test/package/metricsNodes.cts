/** The operations of Metrics Rollup in the workflow of `everyOperation`, and what they work on. */
import type { HealthFigures } from '../../nodes/MetricsRollup/health/figures';
import type { TakenAlert } from '../../nodes/MetricsRollup/health/takeAlerts';
import type { PreviousRollupRow } from '../../nodes/MetricsRollup/rollup/previousRollups';
import type { MetricsSnapshot } from '../../nodes/shared/contracts/metrics';
import { type OperationNode, operationOf, splitOut, type Step } from './operationNode.cts';

const company = (companyId: string, previous: PreviousRollupRow['previous'] = null) => ({
	companyId,
	correlationId: `rollup-${companyId}`,
	delivery: null,
	previous,
});

/** As the state store answers them: one for the first time, one again, one whose counts contradict. */
const COMPANIES: PreviousRollupRow[] = [
	company('first'),
	company('again', {
		takenAt: '2026-11-23T00:00:00.000Z',
		figures: {
			figures: snapshotOf('again'),
			rates: { open: 24, click: 0, clickToOpen: null, delivery: 99 },
		},
	}),
	company('contradictory'),
];

/** What the platform answers when it is asked for a company's figures. */
export function snapshotOf(companyId: string): MetricsSnapshot {
	const figures = {
		company_id: companyId,
		properties_total: 245,
		leads_total: 1234,
		webhook_success_rate_24h: 98.5,
		narratives_stale_count: 12,
		campaign_performance: { sent: 5000, opened: 1250, clicked: 312 },
	};
	if (companyId === 'first') return figures;
	const opened = companyId === 'again' ? 1250 : 5001;
	return {
		...figures,
		campaign_performance: {
			sent: 5000,
			opened,
			clicked: 312,
			delivered: 4960,
			failed: 10,
			bounced: 30,
			unsubscribed: 4,
			replied: 3,
		},
		outbox_depth: 7,
		outbox_oldest_seconds: 3.5,
		region: 'NCR',
	};
}

const AT_REST: HealthFigures = {
	measuredAt: '2026-11-23T10:00:00.000Z',
	windowMinutes: 60,
	flows: [],
	vendors: [],
	deliveries: [],
	openAlerts: [],
};

const TROUBLED: HealthFigures = {
	...AT_REST,
	flows: [
		{
			flow: 'lead-score',
			ok: 90,
			failed: 10,
			p50Ms: 9000,
			p95Ms: 12_000,
			usualP50Ms: 1000,
			usualCount: 500,
		},
	],
	vendors: [{ vendor: 'hubspot', attempts: 100, errors: 1 }],
	deliveries: [{ flow: 'lead-score', waiting: 2, dead: 1, oldestWaitingSeconds: 2000 }],
	openAlerts: [
		{ alertKey: 'vendor-errors:hubspot', severity: 'critical', lastSeenSecondsAgo: 60 },
		{ alertKey: 'workflow-error:old', severity: 'warning', lastSeenSecondsAgo: 7200 },
	],
};

/** With what Get Snapshot found, why it found nothing, and without it. */
const MEASUREMENTS = [
	{ figures: AT_REST, snapshot: snapshotOf('again'), clockSkewSeconds: 3 },
	{
		figures: TROUBLED,
		error: 'The platform is not available at the moment (503)',
		details: { status: 503, kind: 'unavailable' },
	},
	{ figures: AT_REST },
];

/** As n8n's Error Trigger gives them. */
const FAILURES = [
	{
		execution: {
			id: '231',
			url: 'https://n8n.example.com/workflow/lead-scoring/executions/231',
			lastNodeExecuted: 'Claim Lead',
			error: { message: 'The connection was refused' },
		},
		workflow: { id: 'lead-scoring', name: 'Score leads' },
	},
	{ trigger: { error: { message: 'No such path' } }, workflow: { id: 'w-2', name: 'Intake' } },
];

const ALERT: TakenAlert = {
	alertId: '1',
	about: 'raised',
	alertKey: 'dead-letters:lead-score',
	severity: 'critical',
	title: 'Dead letters: lead-score',
	detail: 'Given up for: The platform: unavailable.',
	times: 2,
	raisedAt: '2026-11-23T10:00:00.000Z',
	resolvedAt: null,
	needsMail: true,
	needsReport: true,
	leaseToken: 'token',
};

const ALERTS: TakenAlert[] = [
	ALERT,
	{
		...ALERT,
		alertId: '2',
		about: 'resolved',
		severity: 'warning',
		resolvedAt: '2026-11-23T10:20:00.000Z',
	},
];

export const metricsNodes = (): OperationNode[] => [
	...splitOut('Company', COMPANIES),
	metrics('rollup', 'lookUp', {}, 'Each Company'),
	metrics('company', 'rollUp', { sendExtraFields: true }, 'Each Company'),
	metrics('rollup', 'keep', {}, 'company rollUp'),
	metrics('snapshot', 'getSnapshot', {}, 'Each Company'),
	metrics('rollup', 'compute', {}, 'snapshot getSnapshot'),
	metrics('rollup', 'report', {}, 'rollup compute'),
	metrics('eventLog', 'trace', { platformEventLog: 'public.event_log' }, 'Each Company'),
	metrics('eventLog', 'purge', {}, 'Start'),
	metrics('health', 'measure', {}, 'Start'),
	...splitOut('Measurement', MEASUREMENTS),
	metrics('health', 'evaluate', {}, 'Each Measurement'),
	...splitOut('Failure', FAILURES),
	metrics('alert', 'raise', {}, 'Each Failure'),
	metrics('alert', 'take', {}, 'Start'),
	...splitOut('Alert', ALERTS),
	metrics('alert', 'describe', {}, 'Each Alert'),
	metrics('alert', 'tell', {}, 'alert describe'),
];

function metrics(...step: Step): OperationNode {
	return operationOf('metricsRollup', ...step);
}
