/** What was measured, held against thresholds that a person may set. */
import type { IDataObject } from 'n8n-workflow';

import { applyAlerts } from '../../../nodes/MetricsRollup/health/applyAlerts';
import type { HealthReport } from '../../../nodes/MetricsRollup/health/evaluateHealth';
import type { HealthFigures } from '../../../nodes/MetricsRollup/health/figures';
import { measureHealth } from '../../../nodes/MetricsRollup/health/measureHealth';
import { figures, flow, opened } from '../../unit/MetricsRollup/health/samples.cts';
import {
	DOWN,
	jsonValue,
	metricsRollup,
	type MetricsSurroundings,
	snapshotOf,
	startMetricsSurroundings,
	statementIn,
} from './metricsSurroundings.cts';

let around: MetricsSurroundings;
beforeAll(async () => {
	around = await startMetricsSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

const measured = (given: Partial<HealthFigures> = {}, more: object = {}): IDataObject =>
	({ figures: figures(given), ...more }) as unknown as IDataObject;

async function evaluate(item: IDataObject, thresholds = {}): Promise<IDataObject & HealthReport> {
	const step = metricsRollup('health', 'evaluate', { thresholds });
	return (await around.runOne(step, [item])) as IDataObject & HealthReport;
}

const stateOf = ({ checks }: HealthReport, key: string) =>
	checks.find((check) => check.key === key)?.state;

describe('measured figures', () => {
	it('are measured by a statement over the window that a person chose', async () => {
		const step = metricsRollup('health', 'measure', { windowMinutes: 15, usualDays: 30 });
		const statement = statementIn(await around.runOne(step, [{}]), 'measure');
		expect(statement).toEqual(measureHealth({ windowMinutes: 15, usualDays: 30 }));
		expect(statement.values).toEqual([15, 30]);
	});

	it('within all limits are healthy and change no alert', async () => {
		const report = await evaluate(
			measured(
				{ flows: [flow({ ok: 100, p50Ms: 900, p95Ms: 2000, usualP50Ms: 800, usualCount: 500 })] },
				{ snapshot: snapshotOf('c-1', { outbox_depth: 3 }), clockSkewSeconds: 1 },
			),
		);
		expect(report).toMatchObject({
			state: 'healthy',
			measuredAt: '2026-11-22T10:00:00.000Z',
			alerts: [],
		});
		expect(jsonValue(report, 'alerts')).toEqual([]);
	});

	it('beyond a limit raise an alert by the statement, and end one that is calm', async () => {
		const report = await evaluate(
			measured({
				flows: [flow({ ok: 94, failed: 6 })],
				vendors: [{ vendor: 'hubspot', attempts: 100, errors: 1 }],
				openAlerts: [opened('vendor-errors:hubspot', 'critical')],
			}),
		);
		expect(report.state).toBe('unhealthy');
		expect(report.alerts.map(({ alertKey, condition }) => [alertKey, condition])).toEqual([
			['success-rate:lead-score', 'breached'],
			['vendor-errors:hubspot', 'calm'],
		]);
		expect(statementIn(report, 'alerts').query).toBe(applyAlerts([], 0).query);
		expect(jsonValue(report, 'alerts')).toEqual(report.alerts);
	});

	it.each([
		[{}, 600],
		[{ calmMinutes: 0 }, 0],
		[{ calmMinutes: 30 }, 1800],
	])('with %j end an alert after %i seconds of calm', async (thresholds, seconds) => {
		expect(statementIn(await evaluate(measured(), thresholds), 'alerts').values[1]).toBe(seconds);
	});

	it.each<[object, string, IDataObject, string, string]>([
		[
			{ failuresPercent: 10 },
			'success-rate:lead-score',
			measured({ flows: [flow({ ok: 94, failed: 6 })] }),
			'critical',
			'warning',
		],
		[
			{ leadSeconds: 20 },
			'processing-target:lead-score',
			measured({ flows: [flow({ ok: 50, p95Ms: 12_000 })] }),
			'warning',
			'ok',
		],
		[
			{ enrichmentSeconds: 5 },
			'processing-target:property-enrichment',
			measured({ flows: [flow({ flow: 'property-enrichment', ok: 50, p95Ms: 6000 })] }),
			'ok',
			'warning',
		],
		[
			{ slowdown: 5 },
			'processing-time:lead-score',
			measured({ flows: [flow({ ok: 50, p50Ms: 3000, usualP50Ms: 1000, usualCount: 50 })] }),
			'critical',
			'ok',
		],
		[
			{ vendorErrorsPercent: 30 },
			'vendor-errors:hubspot',
			measured({ vendors: [{ vendor: 'hubspot', attempts: 100, errors: 20 }] }),
			'critical',
			'ok',
		],
		[
			{ outboxDepth: 5 },
			'outbox-depth',
			measured({}, { snapshot: snapshotOf('c-1', { outbox_depth: 7 }) }),
			'ok',
			'critical',
		],
	])('with %j of a person find %s otherwise', async (thresholds, key, item, before, after) => {
		expect(stateOf(await evaluate(item), key)).toBe(before);
		expect(stateOf(await evaluate(item, thresholds), key)).toBe(after);
	});

	it.each([
		['without figures', {}],
		['with a text for a count', measured({ flows: [flow({ ok: 'many' as never })] })],
		['of an unknown severity', measured({ openAlerts: [opened('outbox-depth', 'mild' as never)] })],
	])('%s are refused', async (_what, item) => {
		const failed = await around.failOne(metricsRollup('health', 'evaluate'), [item]);
		expect(failed.error).toBe('The measurement does not keep to its contract');
	});
});

describe('the platform', () => {
	const snapshotStep = metricsRollup('snapshot', 'getSnapshot', { companyId: 'c-1' });

	/** The check whether it answers, after it was asked through the node before. */
	async function reachability(item: IDataObject) {
		const { checks } = await evaluate(item);
		return checks.find(({ key }) => key === 'platform-reachable');
	}

	it('that answers is reachable, and its outbox and its clock are judged', async () => {
		const item = await around.runOne(snapshotStep, [measured()]);
		const report = await evaluate(item);
		expect(stateOf(report, 'platform-reachable')).toBe('ok');
		expect(stateOf(report, 'outbox-depth')).toBe('unknown');
		expect(stateOf(report, 'clock-skew')).toBe('ok');
	});

	it('that is down is not reachable, and says how', async () => {
		around.platform.answer(DOWN);
		expect(await reachability(await around.failOne(snapshotStep, [measured()]))).toMatchObject({
			state: 'critical',
			text: 'The platform does not answer: unavailable.',
		});
	});

	it('that does not know the company is reachable', async () => {
		around.platform.answer(() => new Response(null, { status: 404 }));
		expect(await reachability(await around.failOne(snapshotStep, [measured()]))).toMatchObject({
			state: 'ok',
		});
	});

	it.each([
		['was not asked', measured()],
		['gave a snapshot that is none', measured({}, { snapshot: { leads_total: -1 } })],
	])('that %s is neither reachable nor not', async (_what, item) => {
		expect(await reachability(item)).toMatchObject({ state: 'unknown' });
	});
});
