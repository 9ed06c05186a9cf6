/** The callback on its way to the platform: repeated where that helps, under one key. */
import { createHmac } from 'node:crypto';

import {
	claimed,
	MANILA,
	propertyIq,
	SIGNING_SECRET,
	startSurroundings,
	type Surroundings,
	withErrorOutput,
} from './surroundings.cts';

let around: Surroundings;
beforeAll(async () => {
	around = await startSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

const CALLBACK = {
	property_id: 'p-1',
	estimate: null,
	neighborhood_avg: null,
	narrative: 'Piñon, ₱5,000,000 🏡',
	source: 'insufficient_data',
	last_updated: '2026-11-22T10:00:00Z',
};

describe('a callback that fails at first', () => {
	it('is repeated with the same key and bytes, each attempt signed anew', async () => {
		// A second between the attempts, so that a signature made once would show.
		around.platform.answer((_delivery, number) =>
			number < 3
				? new Response(null, { status: 503, headers: { 'retry-after': '1' } })
				: Response.json({ status: 'accepted' }),
		);
		const [json] = await around.runStep(propertyIq('report'), [
			{ callback: CALLBACK, correlationId: 'corr-1', eventKey: 'key-1' },
		]);
		expect(json?.reported).toEqual({ status: 200, duplicate: false });

		const { deliveries } = around.platform;
		expect(deliveries).toHaveLength(3);
		expect(new Set(deliveries.map(({ headers }) => headers.get('x-idempotency-key'))).size).toBe(1);
		expect(new Set(deliveries.map(({ headers }) => headers.get('x-timestamp'))).size).toBe(3);
		expect(new Set(deliveries.map(({ headers }) => headers.get('x-signature'))).size).toBe(3);
		for (const { headers, isValid } of deliveries) {
			const hmac = createHmac('sha256', SIGNING_SECRET)
				.update(`${headers.get('x-timestamp')}.${JSON.stringify(CALLBACK)}`)
				.digest('hex');
			expect(headers.get('x-signature')).toBe(`sha256=${hmac}`);
			expect(isValid).toBe(true);
			expect(headers.get('x-correlation-id')).toBe('corr-1');
		}
		const { values } = (json?.stateStore as { complete: { values: string[] } }).complete;
		expect(JSON.parse(values[1]!)).toMatchObject([
			{ attempt: 1, status: 503, outcome: 'failed' },
			{ attempt: 2, status: 503, outcome: 'failed' },
			{ attempt: 3, status: 200, outcome: 'ok' },
		]);
	});

	it.each([
		[401, 'The platform refused the credential (401)', 1],
		[404, 'The platform knows nothing under that address', 1],
		[422, 'The platform did not accept the request (422)', 1],
		[500, 'The platform is not available at the moment (500)', 3],
	])('with %i ends as "%s" after %i attempt(s)', async (status, message, attempts) => {
		around.platform.answer(() => new Response(null, { status }));
		const { error } = await around.run([propertyIq('report')], [{ callback: CALLBACK }]);
		expect(error).toMatchObject({ message, httpCode: String(status), context: { itemIndex: 0 } });
		expect(around.platform.deliveries).toHaveLength(attempts);
	});

	it('for good gives the claim back, so that the outbox can send the listing again', async () => {
		around.platform.answer(() => new Response(null, { status: 500 }));
		const { outputs } = await around.run([withErrorOutput('enrich')], [claimed(MANILA)]);
		expect(outputs[1]?.[0]?.json).toMatchObject({
			error: 'The platform is not available at the moment (500)',
			details: {
				passing: true,
				stateStore: { failed: { query: expect.stringContaining("state = 'released'") } },
			},
		});
	});
});

describe('a callback from a credential without a secret', () => {
	it('is never sent unsigned', async () => {
		const { signedWebhookApi } = around.credentials;
		around.credentials.signedWebhookApi = { ...signedWebhookApi, signingSecret: '' };
		const { error } = await around.run([propertyIq('report')], [{ callback: CALLBACK }]);
		around.credentials.signedWebhookApi = signedWebhookApi;
		expect(error?.message).toContain('has no signing secret');
		expect(error?.context.itemIndex).toBe(0);
		expect(around.platform.deliveries).toEqual([]);
	});
});
