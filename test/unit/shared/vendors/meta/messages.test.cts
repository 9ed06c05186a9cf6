import type { HttpResponse } from '../../../../../nodes/shared/http/send';
import { VendorError } from '../../../../../nodes/shared/http/vendorError';
import {
	ACCOUNT_HEADER,
	readSentMessage,
	senderActionRequest,
	sendMessageRequest,
} from '../../../../../nodes/shared/vendors/meta';
import {
	readRecentMessages,
	recentMessagesRequest,
} from '../../../../../nodes/shared/vendors/meta/conversation';
import { profileRequest, readProfileName } from '../../../../../nodes/shared/vendors/meta/profile';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const PERSON = { channel: 'facebook', accountId: '104857600000001', userId: '7001' } as const;

function answered(body: unknown, status = 200): HttpResponse {
	return { status, headers: {}, body };
}

function kindOf(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		if (error instanceof VendorError) return error.details.kind;
	}
	throw new Error('No VendorError was thrown');
}

describe('sending a message through Graph', () => {
	it('answers a person in the name of a Page, with a mark for the echo', () => {
		const request = sendMessageRequest({
			accountId: '104857600000001',
			recipientId: '7001',
			content: { text: 'Hello' },
			metadata: 'pp1:0123456789abcdef01234567:0',
		});
		expect(request).toMatchObject({
			method: 'POST',
			path: '/me/messages',
			headers: { 'X-Meta-Account': '104857600000001' },
			body: {
				recipient: { id: '7001' },
				messaging_type: 'RESPONSE',
				message: { text: 'Hello', metadata: 'pp1:0123456789abcdef01234567:0' },
			},
		});
		expect(request.body).not.toHaveProperty('tag');
	});

	it('is never marked as safe to repeat', () => {
		const outgoing = { accountId: '1', recipientId: '2', content: { text: 'x' }, metadata: 'm' };
		const { isRepeatable, idempotencyKey } = sendMessageRequest(outgoing);
		expect([isRepeatable, idempotencyKey]).toEqual([undefined, undefined]);
	});

	it('tags what a person wrote', () => {
		const outgoing = { accountId: '1', recipientId: '2', content: { text: 'x' }, metadata: 'm' };
		expect(sendMessageRequest({ ...outgoing, isFromHuman: true }).body).toMatchObject({
			messaging_type: 'MESSAGE_TAG',
			tag: 'HUMAN_AGENT',
		});
	});

	it.each(['typing_on', 'mark_seen'] as const)('shows %s, as often as it is asked', (action) => {
		expect(senderActionRequest('1', '2', action)).toMatchObject({
			path: '/me/messages',
			headers: { [ACCOUNT_HEADER]: '1' },
			body: { recipient: { id: '2' }, sender_action: action },
			isRepeatable: true,
		});
	});

	it('reads the ids', () => {
		const body = { recipient_id: '7001', message_id: 'm_AG5Hz2U' };
		expect(readSentMessage(answered(body), NOW)).toEqual({
			recipientId: '7001',
			messageId: 'm_AG5Hz2U',
		});
		expect(readSentMessage(answered({ message_id: 'm_1' }), NOW)).toEqual({ messageId: 'm_1' });
	});

	it.each([{}, { message_id: '' }, { message_id: 7 }, '<html>', undefined])(
		'does not take %j for a message that was sent',
		(body) => {
			expect(kindOf(() => readSentMessage(answered(body), NOW))).toBe('unreadable');
		},
	);
});

describe('the profile of a person', () => {
	it.each([
		['facebook', 'first_name,last_name'],
		['instagram', 'name,username'],
	] as const)('is asked on %s for %s', (channel, fields) => {
		expect(profileRequest({ ...PERSON, channel })).toMatchObject({
			method: 'GET',
			path: '/7001',
			query: { fields },
			headers: { [ACCOUNT_HEADER]: '104857600000001' },
		});
	});

	it.each<[unknown, string | undefined]>([
		[{ first_name: 'Ana', last_name: 'Santos', id: '7001' }, 'Ana Santos'],
		[{ first_name: 'Ana' }, 'Ana'],
		[{ name: 'Ana S.', username: 'ana.s' }, 'Ana S.'],
		[{ username: 'ana.s' }, 'ana.s'],
		[{ name: '', username: 'ana.s' }, 'ana.s'],
		[{ first_name: ' A\u200bna\n', last_name: null }, 'Ana'],
		[{ id: '7001' }, undefined],
	])('%j is %s', (body, name) => {
		expect(readProfileName(answered(body), NOW)).toBe(name);
	});

	it('is missing where Meta has none, which is no error', () => {
		const error = { code: 100, error_subcode: 2_018_218, message: 'No profile available' };
		expect(readProfileName(answered({ error }, 400), NOW)).toBeUndefined();
	});

	it('is an error where Meta refuses it', () => {
		const error = { code: 190, message: 'Invalid OAuth access token' };
		expect(kindOf(() => readProfileName(answered({ error }, 400), NOW))).toBe('credential-refused');
	});
});

describe('the latest messages of a conversation', () => {
	it.each([
		['facebook', 'messenger'],
		['instagram', 'instagram'],
	] as const)('are asked for one person on %s', (channel, platform) => {
		expect(recentMessagesRequest({ ...PERSON, channel })).toMatchObject({
			method: 'GET',
			path: '/me/conversations',
			query: {
				platform,
				user_id: '7001',
				fields: 'messages.limit(20){id,created_time,from,message}',
			},
			headers: { [ACCOUNT_HEADER]: '104857600000001' },
		});
	});

	it('come oldest first, with who wrote them and when', () => {
		const page = { id: '104857600000001', name: 'Company Realty', email: 'page@example.com' };
		const body = {
			data: [
				{
					id: 't_1',
					messages: {
						data: [
							{ id: 'm_3', created_time: '2026-11-22T09:59:02+0000', from: page, message: '' },
							{ id: 'm_2', created_time: '2026-11-22T09:59:02+0000', from: page, message: 'Two' },
							{ id: 'm_1', created_time: 1_795_341_541, from: { id: '7001' }, message: 'Hi' },
						],
					},
				},
			],
		};
		const at = Date.UTC(2026, 10, 22, 9, 59, 2);
		expect(readRecentMessages(answered(body), NOW)).toEqual([
			{ id: 'm_1', createdMs: at - 1000, fromId: '7001', text: 'Hi' },
			{ id: 'm_2', createdMs: at, fromId: '104857600000001', text: 'Two' },
			{ id: 'm_3', createdMs: at, fromId: '104857600000001', text: '' },
		]);
	});

	it('leave out what has no sender or time', () => {
		const data = [{ id: 'm_1', message: 'x' }, { id: 'm_2', from: { id: '1' } }, 7, null];
		const body = { data: [{ messages: { data } }, { id: 't_2' }] };
		expect(readRecentMessages(answered(body), NOW)).toEqual([]);
		expect(readRecentMessages(answered({ data: [] }), NOW)).toEqual([]);
	});

	it.each([{}, { data: 7 }, '<html>', undefined])('are not read out of %j', (body) => {
		expect(kindOf(() => readRecentMessages(answered(body), NOW))).toBe('unreadable');
	});
});
