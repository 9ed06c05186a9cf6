/** An alert from its beginning to its end, told once each: the nodes with the real state store. */
import type { IDataObject } from 'n8n-workflow';

import { deliveriesOn, work } from '../deliveries/deliveries.cts';
import { type Database, openDatabase } from '../stateStore/database.cts';
import {
	metricsRollup,
	type MetricsSurroundings,
	startMetricsSurroundings,
} from './metricsSurroundings.cts';
import { postgresNode } from './postgresNode.cts';

let around: MetricsSurroundings;
let database: Database;

beforeAll(async () => {
	[around, database] = await Promise.all([startMetricsSurroundings(), openDatabase()]);
}, 60_000);
beforeEach(async () => {
	around.forget();
	await deliveriesOn(database).clear();
});
afterAll(async () => await Promise.all([around.close(), database.close()]));

const postgres = async (items: IDataObject[], statement: string) =>
	await postgresNode(database)(items, statement);

/** `send-alerts`: who is told what; a mail counts as sent. */
async function sendAlerts(): Promise<unknown[]> {
	const take = await around.runOne(metricsRollup('alert', 'take'), [{}]);
	const taken = await postgres([take], 'take');
	if (taken.length === 0) return [];
	const described = await around.runAll(metricsRollup('alert', 'describe'), taken);
	expect(await postgres(described, 'mailed')).toEqual(described.map(() => ({ told: true })));
	const told = await around.runAll(metricsRollup('alert', 'tell'), described);
	expect(await postgres(told, 'reported')).toEqual(told.map(() => ({ told: true })));
	return described.map(({ about, alertKey }) => `${about as string}: ${alertKey as string}`);
}

/** `health-monitor`: the keys of the alerts that it opened and ended. */
async function monitor(thresholds = {}): Promise<IDataObject> {
	const measure = await around.runOne(metricsRollup('health', 'measure'), [{}]);
	const measured = await postgres([measure], 'measure');
	const asked = await around.runAll(
		metricsRollup('snapshot', 'getSnapshot', { companyId: 'c-1' }),
		measured,
	);
	const evaluated = await around.runAll(metricsRollup('health', 'evaluate', { thresholds }), asked);
	const [applied] = await postgres(evaluated, 'alerts');
	return applied!;
}

const told = () =>
	around.sentTo('/internal/n8n/event-log').map(({ body }) => `${body.event}: ${body.key}`);

it('a dead letter is told once when it dies, and once when it is gone', async () => {
	const key = 'dead-letters:lead-score';
	await deliveriesOn(database).park([work({ isPassing: false })]);
	expect(await sendAlerts()).toEqual([`raised: ${key}`]);
	expect(await sendAlerts()).toEqual([]);

	// The monitor sees it too, and has nothing to add.
	expect(await monitor({ calmMinutes: 0 })).toEqual({ raised: [], resolved: [] });
	await deliveriesOn(database).dismiss();
	expect(await monitor()).toEqual({ raised: [], resolved: [] });
	expect(await sendAlerts()).toEqual([]);
	expect(await monitor({ calmMinutes: 0 })).toEqual({ raised: [], resolved: [key] });
	expect(await sendAlerts()).toEqual([`resolved: ${key}`]);
	expect(await sendAlerts()).toEqual([]);
	expect(told()).toEqual([`alert.raised: ${key}`, `alert.resolved: ${key}`]);
});

it('a workflow that fails twice is one alert', async () => {
	const failure = {
		execution: { lastNodeExecuted: 'Claim Lead', error: { message: 'The connection was refused' } },
		workflow: { id: 'w-1', name: 'Score leads' },
	};
	const raise = async () =>
		await postgres([await around.runOne(metricsRollup('alert', 'raise'), [failure])], 'raise');
	expect(await raise()).toEqual([{ raised: ['workflow-error:w-1'], resolved: [] }]);
	expect(await raise()).toEqual([{ raised: [], resolved: [] }]);
	expect(await sendAlerts()).toEqual(['raised: workflow-error:w-1']);
});

it('a platform whose outbox is full raises an alert, once', async () => {
	around.platform.answer(({ query }) =>
		Response.json({
			company_id: query.get('company_id'),
			properties_total: 1,
			leads_total: 1,
			webhook_success_rate_24h: 100,
			narratives_stale_count: 0,
			campaign_performance: { sent: 0, opened: 0, clicked: 0 },
			outbox_depth: 101,
		}),
	);
	expect(await monitor()).toEqual({ raised: ['outbox-depth'], resolved: [] });
	expect(await monitor()).toEqual({ raised: [], resolved: [] });
});

it('all that happened under a correlation id is shown by its trace', async () => {
	const correlationId = 'corr-1';
	await deliveriesOn(database).park(
		[work({ correlationId, isPassing: false })],
		[{ correlationId, flow: 'lead-score', step: 'report', outcome: 'failed' }],
	);
	const trace = await around.runOne(metricsRollup('eventLog', 'trace'), [{ correlationId }]);
	expect(await postgres([trace], 'trace')).toMatchObject([
		{ source: 'event-log', step: 'report', outcome: 'failed' },
		{ source: 'deliveries', step: 'callback', outcome: 'parked' },
		{ source: 'deliveries', step: 'callback', outcome: 'dead' },
	]);
});

it('what is too old is purged, and dead letters stay', async () => {
	await deliveriesOn(database).park([work({ isPassing: false })]);
	await database.pool.query(
		`INSERT INTO property_platform.event_log (at, correlation_id, flow, step, outcome)
		VALUES (now() - interval '31 days', 'corr-1', 'lead-score', 'claim', 'claimed')`,
	);
	await deliveriesOn(database).wait(10_000 * 86_400);
	const purge = await around.runOne(metricsRollup('eventLog', 'purge'), [{}]);
	expect(await postgres([purge], 'purge')).toMatchObject([
		{ eventLog: 1, deliveries: 0, more: false },
	]);
	expect(await deliveriesOn(database).rows('deliveries', 'state')).toEqual([{ state: 'dead' }]);
});
