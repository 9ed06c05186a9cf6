import fc from 'fast-check';

import {
	QUICK_RETRIES,
	retryAfterMs,
	type RetryOptions,
	waitBeforeNext,
	withRetries,
} from '../../../../nodes/shared/http/retry';
import type { Attempt, HttpRequest, HttpResponse } from '../../../../nodes/shared/http/send';
import { fakeClock } from './fakeClock.cts';

/** 2026-09-21T14:13:20Z, by `date -u -d @1790000000`. */
const NOW = 1_790_000_000_000;

const GET: HttpRequest = { method: 'GET', path: '/thing' };

function answer(status: number, headers: Record<string, string> = {}): HttpResponse {
	return { status, headers, body: undefined };
}

/** Sends a request through the policy to a server that gives these answers, the last one for ever. */
async function run(
	request: HttpRequest,
	answers: HttpResponse[],
	options: Partial<RetryOptions> = {},
) {
	const clock = fakeClock(NOW);
	const attempts: Attempt[] = [];
	let sent = 0;
	const send = withRetries(
		async () => {
			clock.advance(40);
			return answers[Math.min(sent++, answers.length - 1)]!;
		},
		{ clock, random: () => 0, onAttempt: (attempt) => attempts.push(attempt), ...options },
	);
	return { response: await send(request), sent, waits: clock.waits, attempts };
}

describe('Retry-After', () => {
	it.each<[string, string | undefined, number | undefined]>([
		['absent', undefined, undefined],
		['empty', '', undefined],
		['zero seconds', '0', 0],
		['seconds', '2', 2000],
		['seconds with spaces around', ' 120 ', 120_000],
		['fractions of a second, which some vendors send', '0.5', 500],
		['a year', '31536000', 31_536_000_000],
		['more seconds than anybody lives', '99999999999', 99_999_999_999_000],
		['a negative number', '-5', undefined],
		['an exponent', '1e3', undefined],
		['a date ten seconds from now', 'Mon, 21 Sep 2026 14:13:30 GMT', 10_000],
		['the same date as RFC 850 writes it', 'Monday, 21-Sep-26 14:13:30 GMT', 10_000],
		['a date that has passed', 'Sun, 06 Nov 1994 08:49:37 GMT', 0],
		['a date without its zone', 'Mon, 21 Sep 2026 14:13:30', undefined],
		['a day that does not exist', 'Mon, 99 Sep 2026 14:13:30 GMT', undefined],
		['a word', 'soon', undefined],
		['a word and a number, which Date.parse takes for a date', 'try 5', undefined],
		['two values', '1, 2', undefined],
	])('reads %s', (_name, header, expected) => {
		expect(retryAfterMs(header, NOW)).toBe(expected);
	});

	it('is never negative, never NaN, whatever the header holds', () => {
		fc.assert(
			fc.property(fc.string(), (header) => {
				const wait = retryAfterMs(header, NOW);
				expect(wait === undefined || wait >= 0).toBe(true);
			}),
		);
	});
});

describe('the wait before the next attempt', () => {
	it.each([
		['300 ms after the first', 1, undefined, 0, 300],
		['up to a quarter more, at random', 1, undefined, 1, 375],
		['twice as long after the second', 2, undefined, 0, 600],
		['with jitter to match', 2, undefined, 1, 750],
		['what was asked for', 1, 2000, 0, 2000],
		['and the jitter of the first wait on top', 1, 2000, 1, 2075],
		['at most 30 s, whatever was asked for', 1, 86_400_000, 1, 30_000],
		['hardly any where none was asked for', 1, 0, 0, 0],
	])('is %s', (_name, attempt, asked, random, expected) => {
		expect(waitBeforeNext(QUICK_RETRIES, attempt, asked, random)).toBe(expected);
	});

	it('stays within its bounds and never falls below what was asked for', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 20 }),
				fc.option(fc.integer({ min: 0, max: 100_000_000 }), { nil: undefined }),
				fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
				(attempt, asked, random) => {
					const wait = waitBeforeNext(QUICK_RETRIES, attempt, asked, random);
					expect(wait).toBeLessThanOrEqual(30_000);
					const least = asked ?? 300 * 2 ** (attempt - 1);
					expect(wait).toBeGreaterThanOrEqual(Math.min(30_000, least));
				},
			),
		);
	});

	it.each([
		['the header is read', { 'retry-after': '2' }, 2000],
		['the header cannot be read', { 'retry-after': 'soon' }, 300],
		['there is no header', {}, 300],
	])('follows Retry-After: %s', async (_what, headers, wait) => {
		expect((await run(GET, [answer(429, headers), answer(200)])).waits).toEqual([wait]);
	});

	it('follows what the vendor says in its own way, before Retry-After', async () => {
		const asked: Array<[status: number, attempt: number]> = [];
		const { waits } = await run(
			GET,
			[answer(429, { 'retry-after': '9' }), answer(503), answer(200)],
			{
				askedWaitMs({ status }, attempt) {
					asked.push([status, attempt]);
					return status === 429 ? 1500 : undefined;
				},
			},
		);
		expect(asked).toEqual([
			[429, 1],
			[503, 2],
		]);
		expect(waits).toEqual([1500, 600]);
	});

	it('falls back on Retry-After where the vendor says nothing in its own way', async () => {
		const answers = [answer(429, { 'retry-after': '9' }), answer(200)];
		expect((await run(GET, answers, { askedWaitMs: () => undefined })).waits).toEqual([9000]);
	});
});

