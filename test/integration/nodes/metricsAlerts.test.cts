/** Alerts on their way to people: raised, put into words, told, and marked as told. */
import type { IDataObject } from 'n8n-workflow';

import { applyAlerts } from '../../../nodes/MetricsRollup/health/applyAlerts';
import { markAlertTold } from '../../../nodes/MetricsRollup/health/markAlertTold';
import type { TakenAlert } from '../../../nodes/MetricsRollup/health/takeAlerts';
import {
	DOWN,
	jsonValue,
	metricsRollup,
	type MetricsSurroundings,
	startMetricsSurroundings,
	statementIn,
} from './metricsSurroundings.cts';

let around: MetricsSurroundings;
beforeAll(async () => {
	around = await startMetricsSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

const EVENT_LOG_PATH = '/internal/n8n/event-log';

/** A row as the Postgres node answers it after Take, but for what a test changes. */
const alert = (changed: Partial<TakenAlert> = {}): IDataObject =>
	({
		alertId: '7',
		about: 'raised',
		alertKey: 'dead-letters:lead-score',
		severity: 'critical',
		title: 'Dead letters: lead-score',
		detail: 'Given up for: The platform: unavailable.',
		times: 3,
		raisedAt: '2026-11-23T10:00:00.000Z',
		resolvedAt: null,
		needsMail: true,
		needsReport: true,
		leaseToken: 'lease-1',
		...changed,
	}) as unknown as IDataObject;

const ENDED = { about: 'resolved', resolvedAt: '2026-11-23T10:20:00.000Z' } as const;

const raise = metricsRollup('alert', 'raise');
const describeAlert = metricsRollup('alert', 'describe');
const tell = metricsRollup('alert', 'tell');

describe('a workflow that failed', () => {
	it('raises a warning that names the node, the reason and the execution', async () => {
		const json = await around.runOne(raise, [
			{
				execution: {
					id: '231',
					url: 'https://n8n.example.com/workflow/w-1/executions/231',
					lastNodeExecuted: 'Claim Lead',
					error: { message: 'The connection was refused' },
				},
				workflow: { id: 'w-1', name: 'Score leads' },
			},
		]);
		expect(json.alert).toEqual({
			alertKey: 'workflow-error:w-1',
			severity: 'warning',
			title: 'A workflow failed: Score leads',
			detail:
				'Claim Lead: The connection was refused. Execution: https://n8n.example.com/workflow/w-1/executions/231',
		});
		const { query, values } = statementIn(json, 'raise');
		expect(query).toBe(applyAlerts([], 0).query);
		expect(values[1]).toBe(0);
		expect(jsonValue(json, 'raise')).toEqual([
			{ ...(json.alert as IDataObject), condition: 'breached' },
		]);
	});

	it('whose trigger failed hears nothing any more, which is critical', async () => {
		const json = await around.runOne(raise, [
			{ trigger: { error: { message: 'No such path' } }, workflow: { id: 'w-1', name: 'Intake' } },
		]);
		expect(json.alert).toMatchObject({ severity: 'critical', alertKey: 'workflow-error:w-1' });
	});

	it.each([[{}], [{ execution: 'none', workflow: [] }], [{ workflow: { id: 7 } }]])(
		'raises an alert also where n8n says only %j of it',
		async (item) => {
			const json = await around.runOne(raise, [item as IDataObject]);
			expect(json.alert).toMatchObject({ alertKey: expect.stringMatching(/^workflow-error:/) });
		},
	);
});

describe('an alert', () => {
	it('is taken by a statement under a lease of its own', async () => {
		const [first, second] = await around.runAll(metricsRollup('alert', 'take'), [{}, {}]);
		const [one, other] = [first, second].map((json) => statementIn(json!, 'take'));
		expect(one!.query).toBe(other!.query);
		expect(one!.values.slice(1)).toEqual([60, 50]);
		expect(one!.values[0]).not.toBe(other!.values[0]);
	});

	it.each([
		['raised', alert(), '[Property platform] Critical: Dead letters: lead-score'],
		['a warning', alert({ severity: 'warning' }), '[Property platform] Warning: Dead letters'],
		['over', alert(ENDED), '[Property platform] Resolved: Dead letters: lead-score after 20 min'],
	])('that is %s has the words of a mail', async (_what, item, subject) => {
		const { mail } = await around.runOne(describeAlert, [item]);
		expect(mail).toEqual({
			subject: expect.stringContaining(subject),
			text: expect.stringContaining('Given up for: The platform: unavailable.'),
		});
	});

	it('is handed on with the statements that mark it as told, a channel each', async () => {
		const json = await around.runOne(describeAlert, [alert(ENDED)]);
		expect(json).toMatchObject(alert(ENDED));
		const told = { alertId: '7', leaseToken: 'lease-1', about: 'resolved' } as const;
		expect(json.stateStore).toEqual({
			mailed: markAlertTold({ ...told, channel: 'mail' }),
			reported: markAlertTold({ ...told, channel: 'platform' }),
		});
	});

	it('may come with a number for its id, as drivers of databases give it', async () => {
		const json = await around.runOne(describeAlert, [{ ...alert(), alertId: 7 }]);
		expect(statementIn(json, 'mailed').values).toEqual(['7', 'lease-1']);
	});

	it('is told to the platform, signed, with the key that stays the same', async () => {
		const described = await around.runAll(describeAlert, [alert(), alert({ detail: 'More' })]);
		const told = await around.runAll(tell, described);
		const [delivery, again] = around.sentTo(EVENT_LOG_PATH);
		expect(delivery).toMatchObject({
			isValid: true,
			body: {
				event: 'alert.raised',
				key: 'dead-letters:lead-score',
				severity: 'critical',
				title: 'Dead letters: lead-score',
				detail: 'Given up for: The platform: unavailable.',
				at: '2026-11-23T10:00:00Z',
			},
		});
		expect(again!.headers.get('x-idempotency-key')).toBe(
			delivery!.headers.get('x-idempotency-key'),
		);
		expect(told).toEqual(
			described.map((json) => ({ ...json, reported: { status: 200, duplicate: false } })),
		);
	});

	it('that is over is told as over, under another key', async () => {
		await around.runAll(tell, [alert(), alert(ENDED)]);
		const [began, ended] = around.sentTo(EVENT_LOG_PATH).toSorted((a, b) => a.at - b.at);
		expect(new Set([began, ended].map((each) => each!.body.event))).toEqual(
			new Set(['alert.raised', 'alert.resolved']),
		);
		expect(began!.headers.get('x-idempotency-key')).not.toBe(
			ended!.headers.get('x-idempotency-key'),
		);
	});

	it('that the platform does not take stays untold, and nothing is parked', async () => {
		around.platform.answer(DOWN);
		const failed = await around.failOne(tell, [alert()]);
		expect(failed.details).toMatchObject({ status: 503, passing: true });
		expect(failed.details.stateStore).toBeUndefined();
	});

	it.each([
		['of neither kind', alert({ about: 'both' as never })],
		['without a lease', alert({ leaseToken: undefined })],
		['that is none', {}],
	])('%s is refused', async (_what, item) => {
		for (const step of [describeAlert, tell]) {
			const failed = await around.failOne(step, [item]);
			expect(failed.error).toBe('The alert does not keep to its contract');
		}
		expect(around.platform.deliveries).toEqual([]);
	});
});
