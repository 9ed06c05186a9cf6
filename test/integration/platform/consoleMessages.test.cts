import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { createClock } from '../../../sandbox/clock.cts';
import { startConsole } from '../../../sandbox/console/console.cts';
import { type Listening, listen } from '../../../sandbox/listen.cts';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import { type Platform, startPlatform } from '../../../sandbox/platform/platform.cts';
import { seedDemo } from '../../../sandbox/platform/seed.cts';
import { type MetaStandIn, startMeta } from '../../../sandbox/vendors/meta.cts';
import { META_DEFAULTS } from '../../../sandbox/vendors/metaAccounts.cts';
import { type ResendStandIn, startResend } from '../../../sandbox/vendors/resend.cts';
import { callBack, SECRET } from './callBack.cts';

const [page] = META_DEFAULTS.pages;
const [ana] = META_DEFAULTS.people;
const CHAT = { channel: 'facebook', account: page.id, person: ana.id };

let database: Database;
let platform: Platform;
let resend: ResendStandIn;
let meta: MetaStandIn;
let operator: Listening;
let webhook: Listening;
let events: Record<string, unknown>[] = [];

beforeAll(async () => {
	database = await startDatabase();
	await seedDemo(database.pool);
	platform = await startPlatform({
		database,
		clock: createClock(),
		signingSecret: SECRET,
		n8nUrl: 'http://127.0.0.1:9/webhook',
		deliver: false,
	});
	resend = await startResend();
	webhook = await listen(async (request) => {
		const { entry } = (await request.json()) as {
			entry: Array<{ messaging?: Record<string, unknown>[]; changes?: Record<string, unknown>[] }>;
		};
		for (const { messaging = [], changes = [] } of entry) events.push(...messaging, ...changes);
		return new Response('');
	});
	meta = await startMeta({ webhookUrl: webhook.url });
	operator = await startConsole({
		platform,
		vendors: { meta },
		crms: {},
		mailbox: resend,
		meta,
	});
}, 30_000);

afterAll(async () => {
	await operator.close();
	await meta.close();
	await webhook.close();
	await resend.close();
	await platform.close();
	await database.close();
});

beforeEach(() => {
	meta.reset();
	events = [];
});

