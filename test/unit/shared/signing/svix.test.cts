import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';

import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';

import { type SvixRefusalReason, verifySvixRequest } from '../../../../nodes/shared/signing/svix';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OLD_SECRET = `whsec_${Buffer.from('the key of last year, retired').toString('base64')}`;
const NOW = 1_790_000_000;
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';

const BODIES = {
	'an empty body': '',
	'an event': '{"type":"email.delivered","data":{"email_id":"56761188"}}',
	'ñ, ₱ and emoji': '{"subject":"12 Piñon St ₱5,000,000 🏡✨"}',
	'odd spacing': '{ "a" : 1.0,\n\t"b":[ ] }',
};

function opensslSignature(body: string, id = ID, timestamp = NOW): string {
	const hexKey = Buffer.from(SECRET.slice('whsec_'.length), 'base64').toString('hex');
	const digest = execFileSync(
		'openssl',
		['dgst', '-sha256', '-mac', 'HMAC', '-macopt', `hexkey:${hexKey}`, '-binary'],
		{ input: `${id}.${timestamp}.${body}` },
	);
	return `v1,${digest.toString('base64')}`;
}

/** The official package in a process of its own: jest cannot load it, for it has no CommonJS. */
const SVIX = `
import { Webhook } from 'svix';
const [secret, id, seconds, body] = process.argv.slice(1);
console.log(new Webhook(secret).sign(id, new Date(seconds * 1000), body));
`;

function svixSignature(body: string): string {
	const program = ['--input-type=module', '--eval', SVIX];
	const values = ['--', SECRET, ID, String(NOW), body];
	return execFileSync(process.execPath, [...program, ...values], { cwd: __dirname })
		.toString()
		.trim();
}

function sign(body: string, secret = SECRET): string {
	return new Webhook(secret).sign(ID, new Date(NOW * 1000), body);
}

function verify(body: Buffer | string, overrides: object = {}, now = NOW, secrets = [SECRET]) {
	const rawBody = Buffer.from(body);
	const request = { id: ID, timestamp: String(NOW), signature: undefined, rawBody, ...overrides };
	return verifySvixRequest(secrets, request, now);
}

