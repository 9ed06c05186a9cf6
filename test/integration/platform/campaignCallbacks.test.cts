import { createClock } from '../../../sandbox/clock.cts';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import { type Platform, startPlatform } from '../../../sandbox/platform/platform.cts';
import { callBack, SECRET } from './callBack.cts';
import { type Receiver, startReceiver } from './receiver.cts';
import { until } from './until.cts';

/** Three minutes of patience take 600 ms. */
const SPEED = 300;

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
		n8nUrl: n8n.url,
		watchdogMinutes: 3,
	});
	await database.pool.query(`INSERT INTO company (id, name) VALUES ('c-1', 'C')`);
}, 30_000);

afterAll(async () => {
	await platform.close();
	await n8n.close();
	await database.close();
});

beforeEach(async () => {
	n8n.forget();
	await database.pool.query('TRUNCATE campaign, outbox_message, callback_received');
	await database.pool.query(`INSERT INTO campaign (id, company_id) VALUES ('m-1', 'c-1')`);
});

interface Told {
	sent: number;
	failed?: number;
	status: string;
	opened?: unknown;
	clicked?: unknown;
}

async function report(told: Told, correlationId = 'run-1') {
	const body = { campaign_id: 'm-1', failed: 0, delivery_rate: 100, ...told };
	const headers = { 'X-Correlation-Id': correlationId };
	return await callBack(platform.url, 'campaign-status', body, { headers });
}

async function message(id: number) {
	const { rows } = await database.pool.query<Record<string, unknown>>(
		'SELECT * FROM outbox_message WHERE id = $1',
		[id],
	);
	return rows[0]!;
}

async function deliver(n: number) {
	const queued = await platform.enqueue('campaign.dispatch', { n });
	await until(async () => (await message(queued.id)).status === 'sent');
	return queued;
}

async function campaign() {
	const { rows } = await database.pool.query<Record<string, unknown>>(
		'SELECT status, sent, failed, opened, clicked, delivery_rate FROM campaign',
	);
	return rows[0]!;
}

const pause = async (milliseconds: number) =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('the watchdog', () => {
	it('leaves a campaign alone that tells of its progress, and sends it again once silent', async () => {
		const { id, correlationId } = await deliver(1);
		for (let sent = 100; sent <= 800; sent += 100) {
			await report({ sent, status: sent === 400 ? 'paused' : 'sending' }, correlationId);
			await pause(200);
		}
		expect(n8n.deliveries).toHaveLength(1);
		expect((await message(id)).callback_at).toBeNull();

		await until(() => n8n.deliveries.length === 2);
		await report({ sent: 1_000, status: 'completed' }, correlationId);
		await pause(1_000);
		expect(n8n.deliveries).toHaveLength(2);
		expect((await message(id)).callback_at).not.toBeNull();
	});

	it('hears the campaign that is told of, and no other', async () => {
		const heard = await deliver(1);
		await deliver(2);
		for (let sent = 1; sent < 100 && n8n.deliveries.length < 3; sent++) {
			await report({ sent, status: 'sending' }, heard.correlationId);
			await pause(100);
		}
		expect(n8n.deliveries.map(({ body }) => body.n).sort()).toEqual([1, 2, 2]);
	});

	it('takes what is refused for no sign of life', async () => {
		const { id, correlationId } = await deliver(1);
		const headers = { 'X-Correlation-Id': correlationId };
		const body = { campaign_id: 'm-1', sent: 1, failed: 0, status: 'sending', delivery_rate: 100 };
		const send = async (changes: object, secret = SECRET) =>
			(
				await callBack(
					platform.url,
					'campaign-status',
					{ ...body, ...changes },
					{ headers, secret },
				)
			).status;
		expect(await send({}, 'other')).toBe(401);
		expect(await send({ campaign_id: 'nobody' })).toBe(404);
		expect(await send({ sent: -1 })).toBe(400);
		expect((await message(id)).last_heard_at).toBeNull();
		expect(await send({})).toBe(200);
		expect((await message(id)).last_heard_at).toEqual(expect.any(Date));
	});
});

describe('a campaign that is', () => {
	it.each([
		['sending', null],
		['paused', null],
		['completed', expect.any(Date)],
		['failed', expect.any(Date)],
	])('%s leaves its message settled: %s', async (status, settled) => {
		const { id, correlationId } = await deliver(1);
		await report({ sent: 10, status }, correlationId);
		expect((await message(id)).callback_at).toEqual(settled);
		expect(await campaign()).toMatchObject({ status, sent: 10 });
	});
});

describe('of two callbacks', () => {
	const told = (status: string, sent: number, failed = 0): Told => ({ status, sent, failed });

	it.each([
		['more progress', told('sending', 100), told('sending', 200), 'ok'],
		['older progress that comes late', told('sending', 200), told('sending', 100), 'stale'],
		['as many sent and more bounced', told('sending', 200), told('sending', 200, 3), 'ok'],
		['as many sent and fewer bounced', told('sending', 200, 3), told('sending', 200, 2), 'stale'],
		['a pause', told('sending', 200), told('paused', 200), 'ok'],
		['progress from before the pause', told('paused', 200), told('sending', 100), 'stale'],
		['progress after the pause', told('paused', 200), told('sending', 300), 'ok'],
		['the end', told('sending', 200), told('completed', 200, 1), 'ok'],
		['progress that comes after the end', told('completed', 200), told('sending', 200), 'stale'],
		['progress with more after the end', told('completed', 200), told('sending', 300), 'stale'],
		['a pause after the end', told('completed', 200), told('paused', 200), 'stale'],
		['a failure after the end', told('completed', 200), told('failed', 200), 'stale'],
		['the end with more bounces', told('completed', 200, 1), told('completed', 200, 4), 'ok'],
		['the end with fewer bounces', told('completed', 200, 4), told('completed', 200, 1), 'stale'],
		['a failure', told('sending', 200), told('failed', 200), 'ok'],
		['progress from before the failure', told('failed', 200), told('sending', 200), 'stale'],
		['progress of the next attempt', told('failed', 200), told('sending', 300), 'ok'],
		['the end after a failure', told('failed', 0), told('completed', 0), 'ok'],
	])('the second may bring %s: %j, then %j is %s', async (_name, first, second, answer) => {
		await report(first);
		expect(await report(second)).toEqual({ status: 200, body: { status: answer } });
		expect(await campaign()).toMatchObject(answer === 'ok' ? second : first);
	});

	it.each([
		[{ opened: 25, clicked: 7 }, { opened: 30 }, { opened: 30, clicked: 7 }],
		[{ opened: 25, clicked: 7 }, {}, { opened: 25, clicked: 7 }],
		[
			{ opened: 25, clicked: 7 },
			{ opened: 20, clicked: 8 },
			{ opened: 25, clicked: 8 },
		],
		[
			{ opened: 25, clicked: 7 },
			{ opened: 'many', clicked: -1 },
			{ opened: 25, clicked: 7 },
		],
	])('with opens and clicks %j and then %j, %j is kept', async (first, second, kept) => {
		await report({ sent: 50, status: 'completed', ...first });
		const answer = await report({ sent: 50, failed: 1, status: 'completed', ...second });
		expect(answer.status).toBe(200);
		expect(await campaign()).toMatchObject({ ...kept, failed: 1 });
	});
});
