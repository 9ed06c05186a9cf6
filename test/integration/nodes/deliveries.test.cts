/** Work that was taken to be tried again: callbacks sent once more, events handed back, and settled. */
import type { IDataObject } from 'n8n-workflow';

import { settleDeliveries } from '../../../nodes/shared/delivery/settleDeliveries';
import { BODY, PATH, taken } from './deliveryRows.cts';
import {
	DOWN,
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
beforeEach(() => around.forget());
afterAll(async () => await around.close());

describe('a callback that is delivered again', () => {
	const deliver = signedWebhook('delivery', 'deliver');

	it('has the bytes, the key and the correlation id of the first time, and settles', async () => {
		const json = await around.runOne(deliver, [taken()]);
		const [{ headers, ...delivery }] = around.platform.deliveries as [
			(typeof around.platform.deliveries)[number],
		];
		expect(delivery).toMatchObject({ path: PATH, body: BODY, isValid: true });
		expect(headers.get('x-idempotency-key')).toBe('lead-sync-status:l-1:1');
		expect(headers.get('x-correlation-id')).toBe('corr-1');
		expect(json).toMatchObject({
			deliveryKey: 'lead-sync-status:l-1:1',
			outcome: 'delivered',
			status: 200,
			duplicate: false,
		});
		expect(statementIn(json, 'settle').query).toBe(settleDeliveries([], []).query);
		expect(jsonValue(json, 'settle')).toEqual([
			{ deliveryKey: 'lead-sync-status:l-1:1', leaseToken: 'lease-1', outcome: 'delivered' },
		]);
		expect(jsonValue(json, 'settle', 1)).toMatchObject([
			{
				flow: 'lead-score',
				correlationId: 'corr-1',
				step: 'callback',
				vendor: 'platform',
				outcome: 'ok',
			},
		]);
		expect(json).not.toHaveProperty('payload');
	});

	it('is signed anew each time', async () => {
		await around.runOne(deliver, [taken()]);
		// A signature holds for whole seconds.
		await new Promise((resolve) => setTimeout(resolve, 1100));
		await around.runOne(deliver, [taken()]);
		const sent = (name: string) =>
			around.platform.deliveries.map(({ headers }) => headers.get(name));
		expect(new Set(sent('x-timestamp')).size).toBe(2);
		expect(new Set(sent('x-signature')).size).toBe(2);
		expect(new Set(sent('x-idempotency-key')).size).toBe(1);
	});

	it('and was there already has arrived', async () => {
		around.platform.answer(() => Response.json({ status: 'duplicate' }));
		expect(await around.runOne(deliver, [taken()])).toMatchObject({
			outcome: 'delivered',
			duplicate: true,
		});
	});

	it.each([
		['is down', DOWN, 'The platform: unavailable', true],
		[
			'answers 200 with an error',
			() => Response.json({ status: 'error', error: 'database is locked' }),
			'The platform: unreadable',
			true,
		],
		[
			'answers 200 with a web page',
			() => new Response('<html>Maintenance</html>'),
			'The platform: unreadable',
			true,
		],
		[
			'does not accept it',
			() => new Response(null, { status: 422 }),
			'The platform: rejected',
			false,
		],
		[
			'refuses the signature',
			() => new Response(null, { status: 401 }),
			'The platform: credential-refused',
			false,
		],
	])(
		'while the platform %s has failed, which is no error',
		async (_what, answer, reason, isPassing) => {
			around.platform.answer(answer);
			const [settled, failed] = await around.runBoth(deliver, [
				taken(),
				taken({ isLastTry: true }),
			]);
			expect(failed).toEqual([]);
			expect(settled).toMatchObject([
				{ outcome: 'failed', reason, isPassing },
				{ outcome: 'failed', reason, isPassing },
			]);
			expect(settled.map((json) => jsonValue(json, 'settle'))).toMatchObject([
				[{ leaseToken: 'lease-1', outcome: 'failed', reason, isPassing, isLastTry: false }],
				[{ leaseToken: 'lease-1', outcome: 'failed', reason, isPassing, isLastTry: true }],
			]);
		},
	);

	it.each([
		'/internal/metrics/snapshot',
		'/internal/n8n/../admin',
		'/internal/n8n/metrics-upsert?company_id=c-1',
		'https://example.com/internal/n8n/x',
		'',
	])('to "%s" is never signed, and given up', async (path) => {
		await expectGivenUp({ path, body: '{}' });
	});

	it.each(['', 'lead_id=l-1', '[1]', 'null'])('with the body %j is given up', async (body) => {
		await expectGivenUp({ path: PATH, body });
	});

	/** It stops no other, which another execution would find before it again and again. */
	async function expectGivenUp(payload: object): Promise<void> {
		const settled = await around.runAll(deliver, [taken({ payload }), taken()]);
		expect(settled).toMatchObject([{ outcome: 'failed' }, { outcome: 'delivered' }]);
		expect(jsonValue(settled[0]!, 'settle')).toMatchObject([
			{ outcome: 'failed', reason: 'it is no callback that can be sent', isPassing: false },
		]);
		expect(around.platform.deliveries).toMatchObject([{ path: PATH, body: BODY }]);
	}

	it.each([
		['without a lease', taken({ leaseToken: '' })],
		['of no kind', taken({ kind: 'letter' as never })],
		['that is none', {}],
	])('%s is refused', async (_what, item) => {
		const failed = await around.failOne(deliver, [item]);
		expect(failed.error).toBe('The delivery does not keep to its contract');
	});
});

describe('an event that is handed back', () => {
	const GIVEN = {
		event: { lead_id: 'l-1' },
		correlationId: 'corr-1',
		signedWith: 'current secret',
	};
	const unpack = signedWebhook('delivery', 'unpack');
	const settle = signedWebhook('delivery', 'settle');

	const lost = (item: IDataObject = GIVEN) =>
		taken({
			deliveryKey: 'execution:w-1:3',
			kind: 'event',
			eventKey: null,
			attempts: 0,
			payload: { workflow: 'w-1', items: [item] },
		});

	it('is the item that its workflow was given, with what brought it', async () => {
		const { payload: _, ...delivery } = lost();
		expect(await around.runOne(unpack, [lost()])).toEqual({
			...GIVEN,
			handedBack: 1,
			delivery: { ...delivery, workflow: 'w-1' },
		});
	});

	it('counts how often it was handed back', async () => {
		const json = await around.runOne(unpack, [lost({ ...GIVEN, handedBack: 2 })]);
		expect(json.handedBack).toBe(3);
	});

	it.each([
		['without a workflow', { workflow: '', items: [GIVEN] }],
		['without an item', { workflow: 'w-1', items: [] }],
		['of two items', { workflow: 'w-1', items: [GIVEN, GIVEN] }],
	])('%s is refused', async (_what, payload) => {
		const failed = await around.failOne(unpack, [{ ...lost(), payload }]);
		expect(failed.error).toBe('The parked event does not keep to its contract');
	});

	it('has arrived where its workflow took it', async () => {
		const { outputs } = await around.run([unpack, settle], [lost()]);
		const { json } = outputs[0]![0]!;
		expect(json).toMatchObject({
			deliveryKey: 'execution:w-1:3',
			kind: 'event',
			flow: 'lead-score',
			outcome: 'delivered',
		});
		expect(jsonValue(json, 'settle')).toEqual([
			{ deliveryKey: 'execution:w-1:3', leaseToken: 'lease-1', outcome: 'delivered' },
		]);
		expect(jsonValue(json, 'settle', 1)).toEqual([
			{ correlationId: 'corr-1', flow: 'lead-score', step: 'hand back', outcome: 'ok', attempt: 1 },
		]);
	});

	it('has failed where its workflow does not exist any more', async () => {
		const unpacked = await around.runOne(unpack, [lost()]);
		const json = await around.runOne(settle, [{ ...unpacked, error: 'Workflow does not exist.' }]);
		expect(json.outcome).toBe('failed');
		expect(jsonValue(json, 'settle')).toEqual([
			{
				deliveryKey: 'execution:w-1:3',
				leaseToken: 'lease-1',
				outcome: 'failed',
				reason: 'n8n could not hand it on',
				isPassing: true,
				isLastTry: false,
			},
		]);
		expect(jsonValue(json, 'settle', 1)).toMatchObject([{ outcome: 'failed', attempt: 1 }]);
	});
});
