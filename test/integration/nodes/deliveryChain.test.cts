/** Parked, waited for, taken, tried again and settled: the nodes as the workflows wire them, with the real state store. */
import type { IDataObject } from 'n8n-workflow';

import { deliveriesOn } from '../deliveries/deliveries.cts';
import { type Database, openDatabase } from '../stateStore/database.cts';
import { claim, record } from '../stateStore/work.cts';
import {
	DOWN,
	metricsRollup,
	type MetricsSurroundings,
	signedWebhook,
	startMetricsSurroundings,
	UPSERT_PATH,
	WELL,
} from './metricsSurroundings.cts';
import { postgresNode } from './postgresNode.cts';
import type { Step } from './runNode.cts';

let around: MetricsSurroundings;
let database: Database;

beforeAll(async () => {
	[around, database] = await Promise.all([startMetricsSurroundings(), openDatabase()]);
}, 60_000);
beforeEach(async () => {
	around.forget();
	await deliveries().clear();
	await database.pool.query('DELETE FROM property_platform.rollups');
});
afterAll(async () => await Promise.all([around.close(), database.close()]));

const deliveries = () => deliveriesOn(database);
const postgres = async (items: IDataObject[], statement: string) =>
	await postgresNode(database)(items, statement);

const CALLBACK_PATH = '/internal/n8n/lead-sync-status';
const CALLBACK = {
	lead_id: 'l-1',
	crm: 'hubspot',
	status: 'synced',
	external_id: '42',
	message: 'Lead synced successfully with score: 85/100',
};

const reportSyncStatus: Step = {
	type: 'leadScore',
	parameters: { resource: 'syncStatus', operation: 'report' },
	credentials: ['signedWebhookApi'],
};

/** Plan, Wait and Take: what is due after the wait that the rows ask for; undefined where none does. */
async function takeAfterWait(
	rows: IDataObject[],
	kind: 'callback' | 'rollup',
): Promise<IDataObject[] | undefined> {
	const planned = await around.runAll(signedWebhook('delivery', 'plan'), rows);
	if (planned.length === 0) return undefined;
	await deliveries().wait(planned[0]!.waitSeconds as number);
	const take = signedWebhook('delivery', 'take', { kind });
	return await postgres([await around.runOne(take, planned)], 'take');
}

/** The rest of `deliver-callback`: the rows that settling answers. */
async function deliver(taken: IDataObject[]): Promise<IDataObject[]> {
	return await postgres(await around.runAll(signedWebhook('delivery', 'deliver'), taken), 'settle');
}

/** What the event log says happened, without what each call took. */
const steps = async () =>
	(
		(await deliveries().rows(
			'event_log',
			'flow, step, vendor, outcome, correlation_id',
			'id',
		)) as Array<Record<string, string>>
	).map(({ flow, step, vendor, outcome }) => `${flow}: ${vendor ?? 'we'}, ${step}, ${outcome}`);

const alerts = async () => await deliveries().rows('alerts', 'alert_key, severity, times');

