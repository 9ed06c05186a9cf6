import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';

import fc from 'fast-check';

import {
	type RefusalReason,
	signPlatformRequest,
	verifyPlatformRequest,
} from '../../../../nodes/shared/signing/platform';

const SECRET = 'whsec-test-π';
const NOW = 1_790_000_000;

/** The guide's own function, word for word but for where the request comes from. */
const GUIDE_IN_PYTHON = `
import hashlib, hmac, sys
secret, timestamp = sys.argv[1], sys.argv[2]
body = sys.stdin.buffer.read()
expected_signature = hmac.new(
    secret.encode('utf-8'),
    f"{timestamp}.{body.decode('utf-8')}".encode('utf-8'),
    hashlib.sha256
).hexdigest()
print(f"sha256={expected_signature}")
`;

const BODIES = {
	'an empty body, as a GET has': '',
	'plain JSON': '{"property_id":"p-1","price_amount":5000000}',
	'ñ, ₱ and emoji': '{"address":"12 Piñon St","price":"₱5,000,000","note":"🏡✨"}',
	'odd spacing': '{ "a" : 1.0,\n\t"b":[ ] }',
};

function opensslSignature(body: string): string {
	const output = execFileSync('openssl', ['dgst', '-sha256', '-hmac', SECRET, '-r'], {
		input: `${NOW}.${body}`,
	});
	return `sha256=${output.toString().split(' ')[0]}`;
}

function verify(body: Buffer | string, overrides: object = {}, now = NOW, previous?: string) {
	const rawBody = Buffer.from(body);
	const signed = signPlatformRequest(SECRET, rawBody, NOW);
	return verifyPlatformRequest(
		{ current: SECRET, ...(previous && { previous }) },
		{
			signature: signed['X-Signature'],
			timestamp: signed['X-Timestamp'],
			rawBody,
			...overrides,
		},
		now,
	);
}

describe('signing for the platform', () => {
	it.each(Object.entries(BODIES))('signs %s as openssl does', (_name, body) => {
		expect(signPlatformRequest(SECRET, body, NOW)['X-Signature']).toBe(opensslSignature(body));
	});

	it.each(Object.entries(BODIES))("signs %s as the guide's Python does", (_name, body) => {
		const python = execFileSync('python3', ['-c', GUIDE_IN_PYTHON, SECRET, String(NOW)], {
			input: body,
		});
		expect(signPlatformRequest(SECRET, body, NOW)['X-Signature']).toBe(python.toString().trim());
	});

	it('has one known value, computed by openssl beforehand', () => {
		expect(signPlatformRequest('secret', '{"a":1}', 1_700_000_000)).toEqual({
			'X-Signature': 'sha256=49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686',
			'X-Timestamp': '1700000000',
		});
	});

	it('refuses to sign with an empty secret', () => {
		expect(() => signPlatformRequest('', '{}', NOW)).toThrow('The signing secret is empty');
	});
});

