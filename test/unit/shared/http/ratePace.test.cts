import fc from 'fast-check';

import { createRatePacer } from '../../../../nodes/shared/http/ratePace';
import { type RateMemory, rateMemory } from '../../../../nodes/shared/http/rateSchedule';
import {
	type Counter,
	limitedServer,
	type LimitedServer,
	slidingWindow,
	tokenBucket,
	windowFromFirst,
	windowOfClock,
} from './limitedServers.cts';
import { createVirtualTime, type VirtualTime } from './virtualTime.cts';

const REQUEST = { method: 'POST', path: '/emails/batch' } as const;

type CounterKind = (quota: number, windowMs: number) => Counter;

const COUNTERS: Record<string, CounterKind> = {
	'a window from the first request on': windowFromFirst,
	'a window of the clock': (quota, windowMs) => windowOfClock(quota, windowMs, 377),
	'a sliding window': slidingWindow,
	'a token bucket': tokenBucket,
	'a token bucket that is nearly empty': (quota, windowMs) => tokenBucket(quota, windowMs, false),
};

interface Scenario {
	quota: number;
	windowMs?: number;
	latency?: () => number;
	kind?: CounterKind;
	requests: number;
	inFlight: number;
	withHeaders?: boolean;
	/** Runs beside it. */
	beside?(server: LimitedServer, time: VirtualTime): Promise<void>;
}

/** Sends so many requests, a few of them at a time, and tells what share of the rate was reached. */
async function pacedRun(scenario: Scenario) {
	const { quota, windowMs = 1000, requests, inFlight, withHeaders } = scenario;
	const { latency = () => 250, kind = windowFromFirst } = scenario;
	const time = createVirtualTime();
	const counter = kind(quota, windowMs);
	const server = limitedServer({ quota, windowMs, latency, counter, clock: time, withHeaders });
	const send = createRatePacer(time)(server.send);
	let left = requests;
	const worker = async () => {
		while (left-- > 0) await send(REQUEST);
	};
	const workers = Promise.all([
		...Array.from({ length: inFlight }, worker),
		scenario.beside?.(server, time),
	]);
	await time.run(workers);
	const { served, refused } = server;
	const elapsedMs = (served.at(-1) ?? 0) - (served[0] ?? 0);
	// Over whole windows, once it has found its pace: the first request goes alone.
	const windows = Math.floor((served.length - 1) / quota) - 3;
	const first = served.length - 1 - windows * quota;
	const steadyMs = (served.at(-1) ?? 0) - (served[first] ?? 0);
	const share = (windows * windowMs) / steadyMs;
	return { served, refused, share, elapsedMs };
}

function viaJson(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value));
}

