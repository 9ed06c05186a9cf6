import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';

import fc from 'fast-check';

import { type MetaRefusalReason, verifyMetaRequest } from '../../../../nodes/shared/signing/meta';

const SECRET = '5ebe2294ecd0e0f08eab7690d2a6ee69';
const OTHER = 'e99a18c428cb38d5f260853678922e03';
const INSTAGRAM = '0cc175b9c0f1b6a831c399e269772661';

/** The text of the messages stands in the bytes as Meta writes it: all but ASCII as escapes. */
const BODIES = {
	'an empty body': '',
	'an event': '{"object":"page","entry":[]}',
	'ñ as an escape': '{"text":"12 Pi\\u00f1on St"}',
	'₱ as an escape': '{"text":"\\u20b15,000,000"}',
	'emoji as a pair of escapes': '{"text":"\\ud83c\\udfe1\\u2728"}',
	'slashes as escapes': '{"url":"https:\\/\\/example.com\\/a"}',
	'letters that stand for themselves': '{"text":"Piñon ₱ 🏡"}',
};

function opensslSignature(body: string, secret = SECRET): string {
	const digest = execFileSync('openssl', ['dgst', '-sha256', '-hmac', secret, '-binary'], {
		input: body,
	});
	return `sha256=${digest.toString('hex')}`;
}

/** RFC 2104 by hand, of two hashes. */
function hmacByHand(body: Buffer | string, secret: string): string {
	const key = Buffer.alloc(64);
	Buffer.from(secret).copy(key);
	const inner = createHash('sha256').update(key.map((byte) => byte ^ 0x36));
	const outer = createHash('sha256').update(key.map((byte) => byte ^ 0x5c));
	return outer.update(inner.update(body).digest()).digest('hex');
}

const sign = (body: Buffer | string, secret = SECRET) => `sha256=${hmacByHand(body, secret)}`;

function verify(body: Buffer | string, headers: object, secrets: readonly string[] = [SECRET]) {
	const rawBody = Buffer.from(body);
	const request = { signature: undefined, legacySignature: undefined, rawBody, ...headers };
	return verifyMetaRequest(secrets, request);
}

const ACCEPTED = { valid: true, secret: 0 };
const MISMATCH = { valid: false, reason: 'signature-mismatch' };

