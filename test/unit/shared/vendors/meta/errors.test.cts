import { withRetries } from '../../../../../nodes/shared/http/retry';
import type { HttpRequest, HttpResponse } from '../../../../../nodes/shared/http/send';
import {
	metaError,
	metaRetries,
	type SendFailure,
	sendFailure,
} from '../../../../../nodes/shared/vendors/meta';
import { readFailure } from '../../../../../nodes/shared/vendors/meta/errors';
import { createVirtualTime } from '../../http/virtualTime.cts';

const NOW = Date.parse('2026-11-22T10:00:00Z');

function refusal(status: number, code: number, subcode?: number, message = 'No.'): HttpResponse {
	const error = {
		message,
		type: 'OAuthException',
		code,
		...(subcode !== undefined && { error_subcode: subcode }),
		fbtrace_id: 'BLBz/WZt8dN',
	};
	return { status, headers: {}, body: { error } };
}

describe("Graph's errors", () => {
	it.each<[number, number, number | undefined, string, SendFailure]>([
		[400, 190, undefined, 'credential-refused', 'account'],
		[400, 190, 458, 'credential-refused', 'account'],
		[400, 190, 460, 'credential-refused', 'account'],
		[401, 190, 463, 'credential-refused', 'account'],
		[401, 190, 999, 'credential-refused', 'account'],
		[400, 10, 2018278, 'rejected', 'undeliverable'],
		[400, 10, 2534022, 'rejected', 'undeliverable'],
		[403, 10, 2018108, 'rejected', 'undeliverable'],
		[403, 10, undefined, 'credential-refused', 'account'],
		[400, 10, 2018300, 'rejected', 'undeliverable'],
		[400, 104, undefined, 'credential-refused', 'account'],
		[400, 2201, undefined, 'rejected', 'account'],
		[400, 10, 1893063, 'rejected', 'account'],
		[400, 551, 1545041, 'rejected', 'undeliverable'],
		[500, 551, undefined, 'rejected', 'undeliverable'],
		[403, 200, 1545041, 'rejected', 'undeliverable'],
		[403, 200, 2534041, 'credential-refused', 'account'],
		[403, 200, undefined, 'credential-refused', 'account'],
		[403, 298, undefined, 'credential-refused', 'account'],
		[403, 299, undefined, 'credential-refused', 'account'],
		[400, 3, undefined, 'credential-refused', 'account'],
		[400, 100, 2018001, 'not-found', 'undeliverable'],
		[400, 100, 2534014, 'not-found', 'undeliverable'],
		[400, 100, 2018218, 'not-found', 'undeliverable'],
		[400, 100, 2018047, 'rejected', 'rejected'],
		[400, 100, 33, 'not-found', 'account'],
		[400, 100, undefined, 'rejected', 'rejected'],
		[400, 368, undefined, 'rejected', 'account'],
		[400, 4, undefined, 'rate-limited', 'passing'],
		[403, 17, undefined, 'rate-limited', 'passing'],
		[400, 32, undefined, 'rate-limited', 'passing'],
		[400, 613, 2534040, 'rate-limited', 'passing'],
		[400, 80004, undefined, 'rate-limited', 'passing'],
		[429, 80006, undefined, 'rate-limited', 'passing'],
		[500, 1200, undefined, 'unavailable', 'passing'],
		[500, 1, undefined, 'unavailable', 'ambiguous'],
		[400, 2, undefined, 'unavailable', 'ambiguous'],
		[503, 2, 2018344, 'unavailable', 'ambiguous'],
		[400, 77777, undefined, 'rejected', 'rejected'],
		[500, 77777, undefined, 'unavailable', 'ambiguous'],
	])('%i with %i/%s is %s, and for a message %s', (status, code, subcode, kind, means) => {
		const response = refusal(status, code, subcode);
		const { details } = metaError(response, NOW);
		expect(details).toMatchObject({ vendor: 'Meta', kind, status });
		expect(details.code).toBe(subcode === undefined ? `${code}` : `${code}/${subcode}`);
		expect(details.advice).toMatch(/\.$/);
		expect(sendFailure(response)).toBe(means);
	});

	it.each<[string, Partial<HttpResponse>, string, SendFailure]>([
		['no answer in time', { status: 0, noAnswer: 'timed-out' }, 'timed-out', 'ambiguous'],
		['a cut connection', { status: 0, noAnswer: 'unreachable' }, 'unreachable', 'ambiguous'],
		['a bad certificate', { status: 0, noAnswer: 'certificate-refused' }, 'unreachable', 'account'],
		['a gateway that gave up', { status: 504, body: '<html>' }, 'unavailable', 'ambiguous'],
		['a success without an id', { status: 200, body: {} }, 'unreadable', 'ambiguous'],
		['a limit of a proxy', { status: 429, body: 'slow down' }, 'rate-limited', 'passing'],
		['a web page', { status: 404, body: '<html>' }, 'not-found', 'account'],
		['a redirect', { status: 302 }, 'redirected', 'account'],
	])('%s goes by the status', (_name, given, kind, means) => {
		const response = { status: 0, headers: {}, body: undefined, ...given };
		expect(metaError(response, NOW).details.kind).toBe(kind);
		expect(sendFailure(response)).toBe(means);
	});

	it.each([
		[190, 463, 'Generate token'],
		[200, 2534041, 'Allow access to messages'],
		[10, undefined, 'Permissions and Features'],
		[10, 1893063, 'Page Quality'],
		[2200, undefined, 'verify token'],
	])('tell of %i/%s which setting it is', (code, subcode, words) => {
		expect(metaError(refusal(400, code, subcode), NOW).details.advice).toContain(words);
	});

	it('leave out what Meta quotes', () => {
		const token = `EAAB${'x1'.repeat(30)}`;
		const quoted = `Param recipient[id] 6901234567890123 of ana.santos@example.com (+63 917 123 4567) with ${token} is bad`;
		const { details } = metaError(refusal(400, 100, undefined, quoted), NOW);
		expect(JSON.stringify(details)).not.toMatch(/6901234567890123|ana\.santos|917 123|EAABx/);
		expect(details.message).toContain('Param recipient[id]');
	});

	it('never repeat what Meta says of a token, which may be the token', () => {
		const error = metaError(refusal(400, 190, undefined, 'Malformed access token EAABshort'), NOW);
		expect(JSON.stringify(error.details)).not.toContain('EAAB');
	});

	it.each([undefined, null, 'a page', 42, [], {}, { error: 'x' }, { error: { code: 'x' } }])(
		'read nothing out of %j',
		(body) => expect(readFailure(body)).toEqual({}),
	);

	it('tell for how many minutes a limit lasts', () => {
		const usage = {
			'104857600000001': [
				{ type: 'messenger', call_count: 100, estimated_time_to_regain_access: 3 },
				{ type: 'pages', call_count: 28, estimated_time_to_regain_access: 0 },
			],
			'104857600000002': [{ type: 'instagram', estimated_time_to_regain_access: 19 }],
		};
		const headers = { 'x-business-use-case-usage': JSON.stringify(usage) };
		const limited = { ...refusal(400, 80006), headers };
		expect(metaError(limited, NOW).details.retryAfterMs).toBe(19 * 60_000);
		const other = { ...refusal(400, 190), headers };
		expect(metaError(other, NOW).details.retryAfterMs).toBeUndefined();
	});
});