describe('pacing by the rate that the server names', () => {
	describe.each(Object.keys(COUNTERS))('against %s', (name) => {
		it.each([
			[2, 3],
			[5, 3],
			[20, 8],
			[100, 40],
		])('uses 97 %% of %i a second and is never refused', async (quota, inFlight) => {
			const requests = quota * 20;
			const run = await pacedRun({ quota, requests, inFlight, kind: COUNTERS[name] });
			expect(run.refused).toBe(0);
			expect(run.served).toHaveLength(requests);
			expect(run.share).toBeGreaterThanOrEqual(0.97);
		});
	});

	it('is never refused and keeps the rate, whatever counts, wherever, and however far away', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...Object.values(COUNTERS)),
				fc.integer({ min: 1, max: 60 }),
				fc.constantFrom(1000, 2000, 10_000),
				fc.integer({ min: 1, max: 900 }),
				fc.array(fc.integer({ min: 0, max: 19 }), { minLength: 1, maxLength: 50 }),
				async (kind, quota, windowMs, base, unevenness) => {
					let turn = 0;
					const latency = () => base + (unevenness[turn++ % unevenness.length] ?? 0);
					const inFlight = Math.ceil((quota / windowMs) * (base + 19)) + 2;
					const requests = quota * 9;
					const run = await pacedRun({ quota, windowMs, latency, kind, requests, inFlight });
					expect(run.refused).toBe(0);
					expect(run.share).toBeGreaterThanOrEqual(0.97);
				},
			),
			{ numRuns: process.env.LONG === '1' ? 3000 : 60 },
		);
	}, 300_000);

	it('spaces its starts evenly', async () => {
		const { served } = await pacedRun({
			quota: 5,
			requests: 40,
			inFlight: 3,
			latency: () => 150,
		});
		const gaps = served.slice(1).map((at, index) => at - (served[index] ?? 0));
		expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(2);
		expect(gaps[20]).toBeCloseTo(202, 0);
	});

	it.each([2, 5, 20])('is not refused at %i a second where the first come late', async (quota) => {
		let turn = 0;
		const latency = () => (turn++ < 1 ? 340 : 250);
		const run = await pacedRun({ quota, requests: quota * 20, inFlight: 8, latency });
		expect(run.refused).toBe(0);
		expect(run.share).toBeGreaterThanOrEqual(0.97);
	});

	it('loses no time between two runs of which the second remembers the first', async () => {
		const time = createVirtualTime();
		const server = limitedServer({
			quota: 5,
			windowMs: 1000,
			latency: () => 250,
			counter: windowFromFirst(5, 1000),
			clock: time,
		});
		let memory: RateMemory | undefined;
		for (let portion = 0; portion < 20; portion++) {
			const pacer = createRatePacer(time, memory && rateMemory.parse(viaJson(memory)));
			const send = pacer(server.send);
			await time.run(Promise.all(Array.from({ length: 20 }, async () => await send(REQUEST))));
			memory = pacer.memory();
			await time.run(time.wait(200));
		}
		const elapsedMs = server.served.at(-1)! - server.served[0]!;
		expect(server.refused).toBe(0);
		expect((399 / elapsedMs) * 200).toBeGreaterThanOrEqual(0.97);
	});

	it('asks alone and twice a second for as long as nobody names a limit', async () => {
		const run = await pacedRun({ quota: 1000, requests: 10, inFlight: 4, withHeaders: false });
		expect(run.elapsedMs).toBe(9 * 500);
		const slow = await pacedRun({
			quota: 1000,
			requests: 10,
			inFlight: 4,
			withHeaders: false,
			latency: () => 800,
		});
		expect(slow.elapsedMs).toBe(9 * 800);
	});

	it('catches up after a pause, within what the window allows', async () => {
		const time = createVirtualTime();
		const counter = slidingWindow(5, 1000);
		const server = limitedServer({
			quota: 5,
			windowMs: 1000,
			latency: () => 20,
			counter,
			clock: time,
		});
		const send = createRatePacer(time)(server.send);
		await time.run(send(REQUEST));
		await time.run(time.wait(10_000));
		const before = time.now();
		await time.run(Promise.all(Array.from({ length: 10 }, async () => await send(REQUEST))));
		const after = server.served.slice(1).map((at) => at - before);
		expect(server.refused).toBe(0);
		expect(after.filter((at) => at < 900)).toHaveLength(5);
		expect(after.at(-1)).toBeLessThan(2100);
	});

	it('does not save up more than one window', async () => {
		const time = createVirtualTime();
		const counter = tokenBucket(5, 1000);
		const server = limitedServer({
			quota: 5,
			windowMs: 1000,
			latency: () => 20,
			counter,
			clock: time,
		});
		const send = createRatePacer(time)(server.send);
		await time.run(send(REQUEST));
		await time.run(time.wait(60_000));
		await time.run(Promise.all(Array.from({ length: 40 }, async () => await send(REQUEST))));
		expect(server.refused).toBe(0);
	});

	it.each(Object.keys(COUNTERS))('leaves room for other keys against %s', async (name) => {
		const run = await pacedRun({
			quota: 5,
			requests: 150,
			inFlight: 3,
			kind: COUNTERS[name],
			async beside(server, time) {
				for (let second = 0; second < 40; second++) {
					server.spend();
					await time.wait(500);
					server.spend();
					await time.wait(500);
				}
			},
		});
		expect(run.served.length).toBeGreaterThanOrEqual(130);
		expect(run.refused).toBeLessThanOrEqual(20);
	});

	it('waits for the window to end where a run before it has used it up', async () => {
		const time = createVirtualTime();
		const counter = windowFromFirst(5, 1000);
		for (let request = 0; request < 4; request++) counter.take(time.now());
		const server = limitedServer({
			quota: 5,
			windowMs: 1000,
			latency: () => 100,
			counter,
			clock: time,
		});
		const send = createRatePacer(time)(server.send);
		await time.run(Promise.all(Array.from({ length: 10 }, async () => await send(REQUEST))));
		expect(server.refused).toBe(0);
	});

	it('follows a limit that changes', async () => {
		const time = createVirtualTime();
		let quota = 20;
		const startedAt: number[] = [];
		const send = createRatePacer(time)(async () => {
			startedAt.push(time.now());
			await time.wait(100);
			return { status: 200, headers: { 'ratelimit-limit': String(quota) }, body: {} };
		});
		await time.run(Promise.all(Array.from({ length: 40 }, async () => await send(REQUEST))));
		quota = 2;
		startedAt.length = 0;
		await time.run(Promise.all(Array.from({ length: 10 }, async () => await send(REQUEST))));
		expect(startedAt.at(-1)! - startedAt[4]!).toBeGreaterThan(2400);
	});

	it('holds everything back after a refusal, until the window ends', async () => {
		const time = createVirtualTime();
		const startedAt: number[] = [];
		const statuses = [200, 429];
		const send = createRatePacer(time)(async () => {
			startedAt.push(time.now());
			const status = statuses.shift() ?? 200;
			const remaining = status === 429 ? '0' : '4';
			const headers = {
				'ratelimit-limit': '5',
				'ratelimit-remaining': remaining,
				'ratelimit-reset': '1',
			};
			await time.wait(10);
			return { status, headers, body: {} };
		});
		await time.run(Promise.all([send(REQUEST), send(REQUEST), send(REQUEST)]));
		expect(startedAt[2]! - startedAt[1]!).toBeGreaterThanOrEqual(1000);
	});

	it('does not take an exhausted quota, which comes with requests left, for too fast', async () => {
		const time = createVirtualTime();
		const startedAt: number[] = [];
		const send = createRatePacer(time)(async () => {
			startedAt.push(time.now());
			await time.wait(10);
			const headers = { 'ratelimit-limit': '5', 'ratelimit-remaining': '4' };
			return { status: 429, headers, body: { name: 'daily_quota_exceeded' } };
		});
		await time.run(Promise.all([send(REQUEST), send(REQUEST), send(REQUEST)]));
		expect(startedAt[2]! - startedAt[0]!).toBeLessThan(500);
	});

	it('goes on with the next request when one is rejected', async () => {
		const time = createVirtualTime();
		let isBroken = true;
		const send = createRatePacer(time)(async () => {
			if (isBroken) throw new Error('no credential');
			return { status: 200, headers: {}, body: {} };
		});
		const first = send(REQUEST);
		const second = send(REQUEST);
		await expect(time.run(first)).rejects.toThrow('no credential');
		isBroken = false;
		expect((await time.run(second)).status).toBe(200);
	});
});
