import { execFileSync } from 'node:child_process';

import fc from 'fast-check';

import {
	normaliseAddress,
	recipientKey,
} from '../../../../nodes/CampaignDispatch/delivery/recipient';

describe('an address that mail can be sent to', () => {
	it.each([
		['ana@example.com', 'ana@example.com'],
		['  ana@example.com\t', 'ana@example.com'],
		['Ana.Santos+list@Example.COM', 'Ana.Santos+list@example.com'],
		["o'neil@example.co.uk", "o'neil@example.co.uk"],
		['a@b.co', 'a@b.co'],
		['user_name-1=x@mail-2.example.ph', 'user_name-1=x@mail-2.example.ph'],
		['ana@münchen.de', 'ana@xn--mnchen-3ya.de'],
		['ana@xn--mnchen-3ya.de', 'ana@xn--mnchen-3ya.de'],
		['ana@例え.テスト', 'ana@xn--r8jz45g.xn--zckzah'],
		[`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
	])('%j is %j', (text, expected) => {
		expect(normaliseAddress(text)).toBe(expected);
	});

	it.each([
		'',
		'   ',
		'ana',
		'ana@',
		'@example.com',
		'ana@@example.com',
		'ana@b@example.com',
		'ana@localhost',
		'ana@example',
		'ana@example.c',
		'ana@example.123',
		'ana@1.2',
		'ana@127.0.0.1',
		'ana@[127.0.0.1]',
		'ana@0x7f.1',
		'ana@-example.com',
		'ana@example-.com',
		'ana@exa mple.com',
		'ana@example..com',
		'ana@.example.com',
		'ana@example.com.',
		'ana@exam_ple.com',
		'ana@ex%61mple.com',
		'ana@example.com:25',
		'ana@example.com/x',
		'ana@user@example.com',
		'.ana@example.com',
		'ana.@example.com',
		'a..b@example.com',
		'ana santos@example.com',
		'"ana santos"@example.com',
		'ana,ben@example.com',
		'ana@example.com,ben@example.com',
		'ana@example.com;ben@example.com',
		'ana@example.com ben@example.com',
		'Ana <ana@example.com>',
		'<ana@example.com>',
		'mailto:ana@example.com',
		'ana@example.com\r\nBcc: ben@example.com',
		'ana\n@example.com',
		'ana@exam\nple.com',
		'ana@exam\tple.com',
		'ana\u0000@example.com',
		'ana\u200b@example.com',
		'añá@example.com',
		'ana@example.com (Ana)',
		`${'a'.repeat(65)}@example.com`,
		`ana@${'a'.repeat(64)}.com`,
		`ana@${'abcdefgh.'.repeat(28)}com`,
	])('%j is none', (text) => {
		expect(normaliseAddress(text)).toBeUndefined();
	});

	it('is itself when it is read again, is short, and cannot end a header', () => {
		fc.assert(
			fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary' })), (text) => {
				const address = normaliseAddress(text);
				if (address === undefined) return;
				expect(normaliseAddress(address)).toBe(address);
				expect(address.length).toBeLessThanOrEqual(254);
				expect(address).toMatch(/^[\x21-\x7e]+@[a-z0-9.-]+$/);
				expect(address).not.toMatch(/[,;<>"]/);
			}),
		);
	});

	it('takes nearly every address that a generator of addresses makes', () => {
		const addresses = fc.sample(fc.emailAddress(), 500);
		const taken = addresses.filter((address) => normaliseAddress(address) !== undefined);
		expect(taken.length).toBeGreaterThan(490);
	});
});

describe('the key of a recipient', () => {
	it('is the beginning of the SHA-256 that openssl computes', () => {
		const output = execFileSync('openssl', ['dgst', '-sha256', '-r'], { input: 'ana@example.com' });
		expect(recipientKey('ana@example.com')).toBe(output.toString().slice(0, 32));
	});

	it.each([' ANA@example.com', 'ana@EXAMPLE.com\n', 'Ana@Example.Com'])(
		'is the same for %j',
		(text) => {
			expect(recipientKey(text)).toBe(recipientKey('ana@example.com'));
			expect(recipientKey(text)).toMatch(/^[0-9a-f]{32}$/);
		},
	);

	it('is another for another person', () => {
		expect(recipientKey('ana@example.com')).not.toBe(recipientKey('anna@example.com'));
	});
});
