import http from 'node:http';

import { createClock } from '../../../sandbox/clock.cts';
import { startConsole } from '../../../sandbox/console/console.cts';
import { type Listening } from '../../../sandbox/listen.cts';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import { DEMO_LEADS } from '../../../sandbox/platform/demoLeads.cts';
import { type Platform, startPlatform } from '../../../sandbox/platform/platform.cts';
import { DEMO_LISTINGS, seedDemo } from '../../../sandbox/platform/seed.cts';
import type { CrmStandIn } from '../../../sandbox/vendors/crmView.cts';
import { type OpenAiStandIn, startOpenAi } from '../../../sandbox/vendors/openAi.cts';
import { type MetaStandIn, startMeta } from '../../../sandbox/vendors/meta.cts';
import { type ResendStandIn, startResend } from '../../../sandbox/vendors/resend.cts';
import { startRentCast } from '../../../sandbox/vendors/rentCast.cts';
import type { StandIn } from '../../../sandbox/vendors/standIn.cts';
import { callBack, SECRET } from './callBack.cts';
import { startFakeCrm } from './fakeCrm.cts';
import { type Receiver, startReceiver } from './receiver.cts';
import { until } from './until.cts';

let database: Database;
let n8n: Receiver;
let platform: Platform;
let operator: Listening;
let vendors: {
	rentCast: StandIn;
	model: OpenAiStandIn;
	resend: ResendStandIn;
	meta: MetaStandIn;
};
let crms: { acme: CrmStandIn; zenith: CrmStandIn };

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
	vendors = {
		rentCast: await startRentCast(),
		model: await startOpenAi(),
		resend: await startResend(),
		meta: await startMeta(),
	};
	crms = { acme: await startFakeCrm('Acme CRM'), zenith: await startFakeCrm('Zenith') };
	operator = await startConsole({
		platform,
		vendors,
		crms,
		mailbox: vendors.resend,
		meta: vendors.meta,
	});
}, 30_000);

