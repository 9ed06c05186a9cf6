import { clockSkewSeconds } from '../../../../nodes/MetricsRollup/rollup/clockSkew';
import { readSnapshot, snapshotRequest } from '../../../../nodes/MetricsRollup/rollup/readSnapshot';
import type { HttpResponse } from '../../../../nodes/shared/http/send';
import { VendorError } from '../../../../nodes/shared/http/vendorError';
import { GUIDE_SNAPSHOT } from './samples.cts';

/** Ten o'clock and a bit. */
const NOW = Date.UTC(2026, 10, 22, 10, 0, 0, 400);

function answer(body: unknown, status = 200, headers: Record<string, string> = {}): HttpResponse {
	return { status, headers, body };
}

function failureOf(response: HttpResponse, companyId = 'uuid') {
	let error: unknown;
	try {
		readSnapshot(response, companyId, NOW);
	} catch (thrown) {
		error = thrown;
	}
	if (!(error instanceof VendorError)) throw new Error('It should have thrown a VendorError');
	const { kind, message, advice } = error.details;
	return { kind, message, advice, isPassing: error.isPassing };
}

describe('the question for a snapshot', () => {
	it("is the guide's", () => {
		expect(snapshotRequest('uuid', 'corr-1')).toEqual({
			method: 'GET',
			path: '/internal/metrics/snapshot',
			query: { company_id: 'uuid' },
			headers: { 'X-Correlation-Id': 'corr-1' },
		});
	});
});

describe('a snapshot', () => {
	it("may be the guide's, and may offer more", () => {
		expect(readSnapshot(answer(GUIDE_SNAPSHOT), 'uuid', NOW)).toEqual(GUIDE_SNAPSHOT);
		const more = {
			...GUIDE_SNAPSHOT,
			campaign_performance: {
				...GUIDE_SNAPSHOT.campaign_performance,
				delivered: 4900,
				bounced: null,
			},
			outbox_depth: 3,
			outbox_oldest_seconds: 12.5,
			region: 'NCR',
		};
		expect(readSnapshot(answer(more), 'uuid', NOW)).toEqual(more);
	});

	it.each<[string, Record<string, unknown>]>([
		['leads_total', { leads_total: undefined }],
		['leads_total', { leads_total: '1234' }],
		['leads_total', { leads_total: -1 }],
		['leads_total', { leads_total: 1.5 }],
		['leads_total', { leads_total: null }],
		['webhook_success_rate_24h', { webhook_success_rate_24h: 100.01 }],
		['webhook_success_rate_24h', { webhook_success_rate_24h: '98.5' }],
		['campaign_performance', { campaign_performance: [] }],
		['campaign_performance.sent', { campaign_performance: { opened: 1, clicked: 1 } }],
		[
			'campaign_performance.delivered',
			{ campaign_performance: { sent: 1, opened: 1, clicked: 1, delivered: -1 } },
		],
		['outbox_depth', { outbox_depth: -3 }],
		['outbox_oldest_seconds', { outbox_oldest_seconds: 'long' }],
	])('that breaks the contract in %s does not pass, and says so', (field, change) => {
		const failure = failureOf(answer({ ...GUIDE_SNAPSHOT, ...change }));
		expect(failure).toMatchObject({ kind: 'rejected', isPassing: false });
		expect(failure.message).toContain('The figures of company uuid cannot be used: ');
		expect(failure.message).toContain(`${field}: `);
	});

	it("names both companies where it is another one's", () => {
		const failure = failureOf(answer(GUIDE_SNAPSHOT), 'c-7');
		expect(failure).toMatchObject({ kind: 'rejected', isPassing: false });
		expect(failure.message).toBe(
			'The figures of company c-7 cannot be used: company_id: is that of company uuid',
		);
	});

	it('whose company is unknown does not pass', () => {
		expect(failureOf(answer({ status: 'error', error: 'unknown' }, 404), 'c-7')).toMatchObject({
			kind: 'not-found',
			isPassing: false,
			message: 'The platform knows no company c-7',
		});
	});

	it.each<[string, unknown, string]>([
		['an error', { status: 'error', message: 'No database' }, 'an error (No database)'],
		['an error with figures', { ...GUIDE_SNAPSHOT, status: 'error' }, 'an error'],
		["a framework's error", { error: 'Oops', detail: 'later' }, 'an error (Oops, later)'],
		['a web page', '\n<!doctype html><title>Sign in</title>', 'a web page'],
		['text', 'upstream is busy', 'text'],
		['nothing', undefined, 'nothing'],
		['null', null, 'nothing'],
		['a list', [GUIDE_SNAPSHOT], 'something else'],
		['a number', 5, 'something else'],
	])('that is %s in spite of its 200 is asked for again later', (_case, body, words) => {
		const failure = failureOf(answer(body));
		expect(failure).toMatchObject({
			kind: 'unreadable',
			isPassing: true,
			message: `The platform answered 200 with ${words} instead of the figures of company uuid`,
		});
	});

	it('names nobody whom the error names', () => {
		const { message } = failureOf(answer({ error: 'No consent of juan@example.com' }));
		expect(message).toContain('(e-mail)');
		expect(message).not.toContain('juan');
	});

	it.each<[string, number, string, boolean]>([
		['unavailable', 503, 'unavailable', true],
		['no answer', 0, 'unreachable', true],
		['a limit', 429, 'rate-limited', true],
		['a refusal', 400, 'rejected', false],
	])('is not there: %s', (_case, status, kind, isPassing) => {
		expect(failureOf(answer(undefined, status))).toMatchObject({ kind, isPassing });
	});
});

