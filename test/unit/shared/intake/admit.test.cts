import { createHmac } from 'node:crypto';

import fc from 'fast-check';

import { enrichProperty } from '../../../../nodes/shared/contracts/enrichProperty';
import { admit, type Admission } from '../../../../nodes/shared/intake/admit';
import { platformScheme } from '../../../../nodes/shared/intake/platformScheme';

const SECRET = 'whsec-admit-test';
const PREVIOUS = 'whsec-admit-before';
const NOW = 1_790_000_000;

const EVENT = {
	property_id: 'p-1',
	company_id: '0b0f8f9e-6f0e-4c3a-9a53-2f8f3c1f7d10',
	address: '12 Piñon St',
	city: 'Manila',
	price_amount: 5_000_000,
	beds: 3,
	baths: 2,
};

const ADMISSION: Admission = {
	maxBodyBytes: 2048,
};

/** A request signed by node's crypto alone, so that our signing code is not its own judge. */
function signed(body: string, secret = SECRET, timestamp = NOW) {
	const rawBody = Buffer.from(body);
	const hmac = createHmac('sha256', secret).update(`${timestamp}.`).update(rawBody);
	return {
		signature: `sha256=${hmac.digest('hex')}`,
		timestamp: String(timestamp),
		contentType: 'application/json',
		correlationId: 'corr-1',
		rawBody,
	};
}

type Request = ReturnType<typeof signed> & { contentType: string | undefined };

const decide = (
	given: Partial<Request>,
	admission: Partial<Admission> = {},
	secrets = { current: SECRET, previous: PREVIOUS },
) => {
	const { signature, timestamp, ...request } = { ...signed(JSON.stringify(EVENT)), ...given };
	return admit(
		request,
		platformScheme(
			{ 'x-signature': signature, 'x-timestamp': timestamp },
			{ secrets, toleranceSeconds: 300 },
		),
		enrichProperty,
		{ ...ADMISSION, ...admission },
		NOW,
	);
};

const TIMESTAMP_TEXT = 'X-Timestamp is missing, malformed or outside the accepted window.';
const SIGNATURE_TEXT = 'X-Signature is missing or does not belong to this request.';

const wrongSecret = signed(JSON.stringify(EVENT), 'guessed');
const tooLarge = signed(JSON.stringify({ ...EVENT, padding: 'x'.repeat(2048) }));