afterAll(async () => {
	await operator.close();
	await vendors.rentCast.close();
	await vendors.model.close();
	await vendors.resend.close();
	await vendors.meta.close();
	await crms.acme.close();
	await crms.zenith.close();
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

async function addPerson(person: object) {
	return await fetch(`${crms.acme.url}/people`, {
		method: 'POST',
		body: JSON.stringify(person),
		signal: AbortSignal.timeout(300),
	});
}

async function shownCrm(key: string) {
	const { crms: shown } = await get('/console/api/state');
	return shown!.find((crm) => crm.key === key) as {
		total: number;
		records: Record<string, unknown>[];
	};
}

const TAGUIG = DEMO_LISTINGS[0]!.payload;

describe('the console', () => {
	it('serves a page whose parts all come from the console itself', async () => {
		const response = await fetch(`${operator.url}/`);
		const page = await response.text();
		expect(response.url).toBe(`${operator.url}/console`);
		expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
		const addresses = [...page.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, address]) => address!);
		expect(addresses).toEqual([
			'/console/page.css',
			'/console/lists.css',
			'/console/messages.css',
			'/console/phone.css',
			'/console/charts.css',
			'/console/page.js',
		]);
		const parts = new Set(addresses);
		for (const part of parts) {
			const answer = await fetch(`${operator.url}${part}`);
			expect([part, answer.status]).toEqual([part, 200]);
			const text = await answer.text();
			// Whatever is shown is text, never parsed as HTML.
			expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b/);
			for (const [, imported] of text.matchAll(
				/^(?:import|} from|import .* from) '\.\/(.+)';$/gm,
			)) {
				parts.add(`/console/${imported}`);
			}
		}
		expect(parts).toContain('/console/crmRows.js');
		expect(parts).toContain('/console/mailReader.js');
		expect(parts).toContain('/console/chat.js');
		expect(parts).toContain('/console/scale.js');
		expect(parts).toContain('/console/trace.js');
	});

	it("offers samples that keep to the contract, the guide's own among them", async () => {
		const { listings, leads } = await get('/console/api/samples');
		expect(listings).toHaveLength(DEMO_LISTINGS.length);
		expect(JSON.stringify(listings)).toContain('123 Main St');
		for (const { payload } of listings!) {
			expect((await post('enrich', payload)).status).toBe(202);
		}
		expect(leads).toHaveLength(DEMO_LEADS.length);
		expect(JSON.stringify(leads)).toContain('john@example.com');
		for (const { payload } of leads!) {
			expect((await post('lead', payload)).status).toBe(202);
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

	it('puts a new lead into the database and the event to n8n', async () => {
		const lead = { ...DEMO_LEADS[0]!.payload, lead_id: 'new-lead', email: 'new@example.com' };
		const answer = await post('lead', lead);
		expect(answer).toMatchObject({ status: 202, body: { id: expect.any(Number) } });
		const delivery = await until(() =>
			n8n.deliveries.find(({ body }) => body.lead_id === 'new-lead'),
		);
		expect(delivery).toMatchObject({ path: '/lead-created', body: lead, isValid: true });
		const { leads } = await get('/console/api/state');
		expect(leads).toContainEqual(
			expect.objectContaining({
				id: 'new-lead',
				email: 'new@example.com',
				phone: lead.phone,
				company: 'Bayview Homes (demo)',
				consent: true,
				crm_status: null,
			}),
		);
	});

	it('shows first what a callback said about a lead last', async () => {
		await callBack(platform.url, 'lead-sync-status', {
			lead_id: DEMO_LEADS[1]!.payload.lead_id,
			crm: 'salesforce',
			status: 'synced',
			external_id: 'salesforce_lead_00Q1',
			message: 'Lead synced successfully with score: 71/100',
		});
		expect((await get('/console/api/state')).leads![0]).toMatchObject({
			email: 'paolo.reyes@example.com',
			crm: 'salesforce',
			crm_status: 'synced',
			crm_external_id: 'salesforce_lead_00Q1',
			crm_message: 'Lead synced successfully with score: 71/100',
		});
	});

	it.each([
		['without an id', { company_id: 'c' }, 'lead_id'],
		['whose consent is a word', { lead_id: 'l', company_id: 'c', consent: 'yes' }, 'consent'],
		[
			'whose currency is a sign',
			{ lead_id: 'l', company_id: 'c', preferences: { currency: '₱' } },
			'preferences.currency',
		],
	])('names the field of a lead %s', async (_name, lead, field) => {
		expect(await post('lead', lead)).toMatchObject({
			status: 400,
			body: { error: 'contract', problems: [{ field }] },
		});
	});

	it('shows what the CRMs hold, the newest first, with notes and tasks as text', async () => {
		await addPerson({ name: 'Ana Cruz', email: 'ana@example.com', fields: { lead_score: 81 } });
		await addPerson({
			name: 'Ben Tan',
			notes: [
				{
					id: 'n1',
					title: 'Lead',
					text: '<p><strong>Score</strong></p><ul><li>R&amp;D</li></ul><script>evil()</script>',
				},
			],
			tasks: [
				{
					id: 't1',
					subject: 'Call Ben',
					text: '<p>Today</p>',
					dueAt: '2026-11-23T02:00:00Z',
					priority: 'high',
				},
			],
		});
		const acme = await shownCrm('acme');
		expect(acme.total).toBe(2);
		expect(acme.records.map(({ name }) => name)).toEqual(['Ben Tan', 'Ana Cruz']);
		expect(acme.records[0]).toMatchObject({
			notes: [{ id: 'n1', title: 'Lead', text: 'Score\n- R&D\n\nevil()' }],
			tasks: [{ subject: 'Call Ben', text: 'Today', dueAt: '2026-11-23T02:00:00Z' }],
		});
		expect(acme.records[1]).toMatchObject({
			email: 'ana@example.com',
			fields: { lead_score: 81 },
		});
		expect(await shownCrm('zenith')).toMatchObject({ name: 'Zenith', total: 0, records: [] });
	});

	it('lets a CRM accept and never answer, and heals it without losing its records', async () => {
		const before = (await shownCrm('acme')).total;
		await post('vendors/acme/accept-silent', { times: 2 });
		await expect(addPerson({ name: 'Cara' })).rejects.toMatchObject({ name: 'TimeoutError' });
		expect((await shownCrm('acme')).total).toBe(before + 1);

		await post('vendors/acme/normal', {});
		expect((await addPerson({ name: 'Dan' })).status).toBe(201);
		expect((await shownCrm('acme')).total).toBe(before + 2);
	});

	it('does not let a CRM that never answers do the work, unless it is told to', async () => {
		const before = (await shownCrm('acme')).total;
		await post('vendors/acme/silent', {});
		await expect(addPerson({ name: 'Eve' })).rejects.toMatchObject({ name: 'TimeoutError' });
		expect((await shownCrm('acme')).total).toBe(before);
	});

	it('offers for each vendor the faults that it can have', async () => {
		const { vendors: shown } = await get('/console/api/state');
		const faults = Object.fromEntries(
			shown!.map(({ key, breakages }) => [key, (breakages as { key: string }[]).map((b) => b.key)]),
		);
		const common = ['status', 'silent', 'cut', 'html', 'slow', 'normal'];
		const crm = ['status', 'silent', 'accept-silent', 'cut', 'html', 'slow', 'normal'];
		expect(faults).toEqual({
			rentCast: common,
			model: [...common.slice(0, -1), 'lies', 'refuses', 'obeys-injection', 'normal'],
			resend: [...crm.slice(0, -1), 'quota', 'normal'],
			meta: crm,
			acme: crm,
			zenith: crm,
		});
	});

	it('shows every section and never a secret', async () => {
		const state = await get('/console/api/state');
		expect(Object.keys(state).sort()).toEqual([
			'alertEntries',
			'alertMails',
			'callbacks',
			'campaigns',
			'counts',
			'crms',
			'events',
			'health',
			'leads',
			'mailbox',
			'mails',
			'messages',
			'metrics',
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
		['vendors/rentCast/accept-silent', 404],
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
