import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { createClock } from '../../../sandbox/clock.cts';
import { createConsole, startConsole } from '../../../sandbox/console/console.cts';
import type { Listening } from '../../../sandbox/listen.cts';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import { type Platform, startPlatform } from '../../../sandbox/platform/platform.cts';
import { type MetaStandIn, startMeta } from '../../../sandbox/vendors/meta.cts';
import { type ResendStandIn, startResend } from '../../../sandbox/vendors/resend.cts';
import type { TakenMail } from '../../../sandbox/vendors/smtp.cts';
import { callBack, SECRET } from './callBack.cts';
import { type Receiver, startReceiver } from './receiver.cts';

const HOSTILE = `<img src=x onerror="alert(1)">' OR '1'='1`;

let database: Database;
let n8n: Receiver;
let platform: Platform;
let resend: ResendStandIn;
let meta: MetaStandIn;
let operator: Listening;
const alertMails: { mails: TakenMail[] } = { mails: [] };

beforeAll(async () => {
	database = await startDatabase();
	n8n = await startReceiver(SECRET);
	platform = await startPlatform({
		database,
		clock: createClock(),
		signingSecret: SECRET,
		n8nUrl: n8n.url,
		deliver: false,
	});
	resend = await startResend();
	meta = await startMeta();
	operator = await startConsole({
		...{ platform, vendors: {}, crms: {}, mailbox: resend, meta, alertMails },
		n8n: { url: `${n8n.url}/webhook`, signingSecret: SECRET },
	});
}, 30_000);

afterAll(async () => {
	await operator.close();
	await resend.close();
	await meta.close();
	await platform.close();
	await n8n.close();
	await database.close();
});

type Rows = Record<string, unknown>[];

async function state() {
	const response = await fetch(`${operator.url}/console/api/state`);
	return (await response.json()) as {
		alertEntries: Rows;
		alertMails: Rows;
		health:
			| null
			| (Record<'alerts' | 'flows' | 'dead' | 'waiting', Rows> & {
					counts: Record<string, number>;
			  });
	};
}

const health = async () => (await state()).health!;

