import {
	AT,
	AT_TEXT,
	fromAccount,
	fromPerson,
	instagram,
	page,
	PAGE,
	parseOne,
	PERSON,
} from './payloads.cts';

const MID = 'm_1457764197618:41d102a3e1ae206a38';
const BOTH = [
	['facebook', page],
	['instagram', instagram],
] as const;

describe.each(BOTH)('an event of %s', (channel, payloadOf) => {
	const read = (event: object) => parseOne(payloadOf([event]));
	const account = `${channel}:${PAGE}`;
	const base = {
		channel,
		accountId: PAGE,
		userId: PERSON,
		conversation: `${account}:${PERSON}`,
		at: AT_TEXT,
	};

	it.each<[string, object, object]>([
		['a text', { text: 'hello, world!' }, { text: 'hello, world!' }],
		['an empty text', { text: '' }, { text: '' }],
		['a text that is null', { text: null }, {}],
		['nothing but its id', {}, {}],
		[
			'a quick reply',
			{ text: 'Yes', quick_reply: { payload: 'YES' } },
			{ text: 'Yes', payload: 'YES' },
		],
		[
			'an answer to a message',
			{ text: 'this one', reply_to: { mid: 'm_before', is_self_reply: false } },
			{ text: 'this one', replyToMid: 'm_before' },
		],
		[
			'an answer to a story',
			{
				text: 'nice',
				reply_to: { story: { id: '18023456789012345', url: 'https://example.com/s' } },
			},
			{ text: 'nice', replyToStory: '18023456789012345' },
		],
		[
			'an answer to a story without an id',
			{ text: 'nice', reply_to: { story: { url: 'https://example.com/s' } } },
			{ text: 'nice', replyToStory: 'https://example.com/s' },
		],
		[
			'pictures',
			{
				attachments: [
					{ type: 'image', payload: { url: 'https://example.com/1.jpg' } },
					{ type: 'video', payload: { url: 'https://example.com/2.mp4' } },
				],
			},
			{
				attachments: [
					{ type: 'image', url: 'https://example.com/1.jpg' },
					{ type: 'video', url: 'https://example.com/2.mp4' },
				],
			},
		],
		[
			'a place',
			{
				attachments: [{ type: 'location', payload: { coordinates: { lat: 14.55, long: 121.05 } } }],
			},
			{ attachments: [{ type: 'location', latitude: 14.55, longitude: 121.05 }] },
		],
		[
			'half a place',
			{ attachments: [{ type: 'location', payload: { coordinates: { lat: 14.55 } } }] },
			{ attachments: [{ type: 'location' }] },
		],
		[
			'a preview of a link, which has no payload',
			{
				text: 'see',
				attachments: [{ type: 'fallback', url: 'https://example.com/p', payload: null }],
			},
			{ text: 'see', attachments: [{ type: 'fallback', url: 'https://example.com/p' }] },
		],
		[
			'a mention in a story',
			{ attachments: [{ type: 'story_mention', payload: { url: 'https://example.com/s' } }] },
			{ attachments: [{ type: 'story_mention', url: 'https://example.com/s' }] },
		],
		[
			'attachments that are not known',
			{ attachments: [{ type: 'hologram' }, { payload: 1 }, null] },
			{ attachments: [{ type: 'hologram' }, { type: 'unsupported' }, { type: 'unsupported' }] },
		],
		['no attachments', { text: 'a', attachments: [] }, { text: 'a' }],
		[
			'something that the API does not have',
			{ is_unsupported: true },
			{ attachments: [{ type: 'unsupported' }] },
		],
		[
			'a picture and something that the API does not have',
			{ is_unsupported: true, attachments: [{ type: 'image' }] },
			{ attachments: [{ type: 'image' }, { type: 'unsupported' }] },
		],
		[
			'a click on an ad',
			{
				text: 'Is it free?',
				referral: {
					ref: 'bgc-3br',
					ad_id: '23851234567890123',
					source: 'ADS',
					type: 'OPEN_THREAD',
					ads_context_data: { ad_title: 'A home' },
				},
			},
			{
				text: 'Is it free?',
				referral: { ref: 'bgc-3br', source: 'ADS', adId: '23851234567890123' },
			},
		],
		['a product', { text: 'a', referral: { product: { id: '1' } } }, { text: 'a' }],
	])('is a message with %s', (_what, message, fields) => {
		expect(read(fromPerson({ message: { mid: MID, ...message } }))).toEqual({
			...base,
			id: `${account}:message:${MID}`,
			kind: 'message',
			mid: MID,
			...fields,
		});
	});

	it.each<[string, string, object, object, string]>([
		[
			'a button',
			'postback',
			{ postback: { mid: MID, title: 'Get Started', payload: 'START' } },
			{ mid: MID, title: 'Get Started', payload: 'START' },
			MID,
		],
		[
			'a button behind a link',
			'postback',
			{
				postback: {
					mid: MID,
					title: 'Go',
					payload: 'P',
					referral: { ref: 'r', source: 'SHORTLINK' },
				},
			},
			{ mid: MID, title: 'Go', payload: 'P', referral: { ref: 'r', source: 'SHORTLINK' } },
			MID,
		],
		[
			'a message taken back',
			'unsend',
			{ message: { mid: MID, is_deleted: true } },
			{ mid: MID },
			MID,
		],
		[
			'a message edited',
			'edit',
			{ message_edit: { mid: MID, text: '4BR', num_edit: 2 } },
			{ mid: MID, text: '4BR' },
			`${MID}:2`,
		],
		[
			'a message edited, its number as text',
			'edit',
			{ message_edit: { mid: MID, text: '', num_edit: '3' } },
			{ mid: MID, text: '' },
			`${MID}:3`,
		],
	])('is %s, known by its message', (_what, kind, content, fields, key) => {
		const id = `${account}:${kind}:${key}`;
		expect(read(fromPerson(content))).toEqual({ ...base, id, kind, ...fields });
	});

	it.each<[string, string, object, object]>([
		['a button without a mid', 'postback', { postback: { payload: 'P' } }, { payload: 'P' }],
		['a message without a mid', 'message', { message: { text: 'hi' } }, { text: 'hi' }],
		[
			'a link',
			'referral',
			{ referral: { ref: 'bgc', source: 'SHORTLINK', type: 'OPEN_THREAD' } },
			{ referral: { ref: 'bgc', source: 'SHORTLINK' } },
		],
		[
			'an ad',
			'referral',
			{ referral: { source: 'ADS', type: 'OPEN_THREAD', ad_id: 23_851_234 } },
			{ referral: { source: 'ADS', adId: '23851234' } },
		],
		[
			'a reaction',
			'reaction',
			{ reaction: { reaction: 'love', emoji: '❤️', action: 'react', mid: MID } },
			{ mid: MID, emoji: '❤️', action: 'react' },
		],
		[
			'a reaction taken back',
			'reaction',
			{ reaction: { action: 'unreact', mid: MID } },
			{ mid: MID, action: 'unreact' },
		],
		['a reading', 'read', { read: { watermark: AT } }, {}],
		['a reading of one message', 'read', { read: { mid: MID } }, { mid: MID }],
		['a delivery', 'delivery', { delivery: { mids: [MID], watermark: AT } }, {}],
		[
			'an opt-in',
			'optin',
			{ optin: { type: 'notification_messages', payload: 'P' } },
			{ payload: 'P' },
		],
		['an opt-in by a reference', 'optin', { optin: { ref: 'R' } }, { payload: 'R' }],
		[
			'a conversation passed to us',
			'handover',
			{ pass_thread_control: { previous_owner_app_id: null, new_owner_app_id: '123456789' } },
			{ control: 'ours' },
		],
		[
			'a conversation passed to the inbox',
			'handover',
			{ pass_thread_control: { new_owner_app_id: 263_902_037_430_900 } },
			{ control: 'theirs' },
		],
		[
			'a conversation taken from us',
			'handover',
			{ take_thread_control: { previous_owner_app_id: '123456789', new_owner_app_id: '2' } },
			{ control: 'theirs' },
		],
	])('is %s, known by its content', (_what, kind, content, fields) => {
		expect(read(fromPerson(content))).toEqual({
			...base,
			id: expect.stringMatching(new RegExp(`^${account}:${kind}:[0-9a-f]{32}$`)),
			kind,
			...fields,
		});
	});

	it('is an echo, which belongs to the person who got it', () => {
		const message = { is_echo: true, app_id: 1517776481860111, metadata: 'pp1:0a:1', mid: MID };
		expect(read(fromAccount({ message: { ...message, text: 'Hi' } }))).toEqual({
			...base,
			id: `${account}:echo:${MID}`,
			kind: 'echo',
			mid: MID,
			text: 'Hi',
			appId: '1517776481860111',
			metadata: 'pp1:0a:1',
		});
	});

	it('is an echo whoever does not say so, when the account itself has sent it', () => {
		const event = read(fromAccount({ message: { mid: MID, text: 'Hi' } }));
		expect(event).toMatchObject({ ...base, kind: 'echo', mid: MID });
		expect(event).not.toHaveProperty('appId');
	});

	it.each<[string, object]>([
		['a kind that is not known', fromPerson({ something_new: { a: 1 } })],
		['a request for the conversation', fromPerson({ request_thread_control: { metadata: '' } })],
		['roles of apps', { recipient: { id: PAGE }, timestamp: AT, app_roles: { 1: ['owner'] } }],
		['a message that is a word', fromPerson({ message: 'hello' })],
		['a text that is a number', fromPerson({ message: { mid: MID, text: 5 } })],
		['attachments in no list', fromPerson({ message: { mid: MID, attachments: {} } })],
		['a message without anything', fromPerson({ message: {} })],
		['a message taken back, but which', fromPerson({ message: { is_deleted: true } })],
		['a button that says nothing', fromPerson({ postback: {} })],
		['a reaction that says nothing', fromPerson({ reaction: { mid: MID } })],
		['an edit without its number', fromPerson({ message_edit: { mid: MID, text: 'a' } })],
		['an edit, but which', fromPerson({ message_edit: { mid: MID, text: 'a', num_edit: 'two' } })],
		['an edit without its text', fromPerson({ message_edit: { mid: MID, num_edit: 1 } })],
		['a link that says nothing', fromPerson({ referral: { type: 'OPEN_THREAD' } })],
		['a hand-over that is null', fromPerson({ pass_thread_control: null })],
		['nothing', {}],
	])('is other, as Meta sent it: %s', (_what, event) => {
		const other = read(event);
		expect(other).toMatchObject({ kind: 'other', channel, accountId: PAGE });
		expect(other.raw).toBe(event);
		expect(other.id).toMatch(new RegExp(`^${account}:other:[0-9a-f]{32}$`));
	});

	it.each([
		['a message', { message: { mid: MID, text: 'a' } }],
		['a button', { postback: { mid: MID, payload: 'P' } }],
		['a link', { referral: { ref: 'r' } }],
	])('is other when nobody can be answered: %s', (_what, content) => {
		for (const sender of [undefined, { user_ref: 'u-1' }, { id: '' }, { id: 'a\u0000b' }]) {
			const event = { sender, recipient: { id: PAGE }, timestamp: AT, ...content };
			expect(read(event)).toMatchObject({ kind: 'other', conversation: account, raw: event });
		}
	});

	it('can be about nobody', () => {
		const event = read({ recipient: { id: PAGE }, timestamp: AT, optin: { user_ref: 'u-1' } });
		expect(event).toMatchObject({ kind: 'optin', conversation: account });
		expect(event).not.toHaveProperty('userId');
	});

	it('keeps a text of 100,000 characters, and no half of one beyond it', () => {
		const textOf = (text: string) => read(fromPerson({ message: { mid: MID, text } })).text;
		expect(textOf('x'.repeat(100_000))).toHaveLength(100_000);
		expect(textOf('x'.repeat(100_001))).toHaveLength(100_000);
		expect(textOf(`${'x'.repeat(99_999)}🏡`)).toHaveLength(99_999);
	});

	it.each(['a\u0000b', '\ud83c', '\u202eabc\u200b', '<script>', "'; DROP TABLE x; --"])(
		'keeps a text as it was written: %j',
		(text) => {
			expect(read(fromPerson({ message: { mid: MID, text } })).text).toBe(text);
		},
	);
});
