import { randomUUID } from 'node:crypto';

import { alertsAbout, entriesAbout, mailsAbout, run, told } from '../monitoring.cts';
import { heal, world } from '../world.cts';

const OUTBOX = 'outbox-depth';

/** Rows of the event log, made up: so many units of work, or calls, that ended so. */
interface Happened {
	flow: string;
	times: number;
	/** A call to this vendor, answered with `status`; else a unit of work. */
	vendor?: string;
	status?: number;
	hasFailed?: boolean;
	durationMs?: number;
	/** In hours; now by default. */
	ago?: number;
}

async function happened(...rows: Happened[]): Promise<void> {
	for (const { flow, times, vendor, status, hasFailed = false, durationMs, ago = 0 } of rows) {
		const step = vendor === undefined && hasFailed ? 'enrich' : 'complete';
		await world().platform.pool.query(
			`INSERT INTO property_platform.event_log
			   (at, correlation_id, flow, step, vendor, outcome, status, duration_ms)
			 SELECT now() - make_interval(hours => $1), 'e2e-health-' || gen_random_uuid(), $2, $3, $4, $5, $6, $7
			 FROM generate_series(1, $8)`,
			[
				ago,
				flow,
				vendor ? 'call' : step,
				vendor ?? null,
				hasFailed ? 'failed' : 'ok',
				status ?? null,
				durationMs ?? null,
				times,
			],
		);
	}
}

const monitor = async () => await run('health-monitor', 'Measure Now');

/** Flows of nobody's, so that nothing else is counted among them. */
const FAILING = 'e2e-failing-often';
const GRUMBLING = 'e2e-failing-rarely';
const EDGE = 'e2e-failing-just-not';
const SLOW = 'e2e-slow';
const AS_EVER = 'e2e-as-ever';
const FEW = 'e2e-few';
const BAD_VENDOR = 'e2e-vendor-bad';
const FAIR_VENDOR = 'e2e-vendor-fair';

/** What arithmetic by hand says of the rows above; everything else in the log is of other tests. */
const EXPECTED: Record<string, object[]> = {
	// 3 of 40 are 7.5 %: more than 5.
	[`success-rate:${FAILING}`]: [
		{
			severity: 'critical',
			detail: expect.stringContaining(
				'3 of 40 units of work failed (7.5 %): more than 5 %',
			) as string,
		},
	],
	// 2 of 50 are 4 %: more than 1.
	[`success-rate:${GRUMBLING}`]: [{ severity: 'warning' }],
	// 1 of 100 is 1 %, which is not more than 1.
	[`success-rate:${EDGE}`]: [],
	// The median of 12 is 2,500 ms, usually 1,000.
	[`processing-time:${SLOW}`]: [
		{
			severity: 'critical',
			detail: expect.stringContaining('takes 2.5 s, usually 1 s (2.5 times as long)') as string,
		},
	],
	// 2,000 ms are twice as long and not more.
	[`processing-time:${AS_EVER}`]: [],
	// All of 9 failed, which says nothing yet.
	[`success-rate:${FEW}`]: [],
	// 6 of 40 are 15 %: more than 10.
	[`vendor-errors:${BAD_VENDOR}`]: [
		{ severity: 'critical', detail: expect.stringContaining('(15 %)') as string },
	],
	// 4 of 40 are 10 %; that a vendor does not know something is no error of its own.
	[`vendor-errors:${FAIR_VENDOR}`]: [],
};

const RAISED = Object.keys(EXPECTED).filter((key) => EXPECTED[key]!.length > 0);

const alertsNow = async () =>
	Object.fromEntries(
		await Promise.all(
			Object.keys(EXPECTED).map(async (key) => [key, await alertsAbout(key)] as const),
		),
	);

