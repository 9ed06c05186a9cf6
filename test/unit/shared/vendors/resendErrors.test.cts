import type { HttpResponse } from '../../../../nodes/shared/http/send';
import { readFailure, resendError } from '../../../../nodes/shared/vendors/resend/errors';
import { resendRetries } from '../../../../nodes/shared/vendors/resend/retries';

const NOW = Date.parse('2026-11-22T10:00:00Z');

function refusal(statusCode: number, name: string, message = 'No.', headers = {}): HttpResponse {
	return { status: statusCode, headers, body: { statusCode, name, message } };
}

const DOMAIN_MESSAGE =
	'The company.com domain is not verified. Please, add and verify your domain on https://resend.com/domains';

describe("Resend's errors", () => {
	it.each<[number, string, string, boolean]>([
		[400, 'validation_error', 'rejected', false],
		[400, 'invalid_idempotency_key', 'rejected', false],
		[401, 'missing_api_key', 'credential-refused', false],
		[401, 'restricted_api_key', 'credential-refused', false],
		[401, 'validation_error', 'credential-refused', false],
		[403, 'invalid_api_key', 'credential-refused', false],
		[403, 'suspended_api_key', 'credential-refused', false],
		[403, 'invalid_permission', 'credential-refused', false],
		[403, 'validation_error', 'rejected', false],
		[403, 'email_above_quota', 'quota-exhausted', false],
		[404, 'not_found', 'not-found', false],
		[405, 'method_not_allowed', 'rejected', false],
		[409, 'concurrent_idempotent_requests', 'unavailable', true],
		[409, 'invalid_idempotent_request', 'rejected', false],
		[409, 'resource_locked', 'unavailable', true],
		[422, 'invalid_from_address', 'rejected', false],
		[422, 'missing_required_field', 'rejected', false],
		[429, 'rate_limit_exceeded', 'rate-limited', true],
		[429, 'daily_quota_exceeded', 'quota-exhausted', false],
		[429, 'monthly_quota_exceeded', 'quota-exhausted', false],
		[451, 'security_error', 'rejected', false],
		[500, 'application_error', 'unavailable', true],
		[503, 'service_unavailable', 'unavailable', true],
	])('%i %s is %s, passing: %s', (status, name, kind, isPassing) => {
		const error = resendError(refusal(status, name), NOW);
		expect(error.details).toMatchObject({ vendor: 'Resend', kind, status, code: name });
		expect(error.isPassing).toBe(isPassing);
		expect(error.details.advice).toMatch(/\.$/);
	});

	it('says of an unverified domain what to do', () => {
		const { message, advice } = resendError(
			refusal(403, 'validation_error', DOMAIN_MESSAGE),
			NOW,
		).details;
		expect(message).toContain('The company.com domain is not verified');
		expect(advice).toMatch(/^Verify the domain of the sender in Resend/);
	});

	it('leaves out addresses that Resend quotes', () => {
		const quoted = 'Invalid `to` field: Ana Santos <ana.santos@example.com> or +63 917 123 4567.';
		const error = resendError(refusal(422, 'validation_error', quoted), NOW);
		expect(JSON.stringify(error.details)).not.toMatch(/ana\.santos|917 123/);
		expect(error.message).toContain('Invalid `to` field');
	});

	it.each([undefined, null, 'a page', 42, [], { name: 7, message: {} }, { name: '<script>' }])(
		'reads nothing out of %j',
		(body) => {
			expect(readFailure(body)).toEqual({});
			expect(resendError({ status: 422, headers: {}, body }, NOW).details.kind).toBe('rejected');
		},
	);

	it.each([
		['no answer', { status: 0, noAnswer: 'timed-out' as const }, 'timed-out'],
		['a gateway', { status: 502 }, 'unavailable'],
		['a success that cannot be read', { status: 200 }, 'unreadable'],
		['names that objects have', { status: 422, body: { name: 'constructor' } }, 'rejected'],
	])('goes by the status for %s', (_name, response, kind) => {
		expect(resendError({ headers: {}, body: undefined, ...response }, NOW).details.kind).toBe(kind);
	});
});

describe('asking Resend again', () => {
	const { isFinal, askedWaitMs, policy } = resendRetries;

	it('waits out what heals by waiting', () => {
		expect(isFinal(refusal(429, 'rate_limit_exceeded'))).toBe(false);
		expect(isFinal(refusal(409, 'concurrent_idempotent_requests'))).toBe(false);
		expect(isFinal(refusal(503, 'service_unavailable'))).toBe(false);
		expect(policy.refusals).toEqual([409, 429]);
	});

	it.each<[number, string]>([
		[429, 'daily_quota_exceeded'],
		[429, 'monthly_quota_exceeded'],
		[409, 'invalid_idempotent_request'],
		[409, 'something_new'],
	])('does not repeat a %i %s', (status, name) => {
		expect(isFinal(refusal(status, name))).toBe(true);
	});

	it('leaves Retry-After to the policy', () => {
		const response = refusal(429, 'rate_limit_exceeded', '', { 'retry-after': '3' });
		expect(askedWaitMs(response, 1)).toBeUndefined();
	});

	it('waits for the reset where Resend names no time', () => {
		const response = refusal(429, 'rate_limit_exceeded', '', { 'ratelimit-reset': '2' });
		expect(askedWaitMs(response, 1)).toBe(2000);
		expect(askedWaitMs(refusal(429, 'rate_limit_exceeded'), 1)).toBeUndefined();
	});

	it('gives a batch that is still worked on more time with each attempt', () => {
		const response = refusal(409, 'concurrent_idempotent_requests');
		expect([1, 2, 3].map((attempt) => askedWaitMs(response, attempt))).toEqual([1500, 3000, 4500]);
	});
});