async function ask(body: unknown) {
	const response = await fetch(`${operator.url}/console/api/dead-letters`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the health in the console', () => {
	it('is not there before the state store is prepared', async () => {
		expect((await state()).health).toBeNull();
	});

	it('is empty while nothing has happened', async () => {
		const schema = path.join(__dirname, '../../../sql/state-store.sql');
		await database.pool.query(await readFile(schema, 'utf8'));
		expect(await health()).toEqual({
			...{ alerts: [], flows: [], dead: [], waiting: [] },
			counts: { waiting: 0, dead: 0, critical: 0, warnings: 0 },
		});
	});

	it('shows the open alerts first, and who was told of them', async () => {
		await database.pool.query(
			`INSERT INTO property_platform.alerts
			   (alert_key, severity, title, detail, times, raised_at, calm_since, resolved_at,
			    raise_mailed_at, end_reported_at)
			 VALUES
			   ('outbox-depth', 'critical', 'Outbox', 'Over.', 1, now() - interval '1 hour', NULL,
			    now(), now(), now()),
			   ('vendor-errors:hubspot', 'warning', $1, 'Limit 10 %.', 3, now() - interval '1 day',
			    now(), NULL, NULL, NULL),
			   ('dead-letters:lead-score', 'critical', 'Dead', 'Replay.', 2, now() - interval '2 hours',
			    NULL, NULL, now(), NULL)`,
			[HOSTILE],
		);
		const { alerts, counts } = await health();
		expect(alerts.map(({ alertKey }) => alertKey)).toEqual([
			'dead-letters:lead-score',
			'vendor-errors:hubspot',
			'outbox-depth',
		]);
		expect(alerts[1]).toEqual({
			id: expect.any(Number),
			...{ alertKey: 'vendor-errors:hubspot', severity: 'warning', title: HOSTILE },
			...{ detail: 'Limit 10 %.', times: 3, resolvedAt: null },
			raisedAt: expect.any(String),
			lastSeenAt: expect.any(String),
			calmSince: expect.any(String),
			...{ raiseMailedAt: null, raiseReportedAt: null, endMailedAt: null, endReportedAt: null },
		});
		expect(alerts[2]).toMatchObject({
			resolvedAt: expect.any(String),
			endMailedAt: null,
			endReportedAt: expect.any(String),
		});
		expect(counts).toMatchObject({ critical: 1, warnings: 1 });
	});

	it('counts the work of the last hour by flow, and not the calls', async () => {
		await database.pool.query(
			`INSERT INTO property_platform.event_log
			   (at, correlation_id, flow, step, vendor, outcome, duration_ms)
			 VALUES
			   (now(), 'c', 'lead-score', 'complete', NULL, 'ok', 100),
			   (now(), 'c', 'lead-score', 'complete', NULL, 'ok', 300),
			   (now(), 'c', 'lead-score', 'complete', NULL, 'ok', 900),
			   (now(), 'c', 'lead-score', 'push', NULL, 'failed', 5),
			   (now(), 'c', 'lead-score', 'claim', NULL, 'claimed', 5),
			   (now(), 'c', 'lead-score', 'push', 'hubspot', 'failed', 5),
			   (now() - interval '61 minutes', 'c', 'lead-score', 'push', NULL, 'failed', 5),
			   (now(), 'c', 'meta-broker', 'receive', NULL, 'failed', 5),
			   (now(), 'c', 'campaign-dispatch', 'claim', NULL, 'claimed', 5)`,
		);
		expect((await health()).flows).toEqual([
			{ flow: 'lead-score', ok: 3, failed: 1, medianMs: 300 },
			{ flow: 'meta-broker', ok: 0, failed: 1, medianMs: null },
		]);
	});

	it('lists what is dead and what waits, and nothing of their content', async () => {
		await database.pool.query(
			`INSERT INTO property_platform.deliveries
			   (delivery_key, kind, flow, correlation_id, payload, state, attempts, replays, last_error,
			    parked_at, settled_at, lease_token, lease_until)
			 VALUES
			   ('sync:1', 'callback', 'lead-score', 'c-1',
			    '{"path": "/internal/n8n/lead-sync-status", "body": {"email": "ana@example.com"}}',
			    'dead', 4, 1, 'unavailable', now() - interval '90 minutes',
			    now() - interval '1 minute', NULL, NULL),
			   ('event:2', 'event', 'meta-broker', 'c-2',
			    '{"workflow": "meta-broker", "items": [{"text": "ana@example.com"}]}',
			    'dead', 1, 0, $1, now(), now(), NULL, NULL),
			   ('rollup:3', 'rollup', 'metrics-rollup', 'c-3', '{"companyId": "company-3"}', 'waiting',
			    2, 0, 'timeout', now() - interval '10 minutes', NULL, 'lease', now() + interval '1 minute'),
			   ('message:4', 'message', 'meta-broker', 'c-4', '{}', 'waiting', 1, 0, 'timeout',
			    now() - interval '20 minutes', NULL, 'lease', now() - interval '1 minute'),
			   ('sync:5', 'callback', 'lead-score', 'c-5', NULL, 'delivered', 1, 0, NULL,
			    now(), now(), NULL, NULL),
			   ('sync:6', 'callback', 'lead-score', 'c-6', NULL, 'dismissed', 1, 0, NULL,
			    now(), now(), NULL, NULL)`,
			[HOSTILE],
		);
		const { dead, waiting, counts } = await health();
		expect(dead.map(({ deliveryKey }) => deliveryKey)).toEqual(['event:2', 'sync:1']);
		expect(dead[0]).toMatchObject({ about: 'meta-broker', reason: HOSTILE });
		expect(dead[1]).toEqual({
			...{ deliveryKey: 'sync:1', kind: 'callback', flow: 'lead-score', correlationId: 'c-1' },
			...{ about: '/internal/n8n/lead-sync-status', reason: 'unavailable' },
			...{ attempts: 4, replays: 1, isWorkedOn: false, ageMinutes: 90 },
			parkedAt: expect.any(String),
			diedAt: expect.any(String),
		});
		expect(
			waiting.map(({ deliveryKey, about, isWorkedOn, ageMinutes, diedAt }) => [
				...[deliveryKey, about, isWorkedOn, ageMinutes, diedAt],
			]),
		).toEqual([
			['message:4', null, false, 20, null],
			['rollup:3', 'company-3', true, 10, null],
		]);
		expect(counts).toMatchObject({ dead: 2, waiting: 2 });
		expect(JSON.stringify(await state())).not.toContain('ana@example.com');
	});

	it('lists the latest alert mails, the newest first', async () => {
		for (let n = 1; n <= 21; n++) {
			alertMails.mails.push({
				...{ from: 'n8n@example.com', to: ['oncall@example.com'] },
				...{ subject: `Mail ${n}`, text: HOSTILE, at: `2026-11-01T00:00:${n + 10}.000Z` },
			});
		}
		const { alertMails: shown } = await state();
		expect(shown).toHaveLength(20);
		expect(shown[0]).toEqual({
			...{ id: 21, subject: 'Mail 21', text: HOSTILE, to: ['oncall@example.com'] },
			at: '2026-11-01T00:00:31.000Z',
		});
	});
});

