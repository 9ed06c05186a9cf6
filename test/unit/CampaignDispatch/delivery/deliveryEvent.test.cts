import fc from 'fast-check';

import { readDeliveryEvent } from '../../../../nodes/CampaignDispatch/delivery/deliveryEvent';
import { recipientKey } from '../../../../nodes/CampaignDispatch/delivery/recipient';
import { checkContract } from '../../../../nodes/shared/contracts/check';
import { resendEvent } from '../../../../nodes/shared/contracts/resendEvent';

const ANA = recipientKey('ana@example.com');
const TAGS = { campaign: 'c-1', recipient: ANA };

function read(type: string, data: object = {}, createdAt = '2026-11-22T10:00:00.000Z') {
	const body = {
		type,
		created_at: createdAt,
		data: {
			email_id: 'e-1',
			created_at: '2026-11-22T09:59:59.894719+00:00',
			from: 'Sales <sales@company.com>',
			to: ['ana@example.com'],
			subject: 'Hello Ana',
			tags: TAGS,
			...data,
		},
	};
	const verdict = checkContract(resendEvent, body);
	if (!verdict.ok) throw new Error(JSON.stringify(verdict.problems));
	return readDeliveryEvent(verdict.value);
}

function bounced(bounce: object) {
	return read('email.bounced', { bounce });
}

