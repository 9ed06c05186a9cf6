import fc from 'fast-check';

import { createPacer } from '../../../../nodes/shared/http/pace';
import type { HttpRequest, HttpResponse } from '../../../../nodes/shared/http/send';
import { fakeClock } from './fakeClock.cts';

const GET: HttpRequest = { method: 'GET', path: '/thing' };
const OK: HttpResponse = { status: 200, headers: {}, body: undefined };

/** When requests start, in milliseconds after the first, if each comes after the given pause. */
async function startsOf(perSecond: number, pausesMs: number[]): Promise<number[]> {
	const clock = fakeClock(0);
	const starts: number[] = [];
	const send = createPacer(
		perSecond,
		clock,
	)(async () => {
		starts.push(clock.now());
		return OK;
	});
	for (const pause of pausesMs) {
		clock.advance(pause);
		await send(GET);
	}
	return starts;
}

describe('pacing', () => {
	it.each<[string, number, number[], number[]]>([
		['lets the first go at once', 10, [0], [0]],
		['spaces the next ones evenly', 10, [0, 0, 0, 0], [0, 100, 200, 300]],
		['counts time that passes anyway', 10, [0, 60, 60], [0, 100, 200]],
		['does not hold up who comes late', 10, [0, 500, 500], [0, 500, 1000]],
		['saves no credit for a burst', 10, [0, 5000, 0, 0], [0, 5000, 5100, 5200]],
		['goes slower than one a second', 0.5, [0, 0, 0], [0, 2000, 4000]],
	])('%s', async (_name, perSecond, pauses, expected) => {
		expect(await startsOf(perSecond, pauses)).toEqual(expected);
	});

	it('gives each of many callers at once its own start', async () => {
		const asked: number[] = [];
		// This clock only notes how long somebody is to wait: all callers ask at the same moment.
		const clock = { now: () => 0, wait: async (ms: number) => void asked.push(ms) };
		const send = createPacer(20, clock)(async () => OK);
		await Promise.all(Array.from({ length: 5 }, () => send(GET)));
		expect(asked).toEqual([50, 100, 150, 200]);
	});

	it('keeps any two starts apart, however the requests come', async () => {
		const pauses = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 40 });
		await fc.assert(
			fc.asyncProperty(pauses, fc.constantFrom(1, 2, 4, 8, 20), async (list, perSecond) => {
				const starts = await startsOf(perSecond, list);
				const gaps = starts.slice(1).map((start, index) => start - starts[index]!);
				expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000 / perSecond - 1e-6);
			}),
		);
	});

	it('passes request and answer through', async () => {
		const seen: HttpRequest[] = [];
		const send = createPacer(
			5,
			fakeClock(),
		)(async (request) => {
			seen.push(request);
			return { ...OK, body: 'hello' };
		});
		expect((await send(GET)).body).toBe('hello');
		expect(seen).toEqual([GET]);
	});
});
