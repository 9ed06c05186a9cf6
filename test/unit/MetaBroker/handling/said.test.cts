/** What a message says, as the platform reads it and as it is remembered. */
import { createHash } from 'node:crypto';

import type { ChannelEvent } from '../../../../nodes/MetaBroker/events/channelEvent';
import {
	askRequest,
	channelMessageOf,
	type Said,
} from '../../../../nodes/MetaBroker/handling/channelMessage';
import { knownFrom, knownFromLead, learnedFrom } from '../../../../nodes/MetaBroker/handling/known';
import { messageText } from '../../../../nodes/MetaBroker/handling/messageText';
import { propertyViewed } from '../../../../nodes/MetaBroker/handling/propertyViewed';
import { message } from './samples.cts';

describe('the text of a message', () => {
	it.each<[Partial<ChannelEvent>, string]>([
		[{ text: ' Hello ' }, 'Hello'],
		[{ text: 'Schedule', payload: 'schedule_viewing' }, 'Schedule'],
		[{ title: 'Tell me more', payload: 'property:1' }, 'Tell me more'],
		[{ text: ' ', title: ' ', payload: 'property:1' }, 'property:1'],
		[{ attachments: [{ type: 'image' }, { type: 'audio' }] }, '[image]\n[audio]'],
		[{ text: 'This one', attachments: [{ type: 'image' }] }, 'This one\n[image]'],
		[
			{ attachments: [{ type: 'location', latitude: 14.5, longitude: 121 }] },
			'[location 14.5, 121]',
		],
		[{ attachments: [{ type: 'location', latitude: 14.5 }] }, '[location]'],
		[{}, ''],
	])('of %j is "%s"', (event, text) => {
		expect(messageText(message(event))).toBe(text);
	});

	it('is cut at 100,000 characters, never within one', () => {
		expect(messageText(message({ text: 'a'.repeat(100_001) }))).toHaveLength(100_000);
		const cut = messageText(message({ text: `${'a'.repeat(99_999)}🏡` }));
		expect(cut).toBe('a'.repeat(99_999));
	});
});

describe('the property that an event is about', () => {
	it.each<[Partial<ChannelEvent>, string | undefined]>([
		[{ payload: 'property:p-1' }, 'p-1'],
		[{ referral: { ref: 'property:p-1' } }, 'p-1'],
		[{ referral: { ref: 'luxury-bgc-condo' } }, 'luxury-bgc-condo'],
		[{ payload: 'property:p-1', referral: { ref: 'p-2' } }, 'p-1'],
		[{ payload: 'show_more', referral: { ref: 'p-2' } }, 'p-2'],
		[{ payload: 'show_more' }, undefined],
		[{ payload: 'property:' }, undefined],
		[{ referral: { ref: 'a b' } }, undefined],
		[{ referral: { ref: '' } }, undefined],
		[{ referral: { source: 'ADS' } }, undefined],
		[{ text: 'property:p-1' }, undefined],
		[{ payload: `property:${'x'.repeat(300)}` }, 'x'.repeat(200)],
	])('of %j is %s', (event, property) => {
		expect(propertyViewed(message(event))).toBe(property);
	});
});

describe('what is known of a person', () => {
	it('is what was said, the latest of each', () => {
		const known = knownFrom([
			{ slots: { places: ['Makati'], beds: { min: 2 } }, contact: { email: 'a@example.com' } },
			{},
			{ slots: { places: ['Taguig'] }, contact: { phone: '+639175550123' } },
		]);
		expect(known).toEqual({
			slots: { places: ['Taguig'], beds: { min: 2 } },
			contact: { email: 'a@example.com', phone: '+639175550123' },
		});
	});

	it('is nothing of a stranger', () => {
		expect(knownFrom([])).toEqual({ slots: {}, contact: {} });
	});

	it('is remembered with the message that said it, and only where one did', () => {
		const said = { slots: {}, contact: { email: 'a@example.com' } };
		expect(learnedFrom('m_1', said)).toEqual({ mid: 'm_1', ...said });
		expect(learnedFrom(undefined, said)).toBeUndefined();
		expect(learnedFrom('m_1', { slots: {}, contact: {} })).toBeUndefined();
	});

	it.each([
		[{ email: 'a@example.com', phone: null }, { email: 'a@example.com' }],
		[{ email: '', phone: '0917' }, { phone: '0917' }],
		[{}, {}],
	])('of the lead form %j is the contact %j', (lead, contact) => {
		expect(knownFromLead(lead)).toEqual({ slots: {}, contact });
	});
});

describe('what the platform is told', () => {
	const said: Said = {
		event: message({ mid: 'm_1', text: 'Looking for 3BR condo in BGC' }),
		understanding: {
			intents: [
				{ name: 'property_search', confidence: 0.9 },
				{ name: 'budget_inquiry', confidence: 0.6 },
			],
			language: { code: 'en', confidence: 0.8 },
		},
		session: { previousMessages: 3, lastPropertyViewed: 'luxury-bgc-condo' },
		known: { slots: { beds: { min: 3, max: 3 } }, contact: {} },
	};
	/** The guide's own example, but for the person. */
	const GUIDE = {
		platform: 'facebook',
		user_id: '2',
		message: 'Looking for 3BR condo in BGC',
		intents: ['property_search', 'budget_inquiry'],
		lead_captured: false,
		session_data: { previous_messages: 3, last_property_viewed: 'luxury-bgc-condo' },
	};

	it('is what the guide says, to the field', () => {
		expect(channelMessageOf(said, false)).toEqual(GUIDE);
	});

	it.each([{ email: 'a@example.com' }, { phone: '+639175550123' }])(
		'is that a lead was captured by %j',
		(contact) => {
			const known = { slots: {}, contact };
			expect(channelMessageOf({ ...said, known }, false)).toEqual({
				...GUIDE,
				lead_captured: true,
			});
		},
	);

	it('holds more where more is wanted', () => {
		expect(channelMessageOf({ ...said, name: 'Ana' }, true)).toEqual({
			...GUIDE,
			session_data: {
				...GUIDE.session_data,
				account_id: '1',
				message_id: 'm_1',
				sent_at: '2026-11-20T09:00:00.000Z',
				language: 'en',
				contact: { name: 'Ana' },
				preferences: { beds: { min: 3, max: 3 } },
			},
		});
	});

	it('names a form by the lead, for it has no person', () => {
		const leadForm = { leadgenId: '7', formId: '8', pageId: '1' };
		const event = message({ kind: 'lead_form', userId: undefined, leadForm });
		const lead = { lead_id: 'l-1', company_id: 'c-1', message: 'In June' };
		expect(channelMessageOf({ ...said, event, lead }, true)).toMatchObject({
			user_id: '7',
			message: 'In June',
			session_data: { lead },
		});
	});

	it('is sent under a key that is of the event alone', () => {
		const body = channelMessageOf(said, false);
		const hash = createHash('sha256').update('event-1').digest('hex').slice(0, 32);
		for (const correlationId of ['corr-1', 'corr-2']) {
			expect(askRequest(body, 'event-1', correlationId)).toMatchObject({
				method: 'POST',
				path: '/internal/n8n/channel-message',
				idempotencyKey: `channel-message:${hash}`,
				body: GUIDE,
				headers: { 'X-Correlation-Id': correlationId },
			});
		}
	});
});
