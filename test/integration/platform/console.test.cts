import http from 'node:http';

import { createClock } from '../../../sandbox/clock.cts';
import { startConsole } from '../../../sandbox/console/console.cts';
import { type Listening } from '../../../sandbox/listen.cts';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import { type Platform, startPlatform } from '../../../sandbox/platform/platform.cts';
import { DEMO_LISTINGS, seedDemo } from '../../../sandbox/platform/seed.cts';
import { type OpenAiStandIn, startOpenAi } from '../../../sandbox/vendors/openAi.cts';
import { startRentCast } from '../../../sandbox/vendors/rentCast.cts';
import type { StandIn } from '../../../sandbox/vendors/standIn.cts';
import { SECRET } from './callBack.cts';
import { type Receiver, startReceiver } from './receiver.cts';
import { until } from './until.cts';

let database: Database;
let n8n: Receiver;
let platform: Platform;
let operator: Listening;
let vendors: { rentCast: StandIn; model: OpenAiStandIn };

const FACTS = [{ id: 'beds', label: 'Bedrooms', text: '2 bedrooms' }];

async function askModel(): Promise<{ content: string | null; refusal: string | null }> {
	const response = await fetch(`${vendors.model.url}/v1/chat/completions`, {
		method: 'POST',
		headers: { Authorization: 'Bearer key', 'Content-Type': 'application/json' },
		body: JSON.stringify({
			model: 'gpt-4o-mini',
			messages: [{ role: 'user', content: JSON.stringify({ facts: FACTS }) }],
		}),
	});
	const body = (await response.json()) as {
		choices: { message: { content: string | null; refusal: string | null } }[];
	};
	return body.choices[0]!.message;
}

beforeAll(async () => {
	database = await startDatabase();
	await seedDemo(database.pool);
	n8n = await startReceiver(SECRET);
	platform = await startPlatform({
		database,
		clock: createClock({ speed: 600 }),
		signingSecret: SECRET,
		n8nUrl: n8n.url,
	});
	vendors = { rentCast: await startRentCast(), model: await startOpenAi() };
	operator = await startConsole({ platform, vendors });
}, 30_000);

afterAll(async () => {
	await operator.close();
	await vendors.rentCast.close();
	await vendors.model.close();
	await platform.close();
	await n8n.close();
	await database.close();
});

async function get(path: string) {
	const response = await fetch(`${operator.url}${path}`);
	return (await response.json()) as Record<string, Record<string, unknown>[]>;
}