describe("verifying Meta's signature", () => {
	it("accepts GitHub's published example, whose scheme is the same", () => {
		const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
		const secret = "It's a Secret to Everybody";
		expect(verify('Hello, World!', { signature }, [secret])).toEqual(ACCEPTED);
		expect(verify('Hello, World.', { signature }, [secret])).toEqual(MISMATCH);
	});

	it.each(Object.entries(BODIES))('accepts what openssl signed: %s', (_name, body) => {
		expect(verify(body, { signature: opensslSignature(body) })).toEqual(ACCEPTED);
	});

	it.each(Object.entries(BODIES))('accepts an HMAC by hand: %s', (_name, body) => {
		expect(verify(body, { signature: sign(body) })).toEqual(ACCEPTED);
	});

	it.each([
		BODIES['ñ as an escape'],
		BODIES['₱ as an escape'],
		BODIES['emoji as a pair of escapes'],
		BODIES['slashes as escapes'],
	])('refuses the same JSON written again: %s', (body) => {
		const again = JSON.stringify(JSON.parse(body));
		expect(JSON.parse(again)).toEqual(JSON.parse(body));
		expect(verify(again, { signature: sign(body) })).toEqual(MISMATCH);
	});

	it('says which of the secrets fits', () => {
		const signature = sign('{}', INSTAGRAM);
		expect(verify('{}', { signature }, [SECRET, OTHER, INSTAGRAM])).toEqual({
			valid: true,
			secret: 2,
		});
		expect(verify('{}', { signature }, ['', INSTAGRAM])).toEqual({ valid: true, secret: 1 });
		expect(verify('{}', { signature }, [INSTAGRAM, SECRET])).toEqual(ACCEPTED);
		expect(verify('{}', { signature }, [SECRET, OTHER])).toEqual(MISMATCH);
	});

	it('does not take an empty secret for one, not even beside a good one', () => {
		expect(verify('{}', { signature: sign('{}', '') }, ['', SECRET, ''])).toEqual(MISMATCH);
	});

	it.each<[string, string[]]>([
		['no secret', []],
		['an empty secret', ['']],
		['only empty secrets', ['', '', '']],
	])('refuses everything with %s', (_name, secrets) => {
		expect(verify('{}', { signature: sign('{}', '') }, secrets)).toEqual({
			valid: false,
			reason: 'secret-not-set',
		});
	});

	const good = sign('{}');
	const hex = good.slice('sha256='.length);
	const sha1 = `sha1=${createHmac('sha1', SECRET).update('{}').digest('hex')}`;

	it.each<[string, object, MetaRefusalReason]>([
		['no signature', {}, 'signature-missing'],
		['an empty signature', { signature: '' }, 'signature-missing'],
		['two empty signatures', { signature: '', legacySignature: '' }, 'signature-missing'],
		['SHA-1 alone', { legacySignature: sha1 }, 'signature-legacy'],
		['SHA-1 and an empty one', { signature: '', legacySignature: sha1 }, 'signature-legacy'],
		['SHA-256 in the header of SHA-1', { legacySignature: good }, 'signature-legacy'],
		['SHA-1 in the header of SHA-256', { signature: sha1 }, 'signature-malformed'],
		['no algorithm', { signature: hex }, 'signature-malformed'],
		['another algorithm', { signature: `sha512=${hex}` }, 'signature-malformed'],
		['an algorithm in capitals', { signature: `SHA256=${hex}` }, 'signature-malformed'],
		['digits in capitals', { signature: `sha256=${hex.toUpperCase()}` }, 'signature-malformed'],
		['a digit too few', { signature: good.slice(0, -1) }, 'signature-malformed'],
		['a digit too many', { signature: `${good}0` }, 'signature-malformed'],
		['a letter that is no digit', { signature: `sha256=g${hex.slice(1)}` }, 'signature-malformed'],
		['digits of full width', { signature: `sha256=０${hex.slice(1)}` }, 'signature-malformed'],
		['a space before', { signature: ` ${good}` }, 'signature-malformed'],
		['a space after', { signature: `${good} ` }, 'signature-malformed'],
		['a newline after', { signature: `${good}\n` }, 'signature-malformed'],
		['two signatures', { signature: `${good},${good}` }, 'signature-malformed'],
		['a list of signatures', { signature: [good] }, 'signature-malformed'],
		['a signature of zeros', { signature: `sha256=${'0'.repeat(64)}` }, 'signature-mismatch'],
		[
			'another secret beside a good SHA-1',
			{ signature: sign('{}', OTHER), legacySignature: sha1 },
			'signature-mismatch',
		],
	])('refuses %s', (_name, headers, reason) => {
		expect(verify('{}', headers)).toEqual({ valid: false, reason });
	});

	it('tells bytes apart that decode to the same text', () => {
		const replacement = Buffer.from('{"a":"\ufffd"}');
		const broken = Buffer.from(replacement.toString('latin1').replace('ï¿½', 'ÿ'), 'latin1');
		expect(broken.toString('utf8')).toBe(replacement.toString('utf8'));
		const signature = sign(replacement);
		expect(verify(replacement, { signature })).toEqual(ACCEPTED);
		expect(verify(broken, { signature })).toEqual(MISMATCH);
	});

	it('accepts whatever was signed and refuses it with any one byte changed', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ minLength: 1, maxLength: 300 }),
				fc.nat(),
				fc.integer({ min: 1, max: 255 }),
				(bytes, position, change) => {
					const signature = sign(Buffer.from(bytes));
					const changed = Buffer.from(bytes);
					const index = position % changed.length;
					changed[index] = changed[index]! ^ change;
					expect(verify(Buffer.from(bytes), { signature })).toEqual(ACCEPTED);
					expect(verify(changed, { signature })).toEqual(MISMATCH);
				},
			),
		);
	});

	it('never throws, whatever the headers and the secrets hold', () => {
		fc.assert(
			fc.property(
				fc.anything(),
				fc.anything(),
				fc.array(fc.oneof(fc.string(), fc.constant(SECRET))),
				(signature, legacySignature, secrets) => {
					expect(verify('{}', { signature, legacySignature }, secrets).valid).toBe(false);
				},
			),
		);
	});
});