describe('a callback', () => {
	/** Work that is done, and whose callback the platform did not take. */
	async function parkCallback(): Promise<IDataObject[]> {
		await database.run(claim({ flow: 'lead-score', correlationId: 'corr-1' }));
		await database.run(record({ result: { callback: CALLBACK } }));
		around.platform.answer(DOWN);
		const failed = await around.failOne(reportSyncStatus, [
			{ callback: CALLBACK, eventKey: 'key-1', correlationId: 'corr-1' },
		]);
		return await postgres([failed], 'failed');
	}

	const stateOfWork = async () => await deliveries().rows('processed_events', 'state');

	it('that the platform could not take arrives once when it is back, and completes the work', async () => {
		const parked = await parkCallback();
		expect(parked).toMatchObject([{ state: 'waiting', attempts: 1, isNew: true }]);
		expect(await stateOfWork()).toEqual([{ state: 'recorded' }]);

		const taken = await takeAfterWait(parked, 'callback');
		expect(taken).toMatchObject([{ eventKey: 'key-1', isLastTry: false, attempts: 1 }]);
		const settled = await deliver(taken!);
		expect(settled).toMatchObject([{ state: 'waiting', attempts: 2 }]);

		around.platform.answer(WELL);
		const [first] = around.platform.deliveries.splice(0);
		expect(await deliver((await takeAfterWait(settled, 'callback'))!)).toMatchObject([
			{ state: 'delivered', attempts: 2, correlationId: 'corr-1' },
		]);
		expect(around.platform.deliveries).toMatchObject([
			{ path: CALLBACK_PATH, body: CALLBACK, isValid: true },
		]);
		// The platform knows a repeat by its key and its bytes: the fields keep their order.
		const [last] = around.platform.deliveries;
		expect(JSON.stringify(last!.body)).toBe(JSON.stringify(first!.body));
		expect(last!.headers.get('x-idempotency-key')).toBe(first!.headers.get('x-idempotency-key'));
		expect(await stateOfWork()).toEqual([{ state: 'completed' }]);
		expect(await deliveries().rows('deliveries', 'state, payload')).toEqual([
			{ state: 'delivered', payload: null },
		]);
		expect((await steps()).slice(-2)).toEqual([
			'lead-score: platform, callback, ok',
			'lead-score: we, complete, ok',
		]);
		expect(await alerts()).toEqual([]);

		await deliveries().wait(86_400);
		expect(await takeAfterWait([{ deliverNow: true }], 'callback')).toEqual([]);
	});

	it('that no retry brings home is a dead letter with one alert, and its replay brings it home', async () => {
		let rows = await parkCallback();
		const tries: unknown[] = [];
		for (;;) {
			const taken = await takeAfterWait(rows, 'callback');
			if (!taken) break;
			tries.push(taken.map(({ isLastTry }) => isLastTry));
			rows = await deliver(taken);
		}
		expect(tries).toEqual([[false], [false], [true]]);
		expect(rows).toMatchObject([{ state: 'dead', attempts: 4 }]);
		const alert = { alert_key: 'dead-letters:lead-score', severity: 'critical', times: 1 };
		expect(await alerts()).toEqual([alert]);

		const letters = async (operation: string) =>
			await postgres(
				await around.runAll(signedWebhook('deadLetter', operation), [{ which: 'all' }]),
				operation,
			);
		expect(await letters('list')).toMatchObject([
			{ about: CALLBACK_PATH, reason: 'The platform: unavailable', replays: 0 },
		]);
		expect(await letters('replay')).toMatchObject([{ state: 'waiting' }]);
		expect(await letters('replay')).toEqual([]);

		around.forget();
		const taken = await takeAfterWait([{ deliverNow: true }], 'callback');
		expect(await deliver(taken!)).toMatchObject([{ state: 'delivered' }]);
		expect(around.platform.deliveries).toHaveLength(1);
		expect(await stateOfWork()).toEqual([{ state: 'completed' }]);
		expect(await letters('list')).toEqual([]);
		expect(await alerts()).toEqual([alert]);
	});

	it('that the platform refuses is a dead letter at once, and nothing is planned', async () => {
		await database.run(claim({ flow: 'lead-score' }));
		await database.run(record({ result: { callback: CALLBACK } }));
		around.platform.answer(() => new Response(null, { status: 422 }));
		const failed = await around.failOne(reportSyncStatus, [
			{ callback: CALLBACK, eventKey: 'key-1' },
		]);
		const parked = await postgres([failed], 'failed');
		expect(parked).toMatchObject([{ state: 'dead' }]);
		expect(await takeAfterWait(parked, 'callback')).toBeUndefined();
		expect(await alerts()).toMatchObject([{ times: 1 }]);
	});

	it('that a killed execution left behind is swept up, once it is overdue', async () => {
		await parkCallback();
		around.platform.answer(WELL);
		const sweep = [{ timestamp: '2026-11-23T10:00:00Z' }];
		await deliveries().wait(100);
		expect(await takeAfterWait(sweep, 'callback')).toEqual([]);
		// A minute until it is due, and two of grace.
		await deliveries().wait(81);
		expect(await deliver((await takeAfterWait(sweep, 'callback'))!)).toMatchObject([
			{ state: 'delivered' },
		]);
	});
});

