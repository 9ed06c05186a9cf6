import { execFileSync } from 'node:child_process';

import fc from 'fast-check';

import {
	readUnsubscribeToken,
	unsubscribeToken,
	unsubscribeUrl,
} from '../../../../nodes/CampaignDispatch/delivery/unsubscribe';

const SECRET = 'any long random text, with ñ';
const RECIPIENT = '0123456789abcdef0123456789abcdef';

describe('a token to leave', () => {
	const token = unsubscribeToken(SECRET, 'c-1', RECIPIENT);

	it('says who leaves what', () => {
		expect(readUnsubscribeToken([SECRET], token)).toEqual({
			campaignId: 'c-1',
			recipient: RECIPIENT,
		});
	});

	it('has the first half of the HMAC that openssl computes', () => {
		const [subject, mac] = token.split('.');
		expect(Buffer.from(subject!, 'base64url').toString()).toBe(`c-1.${RECIPIENT}`);
		const output = execFileSync('openssl', ['dgst', '-sha256', '-hmac', SECRET, '-binary'], {
			input: `unsubscribe:${subject}`,
		});
		expect(mac).toBe(output.subarray(0, 16).toString('base64url'));
	});

	it('is still good when its secret is the previous one', () => {
		expect(readUnsubscribeToken(['new', SECRET], token)).toMatchObject({ campaignId: 'c-1' });
		expect(readUnsubscribeToken(['new', 'other'], token)).toBeUndefined();
	});

	it('is the same each time, for it stands in mails that have to be the same', () => {
		expect(unsubscribeToken(SECRET, 'c-1', RECIPIENT)).toBe(token);
	});

	it.each([
		['without a campaign', '', RECIPIENT],
		['with a campaign that has a dot', 'c.1', RECIPIENT],
		['without a recipient', 'c-1', ''],
		['with an address', 'c-1', 'ana@example.com'],
	])('is not made %s', (_name, campaignId, recipient) => {
		expect(() => unsubscribeToken(SECRET, campaignId, recipient)).toThrow(RangeError);
	});

	it('is neither made nor read with an empty secret', () => {
		expect(() => unsubscribeToken('', 'c-1', RECIPIENT)).toThrow('The unsubscribe secret is empty');
		expect(readUnsubscribeToken([''], token)).toBeUndefined();
		expect(readUnsubscribeToken([], token)).toBeUndefined();
	});

	it('is refused with any one character changed', () => {
		for (let place = 0; place < token.length; place++) {
			for (const other of ['A', 'B', '_', '.', '=', ' ']) {
				// The last character has two bits, of four, that mean nothing.
				if (token[place] === other || place === token.length - 1) continue;
				const changed = token.slice(0, place) + other + token.slice(place + 1);
				expect(readUnsubscribeToken([SECRET], changed)).toBeUndefined();
			}
		}
	});

	it.each([
		'',
		'.',
		'a.b',
		`${token}A`,
		`${token} `,
		`${token}\n`,
		token.split('.')[0]!,
		`x${token}`,
	])('is not %j', (text) => {
		expect(readUnsubscribeToken([SECRET], text)).toBeUndefined();
	});

	it('reads back for every campaign and recipient, and under no other secret', () => {
		const campaign = fc.stringMatching(/^[A-Za-z0-9_-]{1,128}$/);
		const recipient = fc.stringMatching(/^[0-9a-f]{32}$/);
		const secret = fc.string({ minLength: 1 });
		fc.assert(
			fc.property(campaign, recipient, secret, secret, (campaignId, person, one, other) => {
				const made = unsubscribeToken(one, campaignId, person);
				expect(made).toMatch(/^[\w.-]+$/);
				expect(readUnsubscribeToken([one], made)).toEqual({ campaignId, recipient: person });
				if (one !== other) expect(readUnsubscribeToken([other], made)).toBeUndefined();
			}),
		);
	});

	it('never throws, whatever comes in a link', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(readUnsubscribeToken([SECRET], text)).toBeUndefined();
			}),
		);
	});
});

describe('the link to leave', () => {
	it.each([
		['https://n8n.example.com/webhook/leave', 'https://n8n.example.com/webhook/leave?token=t.1'],
		['https://example.com/leave?lang=en', 'https://example.com/leave?lang=en&token=t.1'],
		['http://localhost:5678/webhook/leave', 'http://localhost:5678/webhook/leave?token=t.1'],
		['http://127.0.0.1:5678/x', 'http://127.0.0.1:5678/x?token=t.1'],
	])('below %s is %s', (base, expected) => {
		expect(unsubscribeUrl(base, 't.1')).toBe(expected);
	});

	it.each(['', 'leave', 'http://example.com/leave', 'ftp://example.com', 'javascript:alert(1)'])(
		'is not made below %j',
		(base) => {
			expect(() => unsubscribeUrl(base, 't.1')).toThrow(RangeError);
		},
	);

	it('cannot end the header that it stands in', () => {
		const url = unsubscribeUrl('https://example.com/a b>?x=<\r\n', 't.1');
		expect(url).not.toMatch(/[<>\s]/);
	});
});
