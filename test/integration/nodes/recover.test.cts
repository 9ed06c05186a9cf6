/** Crashed executions of n8n, found and parked to be handed back. */
import { parkWork } from '../../../nodes/shared/delivery/parkWork';
import { type Crashed, crashed, LEAD } from '../../unit/SignedWebhook/recovery/crashed.cts';
import {
	jsonValue,
	type MetricsSurroundings,
	signedWebhook,
	startMetricsSurroundings,
	statementIn,
} from './metricsSurroundings.cts';

let around: MetricsSurroundings;
beforeAll(async () => {
	around = await startMetricsSurroundings();
});
afterAll(async () => await around.close());

const HOUR_MS = 3_600_000;

const recover = (parameters = {}) => signedWebhook('execution', 'recover', parameters);

/** One that crashed so many hours ago. */
const crashedAgo = (hours: number, changed: Partial<Crashed> = {}): Crashed => ({
	...crashed(),
	startedAt: new Date(Date.now() - hours * HOUR_MS).toISOString(),
	...changed,
});

describe('crashed executions, an item each', () => {
	it('are parked together with what they had been given, due at once', async () => {
		const json = await around.runOne(recover(), [
			crashedAgo(1) as never,
			crashedAgo(2, { id: '4' }) as never,
		]);
		const { correlationId } = LEAD;
		const flow = 'lead-score';
		expect(json.found).toEqual([
			{ deliveryKey: 'execution:lead-scoring:3', flow, correlationId },
			{ deliveryKey: 'execution:lead-scoring:4', flow, correlationId },
		]);
		expect(json.skipped).toEqual([]);
		expect(statementIn(json, 'park').query).toBe(parkWork([], []).query);
		expect(jsonValue(json, 'park')).toMatchObject([
			{
				kind: 'event',
				payload: { workflow: 'lead-scoring', items: [LEAD] },
				isPassing: true,
				isUntried: true,
			},
			{ deliveryKey: 'execution:lead-scoring:4' },
		]);
	});

	it('that are not ours to hand back are left alone, each with the reason', async () => {
		const json = await around.runOne(recover(), [
			crashedAgo(1) as never,
			crashedAgo(1, { id: '5', mode: 'manual' }) as never,
			crashedAgo(1, { id: '6', status: 'success' }) as never,
			{ id: '7' },
		]);
		expect(json.found).toHaveLength(1);
		expect(json.skipped).toEqual([
			{ execution: '5', reason: 'it was started as manual' },
			{ execution: '6', reason: 'it has not crashed, it is success' },
			{ execution: '7', reason: 'it is no execution with its workflow' },
		]);
	});

	it('are looked for over a week, unless a person says otherwise', async () => {
		const items = [crashedAgo(167) as never, crashedAgo(169, { id: '4' }) as never];
		expect(await around.runOne(recover(), items)).toMatchObject({
			found: [{ deliveryKey: 'execution:lead-scoring:3' }],
			skipped: [{ execution: '4', reason: 'it crashed too long ago' }],
		});
		expect(await around.runAll(recover({ withinHours: 24 }), items)).toEqual([]);
	});

	it.each([
		['none is to be handed back', [crashedAgo(1, { mode: 'manual' })]],
		['n8n answers something else', [{ data: [], nextCursor: null }, { error: 'unauthorized' }]],
	])('make no item where %s', async (_what, items) => {
		expect(await around.runAll(recover(), items as never)).toEqual([]);
	});

	it('that were handed back three times already are for a person to look at', async () => {
		const again = crashedAgo(1);
		const [entry] = again.data.executionData.nodeExecutionStack as [
			{ data: { main: [[{ json: object }]] } },
		];
		entry.data.main[0][0].json = { ...LEAD, handedBack: 3 };
		const json = await around.runOne(recover(), [again as never]);
		expect(jsonValue(json, 'park')).toMatchObject([{ isPassing: false }]);
	});
});
