import type { EventLogEntry } from '../../../nodes/shared/contracts/eventLogEntry';
import { createClock } from '../../../sandbox/clock.cts';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import { type Platform, startPlatform } from '../../../sandbox/platform/platform.cts';
import { callBack, SECRET } from './callBack.cts';

let database: Database;
let platform: Platform;

beforeAll(async () => {
	database = await startDatabase();
	platform = await startPlatform({
		database,
		clock: createClock(),
		signingSecret: SECRET,
		n8nUrl: 'http://127.0.0.1:9/webhook',
		deliver: false,
	});
}, 30_000);

afterAll(async () => {
	await platform.close();
	await database.close();
});

beforeEach(() => database.pool.query('TRUNCATE alert_entry, callback_received, event_log'));

const RAISED: EventLogEntry = {
	event: 'alert.raised',
	key: 'dead-letters:lead-score',
	severity: 'critical',
	title: 'A lead is a dead letter',
	detail: 'The platform was out of reach.',
	at: '2026-03-01T08:00:00Z',
};
const RESOLVED: EventLogEntry = {
	...RAISED,
	event: 'alert.resolved',
	at: '2026-03-01T09:30:00Z',
};

const tell = async (entry: object, key: string) =>
	await callBack(platform.url, 'event-log', entry, {
		headers: { 'X-Idempotency-Key': key, 'X-Correlation-Id': 'run-1' },
	});

async function kept() {
	const { rows } = await database.pool.query<Record<string, unknown>>(
		'SELECT event, alert_key, severity, title, detail, at FROM alert_entry ORDER BY id',
	);
	return rows;
}

describe("an entry for the platform's event log", () => {
	it('is kept, once for the beginning and once for the end, however often it is told', async () => {
		expect(await tell(RAISED, 'alert:1:raised')).toEqual({ status: 200, body: { status: 'ok' } });
		await Promise.all([tell(RESOLVED, 'alert:1:end'), tell(RAISED, 'alert:1:raised')]);
		expect(await tell(RESOLVED, 'alert:1:end')).toEqual({
			status: 200,
			body: { status: 'duplicate' },
		});
		const row = {
			alert_key: 'dead-letters:lead-score',
			severity: 'critical',
			title: 'A lead is a dead letter',
			detail: 'The platform was out of reach.',
		};
		expect(await kept()).toEqual([
			{ ...row, event: 'alert.raised', at: new Date('2026-03-01T08:00:00Z') },
			{ ...row, event: 'alert.resolved', at: new Date('2026-03-01T09:30:00Z') },
		]);
	});

	it.each(Object.keys(RAISED))('is refused without %s, and the answer names it', async (field) => {
		const { [field]: _, ...rest } = RAISED as Record<string, unknown>;
		expect(await tell(rest, 'k')).toMatchObject({
			status: 400,
			body: { error: 'contract', problems: [{ field, message: 'is required' }] },
		});
		expect(await kept()).toEqual([]);
	});

	it.each([
		['event', 'alert.forgotten'],
		['severity', 'terrible'],
		['at', 'yesterday'],
	])('is refused where %s is %s', async (field, value) => {
		expect(await tell({ ...RAISED, [field]: value }, 'k')).toMatchObject({
			status: 400,
			body: { problems: [{ field }] },
		});
	});

	it('is refused under another secret', async () => {
		const answer = await callBack(platform.url, 'event-log', RAISED, { secret: 'whsec-other' });
		expect(answer.status).toBe(401);
		expect(await kept()).toEqual([]);
	});

	it('leaves a line in the log of attempts', async () => {
		await tell(RAISED, 'alert:2:raised');
		const { rows } = await database.pool.query(
			'SELECT direction, event, correlation_id, status, outcome FROM event_log',
		);
		expect(rows).toEqual([
			{
				direction: 'in',
				event: 'event-log',
				correlation_id: 'run-1',
				status: 200,
				outcome: 'applied',
			},
		]);
	});
});