describe('verifying a Svix signature', () => {
	it('accepts the published example', () => {
		const request = {
			id: ID,
			timestamp: '1614265330',
			signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
			rawBody: Buffer.from('{"test": 2432232314}'),
		};
		expect(verifySvixRequest([SECRET], request, 1_614_265_330)).toEqual({ valid: true, secret: 0 });
	});

	it.each(Object.entries(BODIES))(
		'accepts what the official svix package signed: %s',
		(_name, body) => {
			expect(verify(body, { signature: svixSignature(body) })).toEqual({ valid: true, secret: 0 });
		},
	);

	it.each(Object.entries(BODIES))('accepts what standardwebhooks signed: %s', (_name, body) => {
		expect(verify(body, { signature: sign(body) })).toEqual({ valid: true, secret: 0 });
	});

	it.each(Object.entries(BODIES))('accepts what openssl signed: %s', (_name, body) => {
		expect(verify(body, { signature: opensslSignature(body) })).toEqual({ valid: true, secret: 0 });
	});

	it.each([-300, -299, 0, 299, 300])('accepts a clock that is %i s away', (seconds) => {
		expect(verify('{}', { signature: sign('{}') }, NOW + seconds).valid).toBe(true);
	});

	it.each<[number, SvixRefusalReason]>([
		[301, 'timestamp-too-old'],
		[86_400, 'timestamp-too-old'],
		[-301, 'timestamp-in-future'],
		[-86_400, 'timestamp-in-future'],
	])('refuses a clock that is %i s away', (seconds, reason) => {
		expect(verify('{}', { signature: sign('{}') }, NOW + seconds)).toEqual({
			valid: false,
			reason,
		});
	});

	it('says which of the secrets fits', () => {
		const old = { signature: sign('{}', OLD_SECRET) };
		expect(verify('{}', old, NOW, [SECRET, OLD_SECRET])).toEqual({ valid: true, secret: 1 });
		expect(verify('{}', old, NOW, [OLD_SECRET, SECRET])).toEqual({ valid: true, secret: 0 });
		expect(verify('{}', old, NOW, [SECRET, '', 'whsec_?', OLD_SECRET])).toEqual({
			valid: true,
			secret: 3,
		});
		expect(verify('{}', old)).toEqual({ valid: false, reason: 'signature-mismatch' });
	});

	it('accepts any of several signatures, as while a secret is rotated', () => {
		const [ours, theirs] = [sign('{}'), sign('{}', OLD_SECRET)];
		for (const signature of [`${ours} ${theirs}`, `${theirs} ${ours}`]) {
			expect(verify('{}', { signature })).toEqual({ valid: true, secret: 0 });
		}
	});

	it.each([
		`v1a,${'A'.repeat(86)}== ${sign('{}')}`,
		`${sign('{}')} v2,c29tZXRoaW5n`,
		`v1,short ${sign('{}')}`,
		` ${sign('{}')}  `,
	])('passes over what it does not know: %s', (signature) => {
		expect(verify('{}', { signature })).toEqual({ valid: true, secret: 0 });
	});

	const good = sign('{}');
	const bytes = good.slice('v1,'.length);

	it.each<[string, object, SvixRefusalReason]>([
		['no id', { id: undefined }, 'id-missing'],
		['an empty id', { id: '' }, 'id-missing'],
		['an id with a dot', { id: `${ID}.1` }, 'id-malformed'],
		['an id with a space', { id: `${ID} ` }, 'id-malformed'],
		['an id that is not ASCII', { id: 'msg_é' }, 'id-malformed'],
		['an endless id', { id: 'm'.repeat(257) }, 'id-malformed'],
		['a list of ids', { id: [ID] }, 'id-malformed'],
		['the id of another message', { id: 'msg_other' }, 'signature-mismatch'],
		['no timestamp', { timestamp: undefined }, 'timestamp-missing'],
		['an empty timestamp', { timestamp: '' }, 'timestamp-missing'],
		['a timestamp with letters after it', { timestamp: `${NOW}abc` }, 'timestamp-malformed'],
		['a timestamp with a fraction', { timestamp: `${NOW}.0` }, 'timestamp-malformed'],
		['a timestamp with a sign', { timestamp: `+${NOW}` }, 'timestamp-malformed'],
		['a timestamp in milliseconds', { timestamp: `${NOW}000` }, 'timestamp-malformed'],
		['a timestamp that was written otherwise', { timestamp: `0${NOW}` }, 'signature-mismatch'],
		['a number as timestamp', { timestamp: NOW }, 'timestamp-malformed'],
		['another timestamp', { timestamp: String(NOW + 1) }, 'signature-mismatch'],
		['no signature', { signature: undefined }, 'signature-missing'],
		['an empty signature', { signature: '' }, 'signature-missing'],
		['no version', { signature: bytes }, 'signature-malformed'],
		['only versions that are not known', { signature: `v2,${bytes}` }, 'signature-malformed'],
		['the asymmetric version', { signature: `v1a,${bytes}` }, 'signature-malformed'],
		['a version alone', { signature: 'v1,' }, 'signature-malformed'],
		['a short signature', { signature: good.slice(0, 20) }, 'signature-malformed'],
		['a long signature', { signature: `${good}AAAA` }, 'signature-malformed'],
		['no padding', { signature: good.slice(0, -1) }, 'signature-malformed'],
		['URL-safe Base64', { signature: `v1,${'-_'.repeat(21)}A=` }, 'signature-malformed'],
		['commas between signatures', { signature: `${good},${good}` }, 'signature-malformed'],
		['a newline at the end', { signature: `${good}\n` }, 'signature-malformed'],
		['a list of signatures', { signature: [good] }, 'signature-malformed'],
		['a signature of zeros', { signature: `v1,${'A'.repeat(43)}=` }, 'signature-mismatch'],
	])('refuses %s', (_name, overrides, reason) => {
		expect(verify('{}', { signature: good, ...overrides })).toEqual({ valid: false, reason });
	});

	it('cannot be made to read the end of the id as the timestamp', () => {
		const signature = new Webhook(SECRET).sign('msg', new Date(NOW * 1000), '7.{}');
		const moved = { id: `msg.${NOW}`, timestamp: '7', signature };
		expect(verify('{}', moved, 7)).toEqual({ valid: false, reason: 'id-malformed' });
	});

	it.each<[string, string[], SvixRefusalReason]>([
		['no secret', [], 'secret-not-set'],
		['an empty secret', [''], 'secret-not-set'],
		['an empty secret before a good one', ['', SECRET], 'secret-not-set'],
		['a prefix alone', ['whsec_'], 'secret-malformed'],
		['no prefix', [SECRET.slice('whsec_'.length)], 'secret-malformed'],
		['a secret with a newline', [`${SECRET}\n`], 'secret-malformed'],
		['a secret that is not Base64', ['whsec_not base64!'], 'secret-malformed'],
		['Base64 that breaks off', [`${SECRET}A`], 'secret-malformed'],
		['a key of 23 bytes', [`whsec_${Buffer.alloc(23, 7).toString('base64')}`], 'secret-malformed'],
	])('refuses everything with %s', (_name, secrets, reason) => {
		const key = Buffer.from((secrets[0] ?? '').replace('whsec_', ''), 'base64');
		const digest = createHmac('sha256', key).update(`${ID}.${NOW}.{}`).digest('base64');
		expect(verify('{}', { signature: `v1,${digest}` }, NOW, secrets)).toEqual({
			valid: false,
			reason,
		});
	});

	it('tells bytes apart that decode to the same text', () => {
		const replacement = Buffer.from('{"a":"\ufffd"}');
		const broken = Buffer.from(replacement.toString('latin1').replace('ï¿½', 'ÿ'), 'latin1');
		expect(broken.toString('utf8')).toBe(replacement.toString('utf8'));
		const signature = sign(replacement.toString());
		expect(verify(replacement, { signature }).valid).toBe(true);
		expect(verify(broken, { signature }).valid).toBe(false);
	});

	it('accepts whatever was signed and refuses it with any one byte changed', () => {
		fc.assert(
			fc.property(
				fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }),
				fc.nat(),
				fc.integer({ min: 1, max: 255 }),
				(body, position, change) => {
					const signature = sign(body);
					const changed = Buffer.from(body);
					const index = position % changed.length;
					changed[index] = changed[index]! ^ change;
					expect(verify(body, { signature }).valid).toBe(true);
					expect(verify(changed, { signature }).valid).toBe(false);
				},
			),
		);
	});

	it('never throws, whatever the headers and the secrets hold', () => {
		fc.assert(
			fc.property(
				fc.anything(),
				fc.anything(),
				fc.anything(),
				fc.array(fc.oneof(fc.string(), fc.constant(SECRET))),
				(id, timestamp, signature, secrets) => {
					const request = { id, timestamp, signature, rawBody: Buffer.from('{}') };
					expect(verifySvixRequest(secrets, request, NOW).valid).toBe(false);
				},
			),
		);
	});
});
