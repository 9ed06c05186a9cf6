import { DEFAULT_THRESHOLDS } from '../../../nodes/MetricsRollup/health/thresholds';
import { DASHBOARD, MONITORING, RULES, TEMPLATES } from './documents.cts';
import { METRICS, SETTINGS } from './n8nMetrics.cts';

const EXPRESSIONS = DASHBOARD.panels
	.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => expr ?? []))
	.join('\n');
const DOCUMENTS = { 'monitoring.md': MONITORING, 'the rules': RULES, 'the dashboard': EXPRESSIONS };

/** The metric that a series belongs to, where n8n has it. */
function metricOf(series: string) {
	const histogram = METRICS[series.replace(/_(bucket|count|sum)$/, '')];
	return METRICS[series] ?? (histogram?.type === 'histogram' ? histogram : undefined);
}

describe.each(Object.entries(DOCUMENTS))('%s', (_name, text) => {
	const series = new Set(text.match(/\bn8n_[a-z0-9_]+/g));

	it('names metrics that n8n has, and no other', () => {
		expect(series.size).toBeGreaterThan(0);
		expect([...series].filter((each) => !metricOf(each))).toEqual([]);
	});

	it('selects by labels that the metric carries', () => {
		const selectors = [...text.matchAll(/\b(n8n_[a-z0-9_]+)\{([^}]*)\}/g)];
		expect(selectors.length).toBeGreaterThan(0);
		for (const [, name, selector] of selectors) {
			const labels = [...selector!.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)].map(
				([, label]) => label,
			);
			expect(labels).not.toEqual([]);
			expect(metricOf(name!)!.labels).toEqual(expect.arrayContaining(labels));
		}
	});
});

describe('what monitoring.md tells a person to run', () => {
	const named = [...MONITORING.matchAll(/\*\*([^*]+)\*\* \(`([\w-]+\.json)`\)/g)];

	it.each(named.map(([, name, file]) => [name!, file!]))('%s: is the workflow %s', (name, file) => {
		expect(TEMPLATES[file]?.name).toBe(name);
	});
});

describe('what monitoring.md switches on', () => {
	it('are settings that n8n reads', () => {
		const named = new Set(MONITORING.match(/\bN8N_METRICS\w*/g));
		expect(named.size).toBeGreaterThan(5);
		expect([...named].filter((each) => !SETTINGS.has(each))).toEqual([]);
	});
});

describe('the rules', () => {
	const rule = (name: string) =>
		RULES.split(/- alert: /).find((each) => each.startsWith(`${name}\n`));

	it.each([
		['WebhookFailures', `ratio15m > ${DEFAULT_THRESHOLDS.failuresPercent.critical! / 100}\n`],
		['ProcessingTime', `median15m > ${DEFAULT_THRESHOLDS.slowdown} * `],
		['QueueDepth', `jobs_waiting) > ${DEFAULT_THRESHOLDS.outboxDepth}\n`],
		['FailedExecutions', `ratio15m > ${DEFAULT_THRESHOLDS.vendorErrorsPercent / 100}\n`],
	])('%s: has the threshold of the health monitor', (name, threshold) => {
		expect(rule(name)).toContain(threshold);
	});

	it('watch paths that the templates take requests under', () => {
		const paths = RULES.match(/webhook_path=~"([^"]+)"/)![1]!.split('|');
		expect(templatePaths()).toEqual(expect.arrayContaining(paths));
	});

	it('record under the names that the alerts and the dashboard use', () => {
		const recorded = [...RULES.matchAll(/- record: (\S+)/g)].map(([, name]) => name);
		const used = [RULES, EXPRESSIONS]
			.flatMap((text) => [...text.matchAll(/(?<!record: )\bproperty_platform:[\w:]+/g)])
			.map(([name]) => name);
		expect([...new Set(used)].sort()).toEqual(recorded.sort());
	});
});

function templatePaths(): string[] {
	return Object.values(TEMPLATES).flatMap(({ nodes }) =>
		nodes.flatMap(({ type, parameters }) =>
			type.endsWith('Trigger') && parameters.path ? [parameters.path] : [],
		),
	);
}