describe('companies', () => {
	/** Look Up, Roll Up, and Keep or Park, as `metrics-rollup` wires them. */
	async function rollUp(items: IDataObject[]) {
		const asked = await around.runOne(metricsRollup('rollup', 'lookUp'), items);
		const [rolledUp, failed] = await around.runBoth(
			metricsRollup('company', 'rollUp'),
			await postgres([asked], 'lookUp'),
		);
		const kept =
			rolledUp.length > 0 ? await around.runAll(metricsRollup('rollup', 'keep'), rolledUp) : [];
		return {
			rolledUp,
			kept: await postgres(kept, 'keep'),
			parked: await postgres(failed, 'failed'),
		};
	}

	const COMPANIES = ['c-1', 'c-2'].map((companyId) => ({
		companyId,
		correlationId: `corr-${companyId}`,
	}));
	const rollups = async () => await deliveries().rows('rollups', 'company_id, correlation_id');

	it('one of which fails are rolled up, and that one when the platform is back', async () => {
		around.platform.answer(async (delivery, number) =>
			[delivery.query.get('company_id'), delivery.body.company_id].includes('c-2')
				? await DOWN(delivery, number)
				: await WELL(delivery, number),
		);
		const first = await rollUp(COMPANIES);
		expect(first.kept).toEqual([{ kept: 1 }]);
		expect(first.parked).toMatchObject([
			{ deliveryKey: 'rollup:c-2', state: 'waiting', attempts: 1, isNew: true },
		]);
		expect(await rollups()).toEqual([{ company_id: 'c-1', correlation_id: 'corr-c-1' }]);

		const second = await rollUp((await takeAfterWait(first.parked, 'rollup'))!);
		expect(second.kept).toEqual([]);
		expect(second.parked).toMatchObject([
			{ deliveryKey: 'rollup:c-2', state: 'waiting', attempts: 2 },
		]);

		around.forget();
		const third = await rollUp((await takeAfterWait(second.parked, 'rollup'))!);
		expect(third).toMatchObject({ kept: [{ kept: 1 }], parked: [] });
		expect(around.sentTo(UPSERT_PATH)).toMatchObject([{ body: { company_id: 'c-2' } }]);
		expect(await rollups()).toEqual([
			{ company_id: 'c-1', correlation_id: 'corr-c-1' },
			{ company_id: 'c-2', correlation_id: 'corr-c-2' },
		]);
		expect(await deliveries().rows('deliveries', 'state')).toEqual([{ state: 'delivered' }]);
		expect((await steps()).filter((step) => step.includes('we, '))).toEqual([
			'metrics-rollup: we, complete, ok',
			'metrics-rollup: we, rollUp, failed',
			'metrics-rollup: we, rollUp, failed',
			'metrics-rollup: we, complete, ok',
		]);
		expect(await alerts()).toEqual([]);
	});

	it('are compared with what was kept the last time', async () => {
		const [first] = (await rollUp(COMPANIES.slice(0, 1))).rolledUp;
		expect(first!.deltas).toBeNull();
		await database.pool.query(
			`UPDATE property_platform.rollups SET taken_at = taken_at - interval '6 hours'`,
		);
		const [next] = (await rollUp(COMPANIES.slice(0, 1))).rolledUp;
		expect(next!.deltas).toMatchObject({
			sinceHours: 6,
			leads_total: { before: 1234, now: 1234, change: 0 },
		});
		expect(await rollups()).toHaveLength(2);
	});

	it('that fail for good are dead letters of one alert, and the next rollup brings them home', async () => {
		around.platform.answer(() => new Response(null, { status: 404 }));
		expect((await rollUp(COMPANIES)).parked).toMatchObject([{ state: 'dead' }, { state: 'dead' }]);
		expect(await alerts()).toMatchObject([{ alert_key: 'dead-letters:metrics-rollup' }]);

		around.forget();
		expect((await rollUp(COMPANIES)).kept).toEqual([{ kept: 2 }]);
		expect(await deliveries().rows('deliveries', 'state')).toEqual([
			{ state: 'delivered' },
			{ state: 'delivered' },
		]);
	});
});
