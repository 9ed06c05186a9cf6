import { createHmac } from 'node:crypto';

import { metaScheme } from '../../../../nodes/shared/intake/metaScheme';

const [CURRENT, PREVIOUS, INSTAGRAM] = ['the current secret', 'the previous one', "Instagram's"];
const SECRETS = [CURRENT, PREVIOUS, INSTAGRAM];
const NOW = 1_790_000_000;
const BODY = Buffer.from('{"object":"page","text":"Pi\\u00f1on \\u20b1 \\ud83c\\udfe1"}');
const MESSAGE = 'X-Hub-Signature-256 is missing or does not belong to this request.';

/** Signed by node's crypto alone. */
const hmac = (algorithm: string, secret: string) =>
	`${algorithm}=${createHmac(algorithm, secret).update(BODY).digest('hex')}`;

describe("a request under Meta's scheme", () => {
	it.each([
		[CURRENT, 'current'],
		[PREVIOUS, 'previous'],
		[INSTAGRAM, 'previous'],
	])('is valid under any of our secrets, and says which: %s', (secret, which) => {
		const check = metaScheme({ 'x-hub-signature-256': hmac('sha256', secret) }, SECRETS);
		expect(check(BODY, NOW)).toEqual({ valid: true, secret: which });
	});

	it.each<[string, Record<string, unknown>, string]>([
		['no signature', {}, 'signature-missing'],
		['SHA-1 alone', { 'x-hub-signature': hmac('sha1', CURRENT) }, 'signature-legacy'],
		['half a signature', { 'x-hub-signature-256': 'sha256=0123' }, 'signature-malformed'],
		[
			'the signature of somebody else',
			{ 'x-hub-signature-256': hmac('sha256', 'guessed') },
			'signature-mismatch',
		],
	])(
		'with %s is refused, with the reason for us and the header for the sender',
		(_what, headers, reason) => {
			const verdict = metaScheme(headers, SECRETS)(BODY, NOW);
			expect(verdict).toEqual({ valid: false, reason, message: MESSAGE });
		},
	);

	it('is checked over the bytes received', () => {
		const check = metaScheme({ 'x-hub-signature-256': hmac('sha256', CURRENT) }, SECRETS);
		const again = Buffer.from(JSON.stringify(JSON.parse(BODY.toString())));
		expect(check(again, NOW)).toMatchObject({ valid: false, reason: 'signature-mismatch' });
	});

	it('does not tell the sender that no secret is set', () => {
		const check = metaScheme({ 'x-hub-signature-256': hmac('sha256', '') }, ['']);
		expect(check(BODY, NOW)).toEqual({
			valid: false,
			reason: 'secret-not-set',
			message: MESSAGE,
		});
	});
});