describe('a refused signature', () => {
	const refused = (date: string) => failureOf(answer({ error: 'timestamp' }, 401, { date }));

	it.each([
		['Sun, 22 Nov 2026 10:05:12 GMT', 'its clock is 312 s ahead of the clock of this n8n'],
		['Sun, 22 Nov 2026 09:55:30 GMT', 'its clock is 270 s behind the clock of this n8n'],
	])('names the clocks where they are far apart: %s', (date, words) => {
		const failure = refused(date);
		expect(failure).toMatchObject({ kind: 'credential-refused', isPassing: false });
		expect(failure.message).toBe(`The platform refused the signature (401): ${words}`);
		expect(failure.advice).toContain('NTP');
	});

	it.each(['Sun, 22 Nov 2026 10:04:00 GMT', 'Sun, 22 Nov 2026 09:56:00 GMT', 'noon', ''])(
		'is about the secret where they are not, or nobody knows: %p',
		(date) => {
			expect(refused(date)).toMatchObject({
				kind: 'credential-refused',
				message: 'The platform refused the credential (401)',
			});
		},
	);
});

describe('the skew of two clocks', () => {
	it.each<[string, Record<string, string>, number | undefined]>([
		['the same second', { date: 'Sun, 22 Nov 2026 10:00:00 GMT' }, 0],
		['ahead', { date: 'Sun, 22 Nov 2026 10:01:01 GMT' }, 61],
		['behind', { date: 'Sun, 22 Nov 2026 09:59:00 GMT' }, -60],
		['on another day', { date: 'Mon, 23 Nov 2026 10:00:00 GMT' }, 86_400],
		['no date', {}, undefined],
		['a day that is none', { date: 'Sun, 99 Nov 2026 10:00:00 GMT' }, undefined],
		['another zone', { date: 'Sun, 22 Nov 2026 10:00:00 +0800' }, undefined],
		['ISO', { date: '2026-11-22T10:00:00Z' }, undefined],
		['a cached answer', { date: 'Sun, 22 Nov 2026 09:00:00 GMT', age: '3600' }, undefined],
		['a fresh one through a cache', { date: 'Sun, 22 Nov 2026 10:00:00 GMT', age: '0' }, 0],
	])('%s', (_case, headers, expected) => {
		expect(clockSkewSeconds(headers, NOW)).toBe(expected);
	});
});