describe('the event log of the platform in the console', () => {
	it('has the alerts that n8n reported, the latest first', async () => {
		for (const event of ['alert.raised', 'alert.resolved']) {
			const entry = {
				...{ event, key: 'outbox-depth', severity: 'critical', title: HOSTILE },
				...{ detail: '340 events wait.', at: '2026-11-01T10:00:00Z' },
			};
			const headers = { 'X-Idempotency-Key': event };
			expect(await callBack(platform.url, 'event-log', entry, { headers })).toMatchObject({
				status: 200,
			});
		}
		const { alertEntries } = await state();
		expect(alertEntries).toEqual([
			expect.objectContaining({ event: 'alert.resolved' }),
			{
				...{ id: 1, event: 'alert.raised', alert_key: 'outbox-depth', severity: 'critical' },
				...{ title: HOSTILE, detail: '340 events wait.', at: '2026-11-01T10:00:00.000Z' },
			},
		]);
	});
});

describe('a button of the dead letters', () => {
	beforeEach(() => n8n.forget());

	it.each([
		['replays one', { action: 'replay', which: 'one', deliveryKey: `sync: "1"` }],
		['replays all', { action: 'replay', which: 'all' }],
		['dismisses one', { action: 'dismiss', which: 'one', deliveryKey: 'sync:1' }],
	])('%s by a request to n8n that is signed as the platform signs', async (_name, request) => {
		n8n.answer(() => Response.json({ message: 'One letter is on its way.' }));
		expect(await ask({ ...request, more: 'is left out' })).toEqual({
			status: 200,
			body: { said: 'One letter is on its way.' },
		});
		expect(n8n.deliveries).toHaveLength(1);
		expect(n8n.deliveries[0]).toMatchObject({
			path: '/webhook/replay-dead-letters',
			body: request,
			isValid: true,
		});
		expect(n8n.deliveries[0]!.body).toEqual(request);
		expect(n8n.deliveries[0]!.headers.get('x-correlation-id')).toMatch(/^console-[\w-]{36}$/);
	});

	it.each([
		['dismisses all', { action: 'dismiss', which: 'all' }],
		['names none', { action: 'replay', which: 'one' }],
		['does something else', { action: 'delete', which: 'all' }],
		['is nothing', null],
	])('that %s is refused', async (_name, request) => {
		expect((await ask(request)).status).toBe(400);
		expect(n8n.deliveries).toHaveLength(0);
	});

	it.each([
		[
			'the workflow is not published',
			() => Response.json({ code: 404, message: 'not registered' }, { status: 404 }),
			'n8n does not listen at replay-dead-letters: publish the workflow Replay dead letters.',
		],
		[
			'n8n refuses the signature',
			() => Response.json({ message: 'wrong signature' }, { status: 401 }),
			'n8n answered 401: wrong signature',
		],
		[
			'the workflow fails without a word',
			() => new Response('', { status: 500 }),
			'n8n answered 500',
		],
		[
			'a proxy answers with a page',
			() => new Response(`<h1>${'x'.repeat(400)}</h1>`, { status: 502 }),
			`n8n answered 502: <h1>${'x'.repeat(296)}`,
		],
	])('says in words that %s', async (_name, answer, error) => {
		n8n.answer(answer);
		expect(await ask({ action: 'replay', which: 'all' })).toEqual({ status: 502, body: { error } });
	});

	it.each([
		['', 'n8n has done it.'],
		['{"replayed":2}', '{"replayed":2}'],
		['null', 'null'],
	])('shows the answer %j as it is, or that it is done', async (text, said) => {
		n8n.answer(() => new Response(text));
		expect((await ask({ action: 'replay', which: 'all' })).body).toEqual({ said });
	});

	it.each([
		['n8n is out of reach.', 502, { url: 'http://127.0.0.1:9/webhook', signingSecret: SECRET }],
		['This console was started without n8n.', 409, undefined],
	])('says “%s”', async (error, status, unreachable) => {
		const lonely = createConsole({
			...{ platform, vendors: {}, crms: {}, mailbox: resend, meta },
			...(unreachable && { n8n: unreachable }),
		});
		const response = await lonely.request('http://127.0.0.1/console/api/dead-letters', {
			method: 'POST',
			headers: { Host: '127.0.0.1', 'Content-Type': 'application/json' },
			body: JSON.stringify({ action: 'replay', which: 'all' }),
		});
		expect([response.status, await response.json()]).toEqual([status, { error }]);
	});
});