describe('admitting a request', () => {
	it('accepts a signed event and says which secret signed it', () => {
		expect(decide({})).toEqual({ outcome: 'accepted', event: EVENT, secret: 'current' });
		expect(decide(signed(JSON.stringify(EVENT), PREVIOUS))).toMatchObject({
			outcome: 'accepted',
			secret: 'previous',
		});
	});

	it.each<[string, Partial<Request>, number, string, string, string]>([
		[
			'text',
			{ contentType: 'text/plain' },
			415,
			'content-type',
			'unsupported_media_type',
			'Send the event as application/json.',
		],
		[
			'a form',
			{ contentType: 'application/x-www-form-urlencoded' },
			415,
			'content-type',
			'unsupported_media_type',
			'Send the event as application/json.',
		],
		[
			'multipart',
			{ contentType: 'multipart/form-data; boundary=x' },
			415,
			'content-type',
			'unsupported_media_type',
			'Send the event as application/json.',
		],
		[
			'a body that is too large',
			tooLarge,
			413,
			'body-too-large',
			'body_too_large',
			'The body may be up to 2 kB.',
		],
		[
			'no signature',
			{ signature: undefined },
			401,
			'signature-missing',
			'unauthorized',
			SIGNATURE_TEXT,
		],
		[
			'a malformed signature',
			{ signature: 'sha256=zz' },
			401,
			'signature-malformed',
			'unauthorized',
			SIGNATURE_TEXT,
		],
		['a wrong secret', wrongSecret, 401, 'signature-mismatch', 'unauthorized', SIGNATURE_TEXT],
		[
			'no timestamp',
			{ timestamp: undefined },
			401,
			'timestamp-missing',
			'unauthorized',
			TIMESTAMP_TEXT,
		],
		[
			'a malformed timestamp',
			{ timestamp: 'now' },
			401,
			'timestamp-malformed',
			'unauthorized',
			TIMESTAMP_TEXT,
		],
		[
			'a stale request',
			signed('{}', SECRET, NOW - 301),
			401,
			'timestamp-too-old',
			'unauthorized',
			TIMESTAMP_TEXT,
		],
		[
			'one from the future',
			signed('{}', SECRET, NOW + 301),
			401,
			'timestamp-in-future',
			'unauthorized',
			TIMESTAMP_TEXT,
		],
		[
			'a truncated body',
			{ rawBody: Buffer.from(JSON.stringify(EVENT).slice(0, -5)) },
			401,
			'signature-mismatch',
			'unauthorized',
			SIGNATURE_TEXT,
		],
		[
			'a signed body that is not JSON',
			signed('{"property_id":'),
			400,
			'not-json',
			'invalid_json',
			'The body is not valid JSON.',
		],
		[
			'a signed empty body',
			signed(''),
			400,
			'not-json',
			'invalid_json',
			'The body is not valid JSON.',
		],
	] as Array<[string, Partial<Request>, number, string, string, string]>)(
		'refuses %s',
		(_name, request, status, reason, error, message) => {
			expect(decide(request)).toEqual({
				outcome: 'refused',
				status,
				reason,
				body: { accepted: false, error, message, correlation_id: 'corr-1' },
			});
		},
	);

	it.each<[string, string, string[]]>([
		[
			'a missing and a mistyped field',
			JSON.stringify({ ...EVENT, city: undefined, beds: 'three' }),
			['city', 'beds'],
		],
		['a JSON scalar', '5', ['(body)']],
		['a JSON list', '[]', ['(body)']],
		['null', 'null', ['(body)']],
	])('names the fields at fault for %s', (_name, body, fields) => {
		const decision = decide(signed(body));
		expect(decision).toMatchObject({
			outcome: 'refused',
			status: 400,
			reason: `contract: ${fields.join(', ')}`,
			body: {
				error: 'invalid_event',
				correlation_id: 'corr-1',
				fields: fields.map((field) => ({ field, message: expect.any(String) })),
			},
		});
	});

	it.each([
		'application/json',
		'application/json; charset=utf-8',
		'application/json;charset=UTF-8',
		'application/json ; charset="utf-8"',
		'Application/JSON',
		'application/vnd.platform.v1+json',
		'application/problem+json; charset=utf-8',
	])('reads %s as JSON', (contentType) => {
		expect(decide({ contentType }).outcome).toBe('accepted');
	});

	it('takes a request without a content type for JSON', () => {
		expect(decide({ contentType: undefined }).outcome).toBe('accepted');
	});

	it.each([
		'application/jsonp',
		'text/json',
		'application/json-seq',
		'json',
		'application/x+jsonx',
		'',
	])('does not read %j as JSON', (contentType) => {
		expect(decide({ contentType })).toMatchObject({ status: 415 });
	});

	describe('checks the cheapest first', () => {
		const everythingWrong = {
			contentType: 'text/plain',
			signature: 'nonsense',
			rawBody: Buffer.from(`{${'x'.repeat(4000)}`),
		};
		it.each<[number, Partial<Request>]>([
			[415, everythingWrong],
			[413, { ...everythingWrong, contentType: 'application/json' }],
			[401, { ...everythingWrong, contentType: 'application/json', rawBody: Buffer.from('{x') }],
			[400, signed('{x')],
		])('answers %i before what comes later', (status, request) => {
			expect(decide(request)).toMatchObject({ outcome: 'refused', status });
		});
	});

	it('lets a body of exactly the limit through', () => {
		const request = signed(JSON.stringify(EVENT));
		const { length } = request.rawBody;
		expect(decide(request, { maxBodyBytes: length }).outcome).toBe('accepted');
		expect(decide(request, { maxBodyBytes: length - 1 })).toMatchObject({ status: 413 });
	});

	it('refuses everybody while no secret is set, and does not say so', () => {
		const decision = decide(signed(JSON.stringify(EVENT), ''), {}, { current: '', previous: '' });
		expect(decision).toMatchObject({
			status: 401,
			reason: 'secret-not-set',
			body: { message: SIGNATURE_TEXT },
		});
	});

	it('leaves a company alone that the flow is not switched on for', () => {
		const rollout = { companies: ['another'], percentage: 100 };
		expect(decide({}, { rollout })).toEqual({ outcome: 'not-selected' });
		expect(decide({}, { rollout: { companies: [], percentage: 0 } })).toEqual({
			outcome: 'not-selected',
		});
		expect(
			decide({}, { rollout: { companies: [EVENT.company_id], percentage: 100 } }),
		).toMatchObject({ outcome: 'accepted' });
	});

	it.each<[string, unknown, object]>([
		['an event', EVENT, { outcome: 'accepted', event: EVENT }],
		['another value', [], { outcome: 'refused', status: 400, body: { error: 'invalid_event' } }],
		['nothing', undefined, { outcome: 'refused', status: 400, body: { error: 'invalid_json' } }],
	])('reads the body in the way its caller names, which may give %s', (_what, value, decision) => {
		const { signature, timestamp, ...request } = signed('any bytes');
		const check = platformScheme(
			{ 'x-signature': signature, 'x-timestamp': timestamp },
			{ secrets: { current: SECRET }, toleranceSeconds: 300 },
		);
		const parse = (rawBody: Buffer) => (rawBody.equals(request.rawBody) ? value : 'other bytes');
		expect(admit(request, check, enrichProperty, ADMISSION, NOW, parse)).toMatchObject(decision);
	});

	it('never throws, and never tells a sender the secrets, a signature or what the fields held', () => {
		const secretive = fc.constantFrom('sesame-4711', SECRET, PREVIOUS);
		fc.assert(
			fc.property(secretive, fc.jsonValue(), fc.boolean(), (word, value, isSigned) => {
				const body = JSON.stringify({ ...EVENT, beds: word, city: [word], price_amount: value });
				const request = isSigned ? signed(body) : signed(body, 'guessed');
				const decision = decide(request);
				expect(decision.outcome).toBe('refused');
				const told = JSON.stringify(decision);
				expect(told).not.toContain(word);
				expect(told).not.toContain(signed(body).signature);
			}),
		);
	});
});
