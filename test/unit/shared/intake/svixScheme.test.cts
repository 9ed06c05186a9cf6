import { Webhook } from 'standardwebhooks';

import { svixScheme } from '../../../../nodes/shared/intake/svixScheme';

const secretOf = (text: string) => `whsec_${Buffer.from(text).toString('base64')}`;
const CURRENT = secretOf('the current webhook secret');
const PREVIOUS = secretOf('the previous webhook secret');
const OLDEST = secretOf('the oldest webhook secret');
const NOW = 1_790_000_000;
const BODY = Buffer.from('{"type":"email.opened","note":"ñ ₱ 🏡"}');

/** Signed by the library of Standard Webhooks. */
const headersBy = (secret: string, changed: Record<string, unknown> = {}) => ({
	'svix-id': 'msg_1',
	'svix-timestamp': String(NOW),
	'svix-signature': new Webhook(secret).sign('msg_1', new Date(NOW * 1000), BODY.toString()),
	...changed,
});

describe("a request under Svix's scheme", () => {
	it.each([
		[CURRENT, 'current'],
		[PREVIOUS, 'previous'],
		[OLDEST, 'previous'],
	])('is valid under any of our secrets, and says which', (secret, which) => {
		const check = svixScheme(headersBy(secret), [CURRENT, PREVIOUS, OLDEST]);
		expect(check(BODY, NOW)).toEqual({ valid: true, secret: which });
	});

	it.each<[string, Record<string, unknown>, string, string]>([
		['no id', { 'svix-id': undefined }, 'id-missing', 'svix-id is missing or malformed.'],
		['an id with a dot', { 'svix-id': 'a.b' }, 'id-malformed', 'svix-id is missing or malformed.'],
		[
			'no timestamp',
			{ 'svix-timestamp': undefined },
			'timestamp-missing',
			'svix-timestamp is missing, malformed or outside the accepted window.',
		],
		[
			'a timestamp in words',
			{ 'svix-timestamp': 'now' },
			'timestamp-malformed',
			'svix-timestamp is missing, malformed or outside the accepted window.',
		],
		[
			'an old timestamp',
			{ 'svix-timestamp': String(NOW - 301) },
			'timestamp-too-old',
			'svix-timestamp is missing, malformed or outside the accepted window.',
		],
		[
			'no signature',
			{ 'svix-signature': undefined },
			'signature-missing',
			'svix-signature is missing or does not belong to this request.',
		],
		[
			'another signature',
			{ 'svix-signature': `v1,${Buffer.alloc(32).toString('base64')}` },
			'signature-mismatch',
			'svix-signature is missing or does not belong to this request.',
		],
	])(
		'with %s is refused, with the reason for us and the header for the sender',
		(_what, changed, reason, message) => {
			const check = svixScheme(headersBy(CURRENT, changed), [CURRENT]);
			expect(check(BODY, NOW)).toEqual({ valid: false, reason, message });
		},
	);

	it('is checked over the bytes received', () => {
		const other = Buffer.from(BODY.toString().replace('opened', 'bounced'));
		expect(svixScheme(headersBy(CURRENT), [CURRENT])(other, NOW)).toMatchObject({ valid: false });
	});

	it.each([
		['set', []],
		['readable', ['whsec_!']],
	])('does not tell the sender that no secret is %s', (_what, secrets) => {
		expect(svixScheme(headersBy(CURRENT), secrets)(BODY, NOW)).toEqual({
			valid: false,
			reason: expect.stringMatching(/^secret-/),
			message: 'svix-signature is missing or does not belong to this request.',
		});
	});
});
