import fc from 'fast-check';

import { impersonal } from '../../../../nodes/shared/text/impersonal';

describe('a text that somebody else wrote', () => {
	it.each([
		['550 5.1.1 <ana.cruz@example.com>: no such user', '550 5.1.1 <(e-mail)>: no such user'],
		['to=ana@example.com,ben@example.co.uk', 'to=(e-mail),(e-mail)'],
		['"Ana Cruz+news"@example.com is full', '(e-mail) is full'],
		['Call +63 917 123 4567 now', 'Call (phone number) now'],
		['Call 0917-123-4567', 'Call (phone number)'],
		['Call (02) 8123 4567.', 'Call (phone number).'],
	])('says %p as %p', (text, told) => {
		expect(impersonal(text, 200)).toBe(told);
	});

	it.each([
		'Permanent/General: 550 5.7.1',
		'on 2026-11-23T02:00:05Z',
		'mail 56761188-7520-42d8-8898-ff6fc54ce618',
		'0.5 of 1250 mails',
		'@ home',
		'',
	])('keeps what is neither an address nor a number: %p', (text) => {
		expect(impersonal(text, 200)).toBe(text);
	});

	it('is one line, of no more than so many characters', () => {
		expect(impersonal('no\r\nsuch\tuser', 200)).toBe('no such user');
		expect(impersonal('x'.repeat(50), 10)).toHaveLength(10);
	});

	it('holds no address, wherever one stands', () => {
		const name = fc.stringMatching(/^[a-z0-9._+-]{1,20}$/);
		const address = fc.tuple(name, name).map(([local, domain]) => `${local}@${domain}.com`);
		fc.assert(
			fc.property(fc.string(), address, fc.string(), (before, email, after) => {
				expect(impersonal(`${before} ${email} ${after}`, 500)).not.toContain(email);
			}),
		);
	});

	it('is the same when it is told again', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: 'grapheme' }),
				fc.integer({ min: 1, max: 80 }),
				(text, length) => {
					const told = impersonal(text, length);
					expect(impersonal(told, length)).toBe(told);
				},
			),
		);
	});
});