describe('asking Graph again', () => {
	const MESSAGE: HttpRequest = { method: 'POST', path: '/1/messages', body: {} };
	const READ: HttpRequest = { method: 'GET', path: '/1/conversations' };
	const OK: HttpResponse = { status: 200, headers: {}, body: { message_id: 'm_1' } };
	const LASTING = {
		...refusal(400, 80006),
		headers: {
			'x-business-use-case-usage': '{"1":[{"estimated_time_to_regain_access": 5}]}',
		},
	};
	const NO_ANSWER: HttpResponse = {
		status: 0,
		headers: {},
		body: undefined,
		noAnswer: 'timed-out',
	};

	async function attemptsFor(request: HttpRequest, first: HttpResponse): Promise<number> {
		const time = createVirtualTime();
		let attempts = 0;
		const send = withRetries(async () => (++attempts === 1 ? first : OK), {
			clock: time,
			random: () => 0,
			...metaRetries,
		});
		await time.run(send(request));
		return attempts;
	}

	it.each<[string, HttpResponse, number, number]>([
		['a limit in a 400', refusal(400, 613), 2, 2],
		['a limit in a 403', refusal(403, 4), 2, 2],
		['a limit in a 429', refusal(429, 80006), 2, 2],
		['a 429 of a proxy', { status: 429, headers: {}, body: 'slow down' }, 2, 2],
		['a limit that lasts for minutes', LASTING, 1, 1],
		['a limit in a 500', refusal(500, 4), 1, 2],
		['no answer', NO_ANSWER, 1, 2],
		['an error of Meta', refusal(500, 2), 1, 2],
		['an error of Meta in a 400', refusal(400, 1), 1, 1],
		['a gateway', { status: 502, headers: {}, body: '<html>' }, 1, 2],
		['a token', refusal(400, 190), 1, 1],
		['a permission', refusal(403, 200), 1, 1],
		['a closed window', refusal(400, 10, 2018278), 1, 1],
	])('after %s', async (_name, response, forMessage, forReading) => {
		expect(await attemptsFor(MESSAGE, response)).toBe(forMessage);
		expect(await attemptsFor(READ, response)).toBe(forReading);
	});
});
