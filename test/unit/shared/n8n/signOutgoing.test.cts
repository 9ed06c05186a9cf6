import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';

import type { IHttpRequestOptions } from 'n8n-workflow';

import { signOutgoing } from '../../../../nodes/shared/n8n/signOutgoing';

const SECRET = 'whsec-out-π';
const NOW = 1_790_000_000.9;

const sign = (request: object, credentials: object = {}) =>
	signOutgoing(
		{ signingSecret: SECRET, ...credentials },
		{ url: 'https://platform.example/internal', ...request } as IHttpRequestOptions,
		NOW,
	);

/** The signature over the body that goes out, by node's crypto alone. */
function expectedSignature(body: Buffer | string): string {
	return `sha256=${createHmac('sha256', SECRET).update('1790000000.').update(body).digest('hex')}`;
}

function headersNamed(request: IHttpRequestOptions, name: string): unknown[] {
	return Object.entries(request.headers ?? {})
		.filter(([each]) => each.toLowerCase() === name)
		.map(([, value]) => value);
}

describe('signing what n8n sends', () => {
	it.each<[string, object, string | Buffer, string | undefined]>([
		[
			'an object',
			{ method: 'POST', body: { a: 1, note: 'ñ ₱ 🏡' } },
			'{"a":1,"note":"ñ ₱ 🏡"}',
			'application/json',
		],
		['an empty object', { method: 'POST', body: {} }, '{}', 'application/json'],
		['a list', { method: 'POST', body: [1, { b: 2 }] }, '[1,{"b":2}]', 'application/json'],
		['a number', { method: 'POST', body: 7 }, '7', 'application/json'],
		['false', { method: 'POST', body: false }, 'false', 'application/json'],
		['a text as it stands', { method: 'POST', body: '{ "a" : 1.0 }' }, '{ "a" : 1.0 }', undefined],
		[
			'bytes as they stand',
			{ method: 'POST', body: Buffer.from([0, 255, 10]) },
			Buffer.from([0, 255, 10]),
			undefined,
		],
		[
			'parameters of a form',
			{ method: 'POST', body: new URLSearchParams({ a: 'x y', b: 'ñ&=' }) },
			'a=x+y&b=%C3%B1%26%3D',
			'application/x-www-form-urlencoded',
		],
		[
			"the HTTP Request node's form, with a field given twice",
			{ method: 'POST', form: { a: 'x y', b: [1, 2] } },
			'a=x+y&b=1&b=2',
			'application/x-www-form-urlencoded',
		],
	])('signs %s', (_name, request, body, contentType) => {
		const signed = sign(request);
		expect(signed.body).toEqual(body);
		expect(signed.headers).toEqual({
			'X-Signature': expectedSignature(body),
			'X-Timestamp': '1790000000',
			...(contentType && { 'Content-Type': contentType }),
		});
		expect(signed).not.toHaveProperty('form');
	});

	it.each<[string, object]>([
		['a GET', { method: 'GET', qs: { company_id: 'c' } }],
		['a POST without a body', { method: 'POST' }],
		['a body that is null', { method: 'POST', body: null }],
	])('signs no bytes for %s', (_name, request) => {
		const signed = sign(request);
		expect(signed.body ?? undefined).toBeUndefined();
		expect(signed.headers).toEqual({
			'X-Signature': expectedSignature(''),
			'X-Timestamp': '1790000000',
		});
	});

	it('replaces a signature that is there already, however its name is written', () => {
		const signed = sign({
			body: { a: 1 },
			headers: {
				'x-signature': 'sha256=old',
				'X-SIGNATURE': 'sha256=older',
				'x-Timestamp': '1',
				'CONTENT-type': 'text/plain',
				'X-Correlation-Id': 'corr-1',
			},
		});
		expect(headersNamed(signed, 'x-signature')).toEqual([expectedSignature('{"a":1}')]);
		expect(headersNamed(signed, 'x-timestamp')).toEqual(['1790000000']);
		expect(headersNamed(signed, 'content-type')).toEqual(['application/json']);
		expect(headersNamed(signed, 'x-correlation-id')).toEqual(['corr-1']);
	});

	it('keeps the content type of a body that is text already', () => {
		const signed = sign({ body: '<a/>', headers: { 'content-type': 'application/xml' } });
		expect(headersNamed(signed, 'content-type')).toEqual(['application/xml']);
	});

	it('hands over JSON text as bytes, which the HTTP client neither trims nor quotes', () => {
		for (const body of ['{ "a" : 1.0 }\n', 'not json']) {
			const signed = sign({ body, headers: { 'content-type': 'application/json; charset=utf-8' } });
			expect(signed.body).toEqual(Buffer.from(body));
			expect(headersNamed(signed, 'x-signature')).toEqual([expectedSignature(body)]);
		}
	});

	it('leaves the request it was given as it was', () => {
		const request = {
			url: 'https://x',
			method: 'POST' as const,
			headers: { A: '1' },
			body: { a: 1 },
		};
		const before = structuredClone(request);
		sign(request);
		expect(request).toEqual(before);
	});

	it('signs with the current secret, never with the previous one', () => {
		const signed = sign({ body: '{}' }, { previousSigningSecret: 'before' });
		expect(signed.headers?.['X-Signature']).toBe(expectedSignature('{}'));
	});

	it.each<[string, object]>([
		['a multipart body', { body: new FormData() }],
		["the HTTP Request node's multipart form", { formData: { file: 'x' } }],
		['a stream', { body: Readable.from(['x']) }],
	])('refuses %s, whose bytes are not known', (_name, request) => {
		expect(() => sign({ method: 'POST', ...request })).toThrow(
			/cannot be signed.*Send JSON or a raw body/,
		);
	});

	it.each([undefined, '', 7])('refuses to sign with %p for a secret', (signingSecret) => {
		expect(() => sign({ body: '{}' }, { signingSecret })).toThrow(
			'The credential Signed Webhook API has no signing secret',
		);
	});
});