describe('repeating a request', () => {
	it('ends with the first good answer', async () => {
		const { response, sent, waits } = await run(GET, [answer(503), answer(200)]);
		expect({ status: response.status, sent, waits }).toEqual({
			status: 200,
			sent: 2,
			waits: [300],
		});
	});

	it('gives up after three attempts with the last answer', async () => {
		const { response, sent, waits } = await run(GET, [answer(500), answer(502), answer(503)]);
		expect({ status: response.status, sent, waits }).toEqual({
			status: 503,
			sent: 3,
			waits: [300, 600],
		});
	});

	it.each([0, 408, 425, 429, 500, 502, 503, 504])('is tried after %i', async (status) => {
		expect((await run(GET, [answer(status)])).sent).toBe(3);
	});

	it.each([200, 201, 204, 301, 302, 400, 401, 402, 403, 404, 405, 409, 410, 413, 422, 501])(
		'is not tried after %i',
		async (status) => {
			expect((await run(GET, [answer(status)])).sent).toBe(1);
		},
	);

	it.each<[string, HttpRequest, number]>([
		['a GET three times', GET, 3],
		['a PUT three times', { method: 'PUT', path: '/thing', body: {} }, 3],
		['a DELETE three times', { method: 'DELETE', path: '/thing' }, 3],
		['a POST once', { method: 'POST', path: '/thing', body: {} }, 1],
		['a PATCH once', { method: 'PATCH', path: '/thing', body: {} }, 1],
		['a POST that only asks three times', { method: 'POST', path: '/t', isRepeatable: true }, 3],
		[
			'a PATCH with the same effect each time three times',
			{ method: 'PATCH', path: '/t', isRepeatable: true },
			3,
		],
		[
			'a POST marked as not repeatable once',
			{ method: 'POST', path: '/t', isRepeatable: false },
			1,
		],
		[
			'a POST with an idempotency key three times',
			{ method: 'POST', path: '/t', idempotencyKey: 'k-1' },
			3,
		],
		[
			'a PATCH with an idempotency key three times',
			{ method: 'PATCH', path: '/t', idempotencyKey: 'k-1' },
			3,
		],
	])('sends %s while the server fails', async (_name, request, times) => {
		expect((await run(request, [answer(503)])).sent).toBe(times);
	});

	const POST: HttpRequest = { method: 'POST', path: '/thing', body: {} };

	it('repeats even a POST that was turned away unread', async () => {
		const { sent, waits } = await run(POST, [answer(429, { 'retry-after': '1' }), answer(201)]);
		expect({ sent, waits }).toEqual({ sent: 2, waits: [1000] });
	});

	it.each([0, 408, 425, 500, 502, 503, 504])(
		'does not repeat a POST that may have been read, after %i',
		async (status) => {
			expect((await run(POST, [answer(status)])).sent).toBe(1);
		},
	);

	it('stops repeating a POST once it may have been read', async () => {
		const { sent, response } = await run(POST, [answer(429), answer(503), answer(201)]);
		expect({ sent, status: response.status }).toEqual({ sent: 2, status: 503 });
	});

	it('takes the word of a vendor that turns requests away with a status of its own', async () => {
		const policy = { ...QUICK_RETRIES, refusals: [429, 423] };
		expect((await run(POST, [answer(423)], { policy })).sent).toBe(3);
		expect((await run(GET, [answer(423)], { policy })).sent).toBe(3);
		expect((await run(GET, [answer(423)])).sent).toBe(1);
	});

	it('repeats nothing that was turned away for good', async () => {
		expect((await run(POST, [answer(429)], { isFinal: () => true })).sent).toBe(1);
	});

	it('sends the very same request each time', async () => {
		const request: HttpRequest = {
			method: 'POST',
			path: '/t',
			body: { a: 1 },
			idempotencyKey: 'k',
		};
		const seen: HttpRequest[] = [];
		const send = withRetries(
			async (sent) => {
				seen.push(structuredClone(sent));
				return answer(503);
			},
			{ clock: fakeClock(), random: () => 0 },
		);
		await send(request);
		expect(seen).toEqual([request, request, request]);
	});

	it('stops where the caller knows that another attempt is pointless', async () => {
		let sent = 0;
		const send = withRetries(
			async () => {
				sent++;
				return { ...answer(429), body: { code: 'insufficient_quota' } };
			},
			{ clock: fakeClock(), random: () => 0, isFinal: ({ body }) => body !== undefined },
		);
		await send(GET);
		expect(sent).toBe(1);
	});

	it('reports each attempt with its number, status and duration, without the waits', async () => {
		const { attempts } = await run(GET, [
			{ ...answer(0), noAnswer: 'timed-out' },
			answer(429, { 'retry-after': '3' }),
			answer(200),
		]);
		expect(attempts).toEqual([
			{ attempt: 1, status: 0, durationMs: 40, noAnswer: 'timed-out' },
			{ attempt: 2, status: 429, durationMs: 40 },
			{ attempt: 3, status: 200, durationMs: 40 },
		]);
	});

	it('never sends more often than the policy says, and waits once between two attempts', async () => {
		const statuses = fc.array(fc.integer({ min: 0, max: 599 }), { minLength: 1, maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(statuses, async (list) => {
				const { sent, waits } = await run(
					GET,
					list.map((status) => answer(status)),
				);
				expect(sent).toBeLessThanOrEqual(3);
				expect(waits).toHaveLength(sent - 1);
			}),
		);
	});
});