describe('health-monitor on a real n8n', () => {
	beforeAll(async () => {
		heal();
		// An outage that another topic caused would stand for what follows from it.
		await world().platform.pool.query(
			`DELETE FROM property_platform.alerts WHERE alert_key = 'platform-reachable'`,
		);
		await happened(
			{ flow: FAILING, times: 37, durationMs: 100 },
			{ flow: FAILING, times: 3, hasFailed: true },
			{ flow: GRUMBLING, times: 48, durationMs: 100 },
			{ flow: GRUMBLING, times: 2, hasFailed: true },
			{ flow: EDGE, times: 99, durationMs: 100 },
			{ flow: EDGE, times: 1, hasFailed: true },
			{ flow: SLOW, times: 12, durationMs: 2_500 },
			{ flow: SLOW, times: 30, durationMs: 1_000, ago: 30 },
			{ flow: AS_EVER, times: 12, durationMs: 2_000 },
			{ flow: AS_EVER, times: 30, durationMs: 1_000, ago: 30 },
			{ flow: FEW, times: 9, hasFailed: true },
			{ flow: FAILING, vendor: BAD_VENDOR, times: 34, status: 200 },
			{ flow: FAILING, vendor: BAD_VENDOR, times: 6, status: 503, hasFailed: true },
			{ flow: FAILING, vendor: FAIR_VENDOR, times: 30, status: 200 },
			{ flow: FAILING, vendor: FAIR_VENDOR, times: 6, status: 404, hasFailed: true },
			{ flow: FAILING, vendor: FAIR_VENDOR, times: 4, status: 0, hasFailed: true },
		);
	});
	afterAll(async () => {
		await world().platform.pool.query(
			`DELETE FROM property_platform.event_log WHERE correlation_id LIKE 'e2e-health-%'`,
		);
		heal();
	});

	it('raises what arithmetic by hand says, with its numbers, and people hear of it', async () => {
		const ran = await monitor();
		expect(await alertsNow()).toMatchObject(EXPECTED);
		expect(ran('Evaluate Health')).toMatchObject([{ state: 'unhealthy' }]);
		for (const key of RAISED) {
			await told(key, 1);
			expect(mailsAbout(key)).toHaveLength(1);
			expect(await entriesAbout(key)).toMatchObject([{ event: 'alert.raised' }]);
		}
	});

	it('measured again, nothing new is raised and nobody hears of it twice', async () => {
		await monitor();
		expect(await alertsNow()).toMatchObject(EXPECTED);
		for (const key of RAISED) {
			expect(mailsAbout(key)).toHaveLength(1);
			expect(await entriesAbout(key)).toHaveLength(1);
		}
	});

	it('counts what waits in the outbox of the platform: 101 messages are too many', async () => {
		const { pool } = world().platform;
		const { rows } = await pool.query<{ id: string }>(
			`INSERT INTO outbox_message (event_type, payload, status, correlation_id, next_retry_at)
			 SELECT 'lead.created', '{}', 'retry', $1, now() + interval '10 years'
			 FROM generate_series(1, 101) RETURNING id`,
			[randomUUID()],
		);
		const ran = await monitor();
		await pool.query('DELETE FROM outbox_message WHERE id = ANY($1)', [rows.map(({ id }) => id)]);
		expect(ran('Get Snapshot')).toMatchObject([
			{ snapshot: { outbox_depth: expect.any(Number) as number } },
		]);
		const [{ snapshot }] = ran('Get Snapshot') as [{ snapshot: { outbox_depth: number } }];
		expect(snapshot.outbox_depth).toBeGreaterThanOrEqual(101);
		expect(await alertsAbout(OUTBOX)).toMatchObject([
			{
				severity: 'critical',
				isOpen: true,
				detail: expect.stringContaining(
					`${snapshot.outbox_depth} messages wait in the outbox`,
				) as string,
			},
		]);
		await told(OUTBOX, 1);
	});

	it('a platform that does not answer is an alert of its own', async () => {
		const { platform } = world();
		platform.goDown();
		await monitor();
		expect((await alertsAbout('platform-reachable')).at(-1)).toMatchObject({
			severity: 'critical',
			isOpen: true,
		});
		platform.comeBack();
	});

	it('what has been calm for ten minutes is over, and people hear of that once', async () => {
		const { pool } = world().platform;
		const ending = [`success-rate:${FAILING}`, `vendor-errors:${BAD_VENDOR}`, OUTBOX];
		await pool.query(
			`DELETE FROM property_platform.event_log
			 WHERE correlation_id LIKE 'e2e-health-%' AND (outcome = 'failed' OR flow = $1)`,
			[SLOW],
		);
		await monitor();
		for (const key of ending) expect(await alertsAbout(key)).toMatchObject([{ isOpen: true }]);

		await pool.query(
			`UPDATE property_platform.alerts SET calm_since = now() - interval '11 minutes'
			 WHERE calm_since IS NOT NULL`,
		);
		await monitor();
		for (const key of ending) {
			expect(await alertsAbout(key)).toMatchObject([{ isOpen: false }]);
			await told(key, 2);
		}
		await monitor();
		for (const key of ending) {
			expect(await alertsAbout(key)).toHaveLength(1);
			const subjects = mailsAbout(key).map(({ subject }) => subject);
			expect(subjects).toEqual([
				expect.stringMatching(/^\[Property platform\] Critical: /),
				expect.stringMatching(/^\[Property platform\] Resolved: .+ after /),
			]);
			expect((await entriesAbout(key)).map(({ event }) => event)).toEqual([
				'alert.raised',
				'alert.resolved',
			]);
		}
	});
});