async function post(path: string, body: unknown, contentType = 'application/json') {
	const response = await fetch(`${operator.url}/console/api/${path}`, {
		method: 'POST',
		headers: { 'Content-Type': contentType },
		body: JSON.stringify(body),
	});
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const TAGUIG = DEMO_LISTINGS[0]!.payload;

describe('the console', () => {
	it('serves a page whose parts all come from the console itself', async () => {
		const response = await fetch(`${operator.url}/`);
		const page = await response.text();
		expect(response.url).toBe(`${operator.url}/console`);
		expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
		const parts = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
		expect(parts).toEqual(['/console/page.css', '/console/page.js']);
		for (const part of [...parts, '/console/rows.js', '/console/element.js']) {
			expect((await fetch(`${operator.url}${part}`)).status).toBe(200);
		}
	});

	it("offers three samples that keep to the contract, the guide's own among them", async () => {
		const samples = await get('/console/api/samples');
		expect(samples).toHaveLength(3);
		expect(JSON.stringify(samples)).toContain('123 Main St');
		for (const { payload } of DEMO_LISTINGS) {
			expect((await post('enrich', payload)).status).toBe(202);
		}
	});

	it('puts an edited listing into the database and the event to n8n', async () => {
		const listing = { ...TAGUIG, property_id: 'new-1', company_id: 'new-company', beds: 4 };
		const answer = await post('enrich', listing);
		expect(answer).toMatchObject({ status: 202, body: { id: expect.any(Number) } });
		await until(() => n8n.deliveries.some(({ body }) => body.property_id === 'new-1'));
		const state = await get('/console/api/state');
		expect(state.properties).toContainEqual(expect.objectContaining({ id: 'new-1', beds: 4 }));
		expect(state.outbox![0]).toMatchObject({ id: answer.body.id, payload: { beds: 4 } });
	});

	it('names the fields of a listing that breaks the contract', async () => {
		const { city: _, ...rest } = TAGUIG;
		expect(await post('enrich', { ...rest, beds: 'three' })).toEqual({
			status: 400,
			body: {
				error: 'contract',
				problems: expect.arrayContaining([
					expect.objectContaining({ field: 'city' }),
					expect.objectContaining({ field: 'beds' }),
				]),
			},
		});
	});

	it('shows every section and never a secret', async () => {
		const state = await get('/console/api/state');
		expect(Object.keys(state).sort()).toEqual([
			'callbacks',
			'counts',
			'events',
			'mails',
			'outbox',
			'platform',
			'properties',
			'vendors',
		]);
		const shown = JSON.stringify(state);
		expect(shown).not.toContain(SECRET);
		expect(shown).not.toContain(database.url);
	});

	it('takes the platform down and up, and pauses the outbox', async () => {
		await post('platform', { down: true, paused: true });
		expect((await fetch(`${platform.url}/internal/metrics/snapshot`)).status).toBe(503);
		expect(platform.isPaused).toBe(true);
		expect((await post('platform', { down: false, paused: false })).body).toEqual({
			isDown: false,
			isPaused: false,
		});
	});

	it('delivers the last event twice', async () => {
		const { body } = await post('enrich', { ...TAGUIG, property_id: 'twice' });
		const seen = () => n8n.deliveries.filter(({ body }) => body.property_id === 'twice');
		await until(() => seen().length === 1);
		expect(await post('redeliver', {})).toEqual({ status: 200, body: { id: body.id } });
		await until(() => seen().length === 2);
		const [first, second] = seen().map(({ headers }) => headers.get('x-correlation-id'));
		expect(second).toBe(first);
		expect((await post('redeliver', { id: 999_999 })).status).toBe(404);
	});

	it('makes the next two requests to a vendor fail, and only those', async () => {
		await post('vendors/rentCast/status', { status: 418, times: 2 });
		const failed: boolean[] = [];
		for (let n = 0; n < 3; n++) {
			failed.push((await fetch(`${vendors.rentCast.url}/v1/properties`)).status === 418);
		}
		expect(failed).toEqual([true, true, false]);
	});

	it('makes the model lie, refuse and be honest again', async () => {
		const honest = await askModel();
		expect(honest).toMatchObject({ content: expect.stringContaining('2'), refusal: null });
		await post('vendors/model/lies', {});
		const lie = await askModel();
		expect(lie.refusal).toBeNull();
		expect(lie.content).not.toBe(honest.content);
		await post('vendors/model/refuses', {});
		expect(await askModel()).toMatchObject({ content: null, refusal: expect.any(String) });
		await post('vendors/model/normal', {});
		expect(await askModel()).toMatchObject(honest);
	});

	it('brings a slow vendor back to normal', async () => {
		await post('vendors/rentCast/slow', {});
		expect(vendors.rentCast.delayMs).toBeGreaterThan(0);
		await post('vendors/rentCast/normal', {});
		expect(vendors.rentCast.delayMs).toBe(0);
	});

	it.each([
		['vendors/nobody/status', 404],
		['vendors/rentCast/explode', 404],
		['vendors/rentCast/lies', 404],
		['vendors/constructor/normal', 404],
	])('refuses %s with %i', async (path, status) => {
		expect((await post(path, {})).status).toBe(status);
	});

	it('refuses a count or a status that makes no sense', async () => {
		expect((await post('vendors/rentCast/status', { times: 1e9 })).status).toBe(400);
		expect((await post('vendors/rentCast/status', { status: 200 })).status).toBe(400);
	});

	it('refuses what another web page in the same browser could send', async () => {
		expect((await post('redeliver', {}, 'text/plain')).status).toBe(415);
		expect(await statusWith({ Host: 'rebound.example' })).toBe(403);
		expect(await statusWith({ Origin: 'http://evil.example' })).toBe(403);
		expect(await statusWith({ Origin: operator.url })).toBe(200);
	});
});

/** `fetch` does not let a script choose these headers. */
async function statusWith(headers: Record<string, string>): Promise<number> {
	return await new Promise((resolve, reject) => {
		http
			.get(`${operator.url}/console/api/state`, { headers }, (response) => {
				response.resume();
				resolve(response.statusCode!);
			})
			.on('error', reject);
	});
}
