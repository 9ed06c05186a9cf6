import type { HttpResponse } from '../../../../nodes/shared/http/send';
import {
	toVendorError,
	VendorError,
	type VendorErrorKind,
} from '../../../../nodes/shared/http/vendorError';

const NOW = 1_790_000_000_000;

function answer(status: number, more: Partial<HttpResponse> = {}): HttpResponse {
	return { status, headers: {}, body: undefined, ...more };
}

describe('what a response means', () => {
	it.each<[string, HttpResponse, VendorErrorKind, boolean]>([
		['no answer in time', answer(0, { noAnswer: 'timed-out' }), 'timed-out', true],
		['no connection', answer(0, { noAnswer: 'unreachable' }), 'unreachable', true],
		['200 that could not be read', answer(200), 'unreadable', true],
		['301', answer(301), 'redirected', false],
		['400', answer(400), 'rejected', false],
		['401', answer(401), 'credential-refused', false],
		['403', answer(403), 'credential-refused', false],
		['404', answer(404), 'not-found', false],
		['408', answer(408), 'timed-out', true],
		['409', answer(409), 'rejected', false],
		['422', answer(422), 'rejected', false],
		['425', answer(425), 'timed-out', true],
		['429', answer(429), 'rate-limited', true],
		['500', answer(500), 'unavailable', true],
		['503', answer(503), 'unavailable', true],
	])('%s', (_name, response, kind, isPassing) => {
		const error = toVendorError('Acme', response, NOW);
		expect(error).toBeInstanceOf(VendorError);
		expect(error.details).toMatchObject({ vendor: 'Acme', kind, status: response.status });
		expect(error.isPassing).toBe(isPassing);
		expect(error.message).toContain('Acme');
		expect(error.details.advice).toMatch(/\.$/);
	});

	it('says so when it is the certificate that keeps the vendor away', () => {
		const error = toVendorError('Acme', answer(0, { noAnswer: 'certificate-refused' }), NOW);
		expect(error.details.kind).toBe('unreachable');
		expect(error.message).toBe('The certificate of Acme is not trusted');
	});

	it('carries how long the vendor wants to be left alone', () => {
		const error = toVendorError('Acme', answer(429, { headers: { 'retry-after': '7' } }), NOW);
		expect(error.details.retryAfterMs).toBe(7000);
		expect(toVendorError('Acme', answer(429), NOW).details).not.toHaveProperty('retryAfterMs');
	});

	it("lets the vendor's own code say more than the status", () => {
		const error = toVendorError('Acme', answer(429), NOW, {
			kind: 'quota-exhausted',
			code: 'insufficient_quota',
		});
		expect(error.details).toMatchObject({ kind: 'quota-exhausted', code: 'insufficient_quota' });
		expect(error.message).toBe('The Acme quota is used up');
		expect(error.isPassing).toBe(false);
	});

	it('falls back on the status where the specific kind is not known', () => {
		const error = toVendorError('Acme', answer(404), NOW, { kind: undefined, code: 'x' });
		expect(error.details.kind).toBe('not-found');
	});

	it('repeats nothing of the body, which may hold personal data', () => {
		const body = { message: 'no such contact: maria@example.com' };
		const error = toVendorError('Acme', answer(404, { body }), NOW);
		expect(JSON.stringify(error.details) + error.message).not.toContain('maria');
	});
});