async function post(name: string, body: object) {
	const response = await fetch(`${operator.url}/console/api/${name}`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

type Rows = Record<string, unknown>[];

async function shown() {
	const response = await fetch(`${operator.url}/console/api/state`);
	const { messages } = (await response.json()) as {
		messages: Record<'accounts' | 'people' | 'deliveries' | 'told' | 'leads' | 'inbox', Rows> & {
			conversations: Array<{ messages: Rows }>;
		};
	};
	return messages;
}

/** Sends a message of the first Page to the first person, as the broker does. */
async function reply(message: object) {
	return await fetch(`${meta.url}/v26.0/${page.id}/messages`, {
		method: 'POST',
		headers: { Authorization: `Bearer ${page.token}`, 'Content-Type': 'application/json' },
		body: JSON.stringify({ recipient: { id: ana.id }, messaging_type: 'RESPONSE', ...message }),
	});
}

describe('the chat in the console', () => {
	it('offers people and accounts on both channels', async () => {
		const { accounts, people } = await shown();
		expect(accounts).toEqual([
			{ channel: 'facebook', id: '104857600000001', name: 'Company Realty', page: page.id },
			{ channel: 'instagram', id: '17841400000000001', name: 'company.realty', page: page.id },
			{
				channel: 'facebook',
				id: '104857600000002',
				name: 'Second Realty',
				page: '104857600000002',
			},
		]);
		for (const channel of ['facebook', 'instagram']) {
			const there = people.filter((each) => each.channel === channel);
			expect(there.length).toBeGreaterThanOrEqual(2);
		}
		expect(people).toContainEqual({ channel: 'facebook', id: ana.id, name: ana.name });
	});

	it('says what a person types, and Meta tells the webhook', async () => {
		expect(await post('messages/say', { ...CHAT, text: ' Hi, is it ₱5M? ' })).toMatchObject({
			status: 200,
		});
		await meta.settled();
		expect(events).toMatchObject([
			{ sender: { id: ana.id }, recipient: { id: page.id }, message: { text: 'Hi, is it ₱5M?' } },
		]);
		const { conversations, deliveries } = await shown();
		expect(conversations).toMatchObject([
			{
				channel: 'facebook',
				account: { id: page.id, name: 'Company Realty' },
				person: { id: ana.id, name: ana.name },
				messages: [{ from: 'person', text: 'Hi, is it ₱5M?' }],
			},
		]);
		expect(deliveries).toMatchObject([{ events: 1, attempt: 1, status: 200 }]);
		expect(JSON.stringify(deliveries)).not.toContain('127.0.0.1');
	});

	it('shows the replies, with what can be tapped, and taps it', async () => {
		await post('messages/say', { ...CHAT, text: 'hello' });
		const buttons = [{ type: 'postback', title: 'Tell me more', payload: 'property:1' }];
		const elements = [{ title: 'A condo', subtitle: '₱5M', buttons }];
		const attachment = { type: 'template', payload: { template_type: 'generic', elements } };
		expect((await reply({ message: { attachment } })).status).toBe(200);
		const quick_replies = [{ content_type: 'text', title: 'See it', payload: 'viewing' }];
		expect((await reply({ message: { text: 'Which one?', quick_replies } })).status).toBe(200);
		expect((await reply({ sender_action: 'typing_on', messaging_type: undefined })).status).toBe(
			200,
		);
		expect((await shown()).conversations[0]).toMatchObject({
			isTyping: true,
			messages: [
				{ from: 'person' },
				{ from: 'page', cards: [{ title: 'A condo', buttons: [{ payload: 'property:1' }] }] },
				{ from: 'page', text: 'Which one?', quickReplies: [{ payload: 'viewing' }] },
			],
		});

		await meta.settled();
		events = [];
		await post('messages/say', { ...CHAT, text: 'See it', quickReply: 'viewing' });
		await post('messages/tap', { ...CHAT, title: 'Tell me more', payload: 'property:1' });
		await meta.settled();
		expect(events).toMatchObject([
			{ message: { text: 'See it', quick_reply: { payload: 'viewing' } } },
			{ postback: { title: 'Tell me more', payload: 'property:1' } },
		]);
	});

	it('unsends a message of the person once, and no other', async () => {
		await post('messages/say', { ...CHAT, text: 'oops' });
		await reply({ message: { text: 'Hello!' } });
		const [{ messages }] = (await shown()).conversations as [{ messages: Rows }];
		const [own, theirs] = messages.map(({ mid }) => mid);
		expect((await post('messages/unsend', { mid: own })).status).toBe(200);
		expect((await shown()).conversations[0]!.messages[0]).toMatchObject({ isUnsent: true });
		for (const mid of [own, theirs, 'nobody']) {
			expect(await post('messages/unsend', { mid })).toEqual({
				status: 409,
				body: { error: 'There is no such message.' },
			});
		}
	});

	it.each([
		['say', { ...CHAT, text: 'hello' }, 2],
		['tap', { ...CHAT, title: 'More', payload: 'more' }, 2],
		['say', { ...CHAT, text: 'hello', twice: false }, 1],
	])('delivers a %s of %j as often as it is told to: %i', async (name, body, times) => {
		await post(`messages/${name}`, { twice: true, ...body });
		await meta.settled();
		expect(events).toHaveLength(times);
		expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(1);
		expect((await shown()).conversations[0]!.messages).toHaveLength(1);
	});

	it('answers as a human in the inbox of the Page', async () => {
		await post('messages/say', { ...CHAT, text: 'hello' });
		expect((await post('messages/human', { ...CHAT, text: 'Liza here' })).status).toBe(200);
		await meta.settled();
		expect((await shown()).conversations[0]!.messages[1]).toMatchObject({
			from: 'page',
			text: 'Liza here',
			isHuman: true,
		});
		expect(events[1]).toMatchObject({ message: { is_echo: true, text: 'Liza here' } });
	});

	it('fills in a lead form, which Meta announces by its id', async () => {
		const form = { name: 'Ana Reyes', email: 'ana@example.com', phone: '', question: 'A condo' };
		expect((await post('messages/form', { page: page.id, ...form })).status).toBe(200);
		await meta.settled();
		expect(events).toMatchObject([{ field: 'leadgen', value: { page_id: page.id } }]);
	});

	it.each([
		['explode', CHAT, 404, 'There is no such button.'],
		['constructor', CHAT, 404, 'There is no such button.'],
		['say', { ...CHAT, text: ' ' }, 400, 'contract'],
		['say', { ...CHAT, text: 'x'.repeat(2_001) }, 400, 'contract'],
		['say', { ...CHAT, channel: 'telegram', text: 'x' }, 400, 'contract'],
		['say', { ...CHAT, account: '1', text: 'x' }, 404, 'There is no such Page or account.'],
		['say', { ...CHAT, channel: 'instagram', text: 'x' }, 404, 'There is no such Page or account.'],
		['human', { ...CHAT, account: '1', text: 'x' }, 404, 'There is no such Page or account.'],
		[
			'form',
			{ page: page.instagram.id, name: 'A', email: '', phone: '', question: '' },
			404,
			'There is no such Page or account.',
		],
		['graph', { failure: 'explodes' }, 400, 'contract'],
	])('refuses %s with %j', async (name, body, status, error) => {
		expect(await post(`messages/${name}`, body)).toMatchObject({ status, body: { error } });
		expect((await shown()).conversations).toEqual([]);
	});
});

describe('Graph, broken from the console,', () => {
	beforeEach(async () => {
		await post('messages/say', { ...CHAT, text: 'hello' });
	});

	const typing = { sender_action: 'typing_on', messaging_type: undefined };

	it.each([
		['limits', 400, 613],
		['fails', 500, 2],
	])(
		'%s the next message, and neither a typing indicator nor the one after',
		async (failure, status, code) => {
			await post('messages/graph', { failure });
			expect((await reply(typing)).status).toBe(200);
			const refused = await reply({ message: { text: 'first' } });
			expect(refused.status).toBe(status);
			expect(await refused.json()).toMatchObject({ error: { code } });
			expect((await reply({ message: { text: 'second' } })).status).toBe(200);
			expect(meta.sent.map(({ text }) => text)).toEqual(['second']);
		},
	);

	it('loses its answer, and has sent the message', async () => {
		await post('messages/graph', { failure: 'loses' });
		await expect(reply({ message: { text: 'first' } })).rejects.toThrow('fetch failed');
		expect(meta.sent.map(({ text }) => text)).toEqual(['first']);
	});

	it('keeps its conversations when it is back to normal', async () => {
		expect((await post('vendors/meta/accept-silent', {})).status).toBe(200);
		expect((await post('vendors/meta/normal', {})).status).toBe(200);
		expect((await reply({ message: { text: 'first' } })).status).toBe(200);
		expect((await shown()).conversations[0]!.messages).toHaveLength(2);
	});
});

describe('beside the chat', () => {
	const told = {
		platform: 'facebook',
		user_id: ana.id,
		message: 'Looking for 3BR condo in BGC, ana@example.com',
		intents: ['property_search'],
		lead_captured: true,
		session_data: {
			previous_messages: 0,
			last_property_viewed: null,
			account_id: page.id,
			contact: { email: 'ana@example.com' },
		},
	};

	it('stands what the platform was told and answered, and the lead that came of it', async () => {
		await callBack(platform.url, 'channel-message', told);
		const { told: shownTold, leads } = await shown();
		expect(shownTold).toEqual([
			{
				id: expect.any(Number),
				correlation_id: null,
				body: told,
				answer: expect.objectContaining({
					reply_text: expect.stringContaining('I found 2 great 3BR condos in BGC!'),
				}),
				received_at: expect.any(String),
			},
		]);
		expect(leads[0]).toMatchObject({
			company: 'Bayview Homes (demo)',
			email: 'ana@example.com',
			consent: true,
			crm_status: null,
		});
	});

	it('stands what the inbox knows, once the state store is prepared', async () => {
		expect((await shown()).inbox).toEqual([]);
		const schema = path.join(__dirname, '../../../sql/state-store.sql');
		await database.pool.query(await readFile(schema, 'utf8'));
		expect((await shown()).inbox).toEqual([]);

		const conversation = `facebook:${page.id}:${ana.id}`;
		await database.pool.query(
			`INSERT INTO property_platform.conversations
			   (conversation, channel, account_id, user_id, previous_messages, lease_token, lease_until)
			 VALUES ($1, 'facebook', 'a', 'b', 3, 'secret-token', now() + interval '1 minute'),
			        ('quiet', 'facebook', 'a', 'c', 1, 'secret-token', now() - interval '1 minute')`,
			[conversation],
		);
		await database.pool.query(
			`INSERT INTO property_platform.channel_events
			   (event_key, event_id, conversation, kind, at, state, event, correlation_id, settled_at)
			 VALUES ('1', '1', $1, 'message', now(), 'done', NULL, 'r', now()),
			        ('2', '2', $1, 'message', now(), 'done', NULL, 'r', now()),
			        ('3', '3', $1, 'message', now(), 'waiting', '{}', 'r', NULL)`,
			[conversation],
		);
		const { inbox } = await shown();
		expect(inbox).toHaveLength(2);
		expect(inbox).toEqual(
			expect.arrayContaining([
				{
					session: expect.objectContaining({ conversation, previous_messages: 3 }),
					isWorkedOn: true,
					events: { done: 2, waiting: 1 },
				},
				{
					session: expect.objectContaining({ conversation: 'quiet' }),
					isWorkedOn: false,
					events: {},
				},
			]),
		);
		expect(JSON.stringify(inbox)).not.toContain('secret-token');
	});
});
