import fc from 'fast-check';

import { checkSender, mailFor } from '../../../../nodes/CampaignDispatch/delivery/mail';
import { normaliseSender, senderAddress } from '../../../../nodes/CampaignDispatch/delivery/sender';

const PARTS = {
	from: 'Company Sales <sales@company.com>',
	campaignId: 'c-1',
	recipient: '0123456789abcdef0123456789abcdef',
	email: 'ana@example.com',
	rendered: { subject: 'New in Makati', html: '<p>Hello</p>', text: 'Hello' },
	unsubscribeUrl: 'https://n8n.example.com/webhook/leave?token=t',
};

describe('the mail to one person', () => {
	it('is what Resend takes', () => {
		expect(mailFor(PARTS)).toEqual({
			from: 'Company Sales <sales@company.com>',
			to: ['ana@example.com'],
			subject: 'New in Makati',
			html: '<p>Hello</p>',
			text: 'Hello',
			headers: {
				'List-Unsubscribe': '<https://n8n.example.com/webhook/leave?token=t>',
				'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
			},
			tags: [
				{ name: 'campaign', value: 'c-1' },
				{ name: 'recipient', value: '0123456789abcdef0123456789abcdef' },
			],
		});
	});

	it('names whom to answer where somebody else is to be answered', () => {
		expect(mailFor({ ...PARTS, replyTo: 'Ana Cruz <ana@company.com>' }).reply_to).toBe(
			'Ana Cruz <ana@company.com>',
		);
		for (const replyTo of [undefined, null, '']) {
			expect(mailFor({ ...PARTS, replyTo })).not.toHaveProperty('reply_to');
		}
	});

	it('is the same bytes whenever it is made', () => {
		expect(JSON.stringify(mailFor({ ...PARTS }))).toBe(JSON.stringify(mailFor(PARTS)));
	});

	it('has a subject of one line, whatever the data held', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (name) => {
				const rendered = { ...PARTS.rendered, subject: `Hello ${name}\r\nBcc: eve@example.com` };
				const { subject } = mailFor({ ...PARTS, rendered });
				expect(subject).not.toMatch(/[\r\n\p{Cc}]/u);
				expect(subject.length).toBeLessThanOrEqual(900);
			}),
		);
	});

	it.each(['from', 'replyTo'])('refuses headers that somebody writes through %s', (field) => {
		const injected = 'Sales <sales@company.com>\r\nBcc: eve@example.com';
		expect(() => mailFor({ ...PARTS, [field]: injected })).toThrow(RangeError);
	});
});

describe('the sender', () => {
	it.each([
		['sales@company.com', 'sales@company.com'],
		[' sales@Company.com ', 'sales@company.com'],
		['<sales@company.com>', 'sales@company.com'],
		['Sales <sales@company.com>', 'Sales <sales@company.com>'],
		['Sales<sales@company.com>', 'Sales <sales@company.com>'],
		['"Sales" <sales@company.com>', 'Sales <sales@company.com>'],
		['"Cruz, Ana" <sales@company.com>', '"Cruz, Ana" <sales@company.com>'],
		['Company Inc. <sales@company.com>', '"Company Inc." <sales@company.com>'],
		['Señor Piñon 🏡 <sales@company.com>', 'Señor Piñon 🏡 <sales@company.com>'],
	])('%j is sent as %j', (text, expected) => {
		expect(normaliseSender(text)).toBe(expected);
		expect(normaliseSender(expected)).toBe(expected);
		expect(senderAddress(expected)).toBe('sales@company.com');
	});

	it.each([
		'',
		'Sales',
		'Sales sales@company.com',
		'Sales <sales@company.com',
		'Sales <sales@company.com> more',
		'Sales <<sales@company.com>>',
		'Sales <a@company.com> <b@company.com>',
		'a@company.com, b@company.com',
		'Sales <a@company.com,b@company.com>',
		'"Sales <sales@company.com>',
		'Sa"les <sales@company.com>',
		'Sales \\ <sales@company.com>',
		'Sales\n<sales@company.com>',
		'sales@company.com\r\n',
		'Sales\u0000 <sales@company.com>',
		'Sa\u2028les <sales@company.com>',
		'Sales\u202e <sales@company.com>',
		`${'x'.repeat(201)} <sales@company.com>`,
		'Sales <sales@localhost>',
	])('%j is refused', (text) => {
		expect(() => checkSender(text)).toThrow('The sender has to be an address');
	});
});
