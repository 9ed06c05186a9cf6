import { checkContract } from '../../../nodes/shared/contracts/check';
import { metricsSnapshot } from '../../../nodes/shared/contracts/metrics';
import { signPlatformRequest } from '../../../nodes/shared/signing/platform';
import { createClock } from '../../../sandbox/clock.cts';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import { type Platform, startPlatform } from '../../../sandbox/platform/platform.cts';
import { callBack, SECRET } from './callBack.cts';
import { type Receiver, startReceiver } from './receiver.cts';
import { until } from './until.cts';

/** 1, 5 and 15 minutes take 60, 300 and 900 ms; n8n may be silent for 600 ms. */
const SPEED = 1_000;

let database: Database;
let n8n: Receiver;
let platform: Platform;

beforeAll(async () => {
	database = await startDatabase();
	n8n = await startReceiver(SECRET);
	platform = await startPlatform({
		database,
		clock: createClock({ speed: SPEED }),
		signingSecret: SECRET,
		n8nUrl: `${n8n.url}/webhook`,
	});
	await database.pool.query(`INSERT INTO company (id, name) VALUES ('c-1', 'C')`);
}, 30_000);

afterAll(async () => {
	await platform.close();
	await n8n.close();
	await database.close();
});

afterEach(async () => {
	platform.comeBack();
	platform.resume();
	platform.misbehave(undefined);
	platform.skewClock(0);
	n8n.forget();
	await database.pool.query('TRUNCATE outbox_message, callback_received, metrics_rollup');
});

const METRICS = {
	company_id: 'c-1',
	properties_total: 245,
	leads_total: 1234,
	webhook_success_rate_24h: 98.5,
	narratives_stale_count: 12,
	last_updated: '2024-01-15T12:00:00Z',
};

async function snapshot(ageSeconds = 0) {
	return await fetch(`${platform.url}/internal/metrics/snapshot?company_id=c-1`, {
		headers: { ...signPlatformRequest(SECRET, '', Date.now() / 1000 - ageSeconds) },
	});
}

const wait = async (milliseconds: number) =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('an outage', () => {
	it('stops answers and deliveries, and afterwards everything is delivered once', async () => {
		platform.outage();
		expect((await snapshot()).status).toBe(503);
		expect(platform.isDown).toBe(true);
		const { correlationId } = await platform.enqueue('lead.created', { lead_id: 'l-1' });
		await wait(400);
		expect(n8n.deliveries).toEqual([]);

		platform.comeBack();
		const [delivery] = await until(() => n8n.deliveries.length > 0 && n8n.deliveries);
		expect(delivery!.headers.get('x-correlation-id')).toBe(correlationId);
		expect((await snapshot()).status).toBe(200);
	});

	it('sends nothing again that n8n was silent about meanwhile', async () => {
		await platform.enqueue('property.enrich', { property_id: 'p-1', company_id: 'c-1' });
		await until(() => n8n.deliveries.length === 1);
		platform.outage();
		await wait(1_500);
		expect(n8n.deliveries).toHaveLength(1);
		platform.comeBack();
		await until(() => n8n.deliveries.length === 2);
	});

	it('leaves a paused outbox paused', async () => {
		platform.pause();
		platform.outage();
		platform.comeBack();
		expect(platform).toMatchObject({ isDown: false, isPaused: true });
	});
});

describe('a platform that is merely down', () => {
	it('answers nothing, and still delivers', async () => {
		platform.goDown();
		expect((await snapshot()).status).toBe(503);
		await platform.enqueue('lead.created', { lead_id: 'l-2' });
		await until(() => n8n.deliveries.length === 1);
	});
});

describe('a platform that misbehaves', () => {
	it.each([
		['negative', 'leads_total'],
		['text', 'leads_total'],
		['rate-above-100', 'webhook_success_rate_24h'],
		['missing', 'properties_total'],
	] as const)('answers with figures that break the contract: %s', async (how, field) => {
		platform.misbehave(how);
		const response = await snapshot();
		expect(response.status).toBe(200);
		const checked = checkContract(metricsSnapshot, await response.json());
		expect(checked).toMatchObject({ ok: false, problems: [{ field }] });
		const answer = await callBack(platform.url, 'metrics-upsert', METRICS);
		expect(answer).toEqual({ status: 200, body: { status: 'ok' } });
	});

	it('answers 200 with an error, and does not do what it is asked', async () => {
		platform.misbehave('error-body');
		expect((await snapshot()).status).toBe(200);
		const send = async () =>
			await callBack(platform.url, 'metrics-upsert', METRICS, {
				headers: { 'X-Idempotency-Key': 'rollup-1' },
			});
		expect(await send()).toMatchObject({ status: 200, body: { status: 'error' } });
		platform.misbehave(undefined);
		expect(await send()).toEqual({ status: 200, body: { status: 'ok' } });
	});

	it('answers 200 with a web page', async () => {
		platform.misbehave('html');
		const response = await snapshot();
		expect(response.status).toBe(200);
		expect(response.headers.get('content-type')).toMatch('text/html');
		expect(await response.text()).toMatch(/^<!doctype html>/);
	});

	it('still refuses a wrong signature', async () => {
		platform.misbehave('error-body');
		const options = { secret: 'whsec-other' };
		expect((await callBack(platform.url, 'metrics-upsert', METRICS, options)).status).toBe(401);
	});
});

describe('a clock that goes wrong', () => {
	it.each([
		[400, 0, 401],
		[-400, 0, 401],
		[400, -400, 200],
		[200, 0, 200],
	])('by %d s judges a signature %d s old by that: %d', async (skew, age, status) => {
		platform.skewClock(skew);
		const response = await snapshot(age);
		expect(response.status).toBe(status);
		const shown = Date.parse(response.headers.get('date')!);
		expect(Math.abs(shown - (Date.now() + skew * 1000))).toBeLessThan(5_000);
	});
});