describe('what became of a mail', () => {
	it.each([
		['email.sent', 'sent'],
		['email.delivered', 'delivered'],
		['email.delivery_delayed', 'delayed'],
		['email.delivered_delayed', 'delayed'],
		['email.bounced', 'bounced'],
		['email.complained', 'complained'],
		['email.opened', 'opened'],
		['email.clicked', 'clicked'],
		['email.failed', 'failed'],
		['email.suppressed', 'suppressed'],
		['unsubscribed', 'unsubscribed'],
		['email.scheduled', 'other'],
		['email.received', 'other'],
		['domain.updated', 'other'],
		['something.new', 'other'],
		['constructor', 'other'],
	])('%s is %s', (type, kind) => {
		expect(read(type)).toMatchObject({
			kind,
			at: '2026-11-22T10:00:00.000Z',
			emailId: 'e-1',
			campaignId: 'c-1',
			recipient: ANA,
		});
	});

	it('is nothing but that for a delivery', () => {
		expect(read('email.delivered')).toEqual({
			kind: 'delivered',
			at: '2026-11-22T10:00:00.000Z',
			emailId: 'e-1',
			campaignId: 'c-1',
			recipient: ANA,
		});
	});

	it.each([
		['2026-11-22T10:00:00.123Z', '2026-11-22T10:00:00.123Z'],
		['2026-11-22T10:00:00.894719+00:00', '2026-11-22T10:00:00.894Z'],
		['2026-11-22 10:00:00.678+00', '2026-11-22T10:00:00.678Z'],
		['2026-11-22T18:00:00+08:00', '2026-11-22T10:00:00.000Z'],
	])('has happened at %s', (createdAt, at) => {
		expect(read('email.opened', {}, createdAt).at).toBe(at);
	});

	it('is known by its tags also where they come as in a request', () => {
		const tags = Object.entries(TAGS).map(([name, value]) => ({ name, value }));
		expect(read('email.opened', { tags })).toMatchObject({ campaignId: 'c-1', recipient: ANA });
	});

	it.each([[['Ana <ANA@example.com>']], [['ana@example.com', 'ben@example.com']]])(
		'is known by its address where it has no tags: %j',
		(to) => {
			const event = read('email.delivered', { tags: undefined, to });
			expect(event.recipient).toBe(ANA);
			expect(event).not.toHaveProperty('campaignId');
		},
	);

	it.each([
		['tags that somebody else made up', { tags: { campaign: 'a b', recipient: 'x' }, to: [] }],
		['nothing', { tags: null, to: null, email_id: null }],
		['something else', { tags: 7, to: 'ana@example.com', email_id: 9 }],
	])('has no campaign and no recipient with %s', (_name, data) => {
		const event = read('email.delivered', data);
		expect(event).not.toHaveProperty('campaignId');
		expect(event).not.toHaveProperty('recipient');
	});

	describe('a bounce', () => {
		it.each([
			['Permanent', 'permanent'],
			['Transient', 'transient'],
			['Undetermined', 'undetermined'],
			['permanent', 'permanent'],
			['Something', 'undetermined'],
			[undefined, 'undetermined'],
		])('of type %s is %s', (type, expected) => {
			expect(bounced({ type }).bounce).toBe(expected);
		});

		it('is undetermined without any word of it', () => {
			const event = read('email.bounced', { bounce: undefined });
			expect(event.bounce).toBe('undetermined');
			expect(event).not.toHaveProperty('suppress');
		});

		it.each(['General', 'NoEmail', 'Undetermined', undefined])(
			'for good (%s) ends the writing to an address',
			(subType) => {
				const diagnosticCode = ['smtp; 550 5.1.1 user unknown'];
				expect(bounced({ type: 'Permanent', subType, diagnosticCode }).suppress).toEqual({
					reason: 'bounced',
				});
			},
		);

		it.each([
			['of the message: too large', { type: 'Permanent', subType: 'MessageTooLarge' }],
			['of the message: its content', { type: 'Permanent', subType: 'ContentRejected' }],
			['of the message: an attachment', { type: 'Permanent', subType: 'AttachmentRejected' }],
			['that passes: a full mailbox', { type: 'Transient', subType: 'MailboxFull' }],
			['that nobody understands', { type: 'Undetermined', subType: 'Undetermined' }],
			[
				"of the sender's domain, said in the message",
				{
					type: 'Permanent',
					subType: 'General',
					message: '550 5.7.515 Access denied, sending domain does not meet the required level',
				},
			],
			[
				"of the sender's domain, said in the code",
				{
					type: 'Permanent',
					subType: 'General',
					diagnosticCode: ['smtp; 550-5.7.26 This mail is unauthenticated'],
				},
			],
		])('does not end it for a fault %s', (_name, bounce) => {
			expect(bounced(bounce)).not.toHaveProperty('suppress');
		});

		it.each(['host 10.5.7.1 said: 550 5.1.1 no such user', '550 5.1.1 see 5.7.1.2'])(
			'is not taken for one of policy by numbers that look like it: %s',
			(message) => {
				expect(bounced({ type: 'Permanent', message }).suppress).toBeDefined();
			},
		);

		it('says why, without the address', () => {
			const message = "The recipient's mail server said: <ana@example.com> user unknown";
			const { reason } = bounced({ type: 'Permanent', subType: 'General', message });
			expect(reason).toMatch(/^Permanent\/General: The recipient's mail server said: /);
			expect(reason).not.toContain('ana@');
			const endless = bounced({ type: 'Permanent', message: 'x '.repeat(5000) }).reason;
			expect(endless?.length).toBeLessThanOrEqual(200);
		});
	});

	it('ends the writing to who complained, or to whom Resend does not send', () => {
		expect(read('email.complained').suppress).toEqual({ reason: 'complained' });
		const suppressed = { message: 'On the list', reason: 'previous_bounce' };
		expect(read('email.suppressed', { suppressed })).toMatchObject({
			suppress: { reason: 'suppressed' },
			reason: 'previous_bounce',
		});
		expect(read('unsubscribed').suppress).toEqual({ reason: 'unsubscribed' });
	});

	it.each([
		['bounce', 'bounced'],
		['complaint', 'complained'],
		['manual', 'suppressed'],
	])("mirrors Resend's own list: %s", (origin, reason) => {
		const data = { email: 'ANA@example.com', origin, tags: undefined, to: undefined };
		expect(read('suppression.added', { ...data, email_id: undefined })).toEqual({
			kind: 'other',
			at: '2026-11-22T10:00:00.000Z',
			recipient: ANA,
			suppress: { reason },
		});
	});

	it.each([
		'email.delivered',
		'email.opened',
		'email.clicked',
		'email.failed',
		'suppression.removed',
	])('never ends the writing for %s', (type) => {
		expect(read(type)).not.toHaveProperty('suppress');
	});

	it('says why a mail failed', () => {
		expect(read('email.failed', { failed: { reason: 'reached_daily_quota' } }).reason).toBe(
			'reached_daily_quota',
		);
	});

	it.each([
		['https://example.com/p/1?email=ana@example.com#x', 'https://example.com/p/1'],
		['https://ana:pw@example.com/p', 'https://example.com/p'],
		['http://example.com', 'http://example.com/'],
		['https://example.com/u/ana@example.com', 'https://example.com/u/(e-mail)'],
		['https://example.com/u/ana%40example.com/1', 'https://example.com/u/(e-mail)/1'],
		['mailto:ana@example.com', undefined],
		['javascript:alert(1)', undefined],
		['not a link', undefined],
		[undefined, undefined],
	])('keeps of the clicked link %s only %s', (link, expected) => {
		const click = { link, ipAddress: '203.0.113.7', userAgent: 'Mozilla', timestamp: 'now' };
		const event = read('email.clicked', { click });
		expect(event.link).toBe(expected);
		expect(JSON.stringify(event)).not.toMatch(/203\.0|Mozilla/);
	});

	it('keeps no address, no subject and no sender, whatever happened', () => {
		const types = ['email.bounced', 'email.clicked', 'email.failed', 'email.suppressed'];
		fc.assert(
			fc.property(fc.constantFrom(...types), fc.string(), (type, words) => {
				const said = `${words} ana@example.com`;
				const event = read(type, {
					bounce: { type: 'Permanent', message: said, diagnosticCode: [said] },
					click: { link: `https://example.com/?${encodeURIComponent(said)}` },
					failed: { reason: said },
					suppressed: { message: said },
				});
				expect(JSON.stringify(event)).not.toMatch(/ana@|Hello Ana|sales@company/);
			}),
		);
	});
});

describe('the contract of an event', () => {
	it.each<[string, unknown, string]>([
		['no object', 'text', '(body)'],
		['no type', { created_at: '2026-11-22T10:00:00Z', data: {} }, 'type'],
		['no moment', { type: 'email.sent', data: {} }, 'created_at'],
		['a moment that is none', { type: 'email.sent', created_at: 'now', data: {} }, 'created_at'],
		['no data', { type: 'email.sent', created_at: '2026-11-22T10:00:00Z' }, 'data'],
	])('is broken by %s', (_name, body, field) => {
		const verdict = checkContract(resendEvent, body);
		expect(verdict.ok ? [] : verdict.problems.map((problem) => problem.field)).toEqual([field]);
	});

	it('lets types and fields pass that are not known yet', () => {
		const body = {
			type: 'inbox.thread.created',
			created_at: '2026-11-22T10:00:00Z',
			data: { inbox_id: 'i', more: { a: 1 } },
			extra: true,
		};
		expect(checkContract(resendEvent, body)).toEqual({ ok: true, value: body });
	});

	it('is never broken, nor makes reading throw, by what stands in the data', () => {
		fc.assert(
			fc.property(
				fc.string({ minLength: 1, maxLength: 100 }),
				fc.dictionary(fc.string(), fc.jsonValue()),
				(type, data) => {
					const body = { type, created_at: '2026-11-22T10:00:00Z', data };
					const verdict = checkContract(resendEvent, body);
					expect(verdict.ok).toBe(true);
					if (verdict.ok)
						expect(readDeliveryEvent(verdict.value).at).toBe('2026-11-22T10:00:00.000Z');
				},
			),
		);
	});
});