describe('verifying the platform', () => {
	it('accepts what the platform signed', () => {
		expect(verify(BODIES['plain JSON'])).toEqual({ valid: true, secret: 'current' });
	});

	it.each([-300, -299, 0, 299, 300])('accepts a clock that is %i s away', (seconds) => {
		expect(verify('{}', {}, NOW + seconds).valid).toBe(true);
	});

	it.each<[number, RefusalReason]>([
		[301, 'timestamp-too-old'],
		[86_400, 'timestamp-too-old'],
		[-301, 'timestamp-in-future'],
		[-86_400, 'timestamp-in-future'],
	])('refuses a clock that is %i s away', (seconds, reason) => {
		expect(verify('{}', {}, NOW + seconds)).toEqual({ valid: false, reason });
	});

	it('accepts the previous secret while it is set, and says so', () => {
		const rawBody = Buffer.from('{}');
		const signed = signPlatformRequest('old', rawBody, NOW);
		const request = {
			signature: signed['X-Signature'],
			timestamp: signed['X-Timestamp'],
			rawBody,
		};
		expect(verifyPlatformRequest({ current: SECRET, previous: 'old' }, request, NOW)).toEqual({
			valid: true,
			secret: 'previous',
		});
		expect(verifyPlatformRequest({ current: SECRET }, request, NOW)).toEqual({
			valid: false,
			reason: 'signature-mismatch',
		});
	});

	const hex = opensslSignature('{}').slice('sha256='.length);

	it.each<[string, object, RefusalReason]>([
		['no timestamp', { timestamp: undefined }, 'timestamp-missing'],
		['an empty timestamp', { timestamp: '' }, 'timestamp-missing'],
		['no signature', { signature: undefined }, 'signature-missing'],
		['a timestamp with letters after it', { timestamp: `${NOW}abc` }, 'timestamp-malformed'],
		['a timestamp as an exponent', { timestamp: '1790000.0e3' }, 'timestamp-malformed'],
		['a timestamp with a sign', { timestamp: `+${NOW}` }, 'timestamp-malformed'],
		['a timestamp with a space', { timestamp: `${NOW} ` }, 'timestamp-malformed'],
		['a timestamp in milliseconds', { timestamp: `${NOW}000` }, 'timestamp-malformed'],
		['two timestamps', { timestamp: `${NOW}, ${NOW}` }, 'timestamp-malformed'],
		['a list of timestamps', { timestamp: [String(NOW)] }, 'timestamp-malformed'],
		['no scheme', { signature: hex }, 'signature-malformed'],
		['another scheme', { signature: `sha1=${hex}` }, 'signature-malformed'],
		['upper case hex', { signature: `sha256=${hex.toUpperCase()}` }, 'signature-malformed'],
		['a short signature', { signature: `sha256=${hex.slice(0, 10)}` }, 'signature-malformed'],
		['a prefix alone', { signature: 'sha256=' }, 'signature-malformed'],
		['a long signature', { signature: `sha256=${hex}00` }, 'signature-malformed'],
		[
			'64 characters that are not ASCII',
			{ signature: `sha256=${'é'.repeat(64)}` },
			'signature-malformed',
		],
		['two signatures', { signature: `sha256=${hex}, sha256=${hex}` }, 'signature-malformed'],
		['a newline at the end', { signature: `sha256=${hex}\n` }, 'signature-malformed'],
		['a signature of zeros', { signature: `sha256=${'0'.repeat(64)}` }, 'signature-mismatch'],
	])('refuses %s', (_name, overrides, reason) => {
		expect(verify('{}', overrides)).toEqual({ valid: false, reason });
	});

	it('refuses everything while no secret is set, also what was signed with an empty one', () => {
		const signature = `sha256=${createHmac('sha256', '').update(`${NOW}.{}`).digest('hex')}`;
		const request = { signature, timestamp: String(NOW), rawBody: Buffer.from('{}') };
		expect(verifyPlatformRequest({ current: '' }, request, NOW)).toEqual({
			valid: false,
			reason: 'secret-not-set',
		});
		expect(verifyPlatformRequest({ current: SECRET, previous: '' }, request, NOW)).toEqual({
			valid: false,
			reason: 'signature-mismatch',
		});
	});

	it('tells bytes apart that decode to the same text', () => {
		const replacement = Buffer.from('{"a":"\ufffd"}');
		const broken = Buffer.from(replacement.toString('latin1').replace('ï¿½', 'ÿ'), 'latin1');
		expect(broken.toString('utf8')).toBe(replacement.toString('utf8'));
		expect(verify(replacement).valid).toBe(true);
		expect(verify(broken).valid).toBe(true);
		expect(verify(replacement, { rawBody: broken })).toEqual({
			valid: false,
			reason: 'signature-mismatch',
		});
	});

	it('accepts whatever was signed and refuses it with any one byte changed', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ minLength: 1, maxLength: 400 }),
				fc.nat(),
				fc.integer({ min: 1, max: 255 }),
				(bytes, position, change) => {
					const body = Buffer.from(bytes);
					const changed = Buffer.from(bytes);
					const index = position % changed.length;
					changed[index] = changed[index]! ^ change;
					expect(verify(body).valid).toBe(true);
					expect(verify(body, { rawBody: changed }).valid).toBe(false);
				},
			),
		);
	});

	it('never throws, whatever the headers hold', () => {
		fc.assert(
			fc.property(fc.anything(), fc.anything(), fc.string(), (signature, timestamp, secret) => {
				const request = { signature, timestamp, rawBody: Buffer.from('{}') };
				expect(verifyPlatformRequest({ current: secret }, request, NOW).valid).toBe(false);
			}),
		);
	});
});
