/** What a person chooses in the nodes of Meta Broker. */
import type { IDataObject } from 'n8n-workflow';

import {
	ANA,
	DINA,
	INSTAGRAM,
	messageEvent,
	type MetaSurroundings,
	PAGE,
	replyWith,
	SESSION,
	startMetaSurroundings,
	taken,
} from './metaSurroundings.cts';

let around: MetaSurroundings;
beforeAll(async () => {
	around = await startMetaSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

/** Handles one message; returns what came out, what the platform heard and what was sent. */
async function handle(
	options: object,
	{
		text = 'Hello',
		session = {},
		...event
	}: Parameters<typeof messageEvent>[1] & { session?: object } = {},
) {
	const { channel = 'facebook' } = event;
	const person = channel === 'facebook' ? ANA : DINA;
	const mid = around.meta.say({ channel, person, text });
	const item = taken(messageEvent(mid, { text, ...event }), {
		session: { ...SESSION, ...session },
	});
	const json = await around.runOne('handle', { options } as never, [item]);
	return { json, mid, asked: around.platform.deliveries.at(-1)!.body, sent: [...around.meta.sent] };
}

describe('what the platform hears', () => {
	const text = 'Need a 2BR in Makati, 10M to 12M. ana.reyes@example.com 0917 555 0123';
	const session = { previousMessages: 3, lastPropertyViewed: 'luxury-bgc-condo' };

	it("is the guide's payload, to the field, unless more is wanted", async () => {
		const { asked } = await handle({}, { text, session });
		expect(asked).toEqual({
			platform: 'facebook',
			user_id: ANA,
			message: text,
			intents: expect.arrayContaining(['property_search']),
			lead_captured: true,
			session_data: { previous_messages: 3, last_property_viewed: 'luxury-bgc-condo' },
		});
	});

	it('with extra fields is also who wrote where, in which language, and what is known', async () => {
		const learned = [{ mid: 'm_0', slots: { transaction: 'buy', places: ['Taguig'] } }];
		const event = { text, channel: 'instagram', session: { ...session, learned } } as const;
		const { asked, mid } = await handle({ withExtraFields: true }, event);
		expect(asked.session_data).toEqual({
			previous_messages: 3,
			last_property_viewed: 'luxury-bgc-condo',
			account_id: INSTAGRAM,
			message_id: mid,
			sent_at: expect.stringMatching(/Z$/),
			language: 'en',
			contact: { email: 'ana.reyes@example.com', phone: '+639175550123', name: 'Dina Santos' },
			preferences: {
				transaction: 'buy',
				places: ['Makati'],
				beds: { min: 2, max: 2 },
				budget: { min: 10_000_000, max: 12_000_000 },
			},
		});
	});

	it('asks Meta for a name once: when the person becomes a lead, and more is wanted', async () => {
		const profiles = () =>
			around.meta.requests.filter(({ path }) => path === `/v26.0/${ANA}`).length;
		await handle({}, { text });
		await handle({ withExtraFields: true }, { text: 'Hello' });
		expect(profiles()).toBe(0);
		await handle({ withExtraFields: true }, { text });
		expect(profiles()).toBe(1);
	});

	it.each<[string, object, string]>([
		[
			'a picture',
			{ text: undefined, attachments: [{ type: 'image', url: 'https://x.example' }] },
			'[image]',
		],
		[
			'a place',
			{ text: 'here', attachments: [{ type: 'location', latitude: 14.55, longitude: 121.05 }] },
			'here\n[location 14.55, 121.05]',
		],
		['a button', { kind: 'postback', text: undefined, title: 'View', payload: 'x' }, 'View'],
	])('of %s is what stands for it', async (_what, event, message) => {
		const mid = around.meta.say({ channel: 'facebook', person: ANA, text: 'x' });
		await around.runOne('handle', {}, [taken(messageEvent(mid, event))]);
		expect(around.platform.deliveries.at(-1)!.body.message).toBe(message);
	});
});

describe('the rules', () => {
	const rules = {
		rule: [{ intent: 'parking_inquiry', phrases: 'parking, may paradahan', weight: 0.8 }],
	};

	it.each(['Is there PARKING?', 'may paradahan po ba'])(
		'find an intent of ones own in "%s"',
		async (text) => {
			const { json, asked } = await handle({ rules }, { text });
			expect(asked.intents).toContain('parking_inquiry');
			expect(json.intents).toContainEqual({ name: 'parking_inquiry', confidence: 0.8 });
		},
	);

	it('count from the confidence that is needed', async () => {
		const { asked } = await handle({ rules, threshold: 0.9 }, { text: 'Is there parking?' });
		expect(asked.intents).toEqual(['unknown']);
	});

	it('know the places that are added', async () => {
		const places = { place: [{ place: 'Nuvali', aliases: 'Sta Rosa Nuvali, nuvali laguna' }] };
		const event = { text: 'House in sta. rosa nuvali?' };
		const { asked } = await handle({ places, withExtraFields: true }, event);
		expect(asked.session_data).toMatchObject({ preferences: { places: ['Nuvali'] } });
	});

	it.each([
		['PH', '+639175550123'],
		['SG', undefined],
	])('read phone numbers as in %s', async (country, phone) => {
		const { asked } = await handle({ country, withExtraFields: true }, { text: '0917 555 0123' });
		expect((asked.session_data as IDataObject).contact).toEqual(
			phone === undefined ? {} : { phone, name: 'Ana Reyes' },
		);
	});

	it.each<[string, object]>([
		['Atlantis', { country: 'Atlantis' }],
		['threshold', { threshold: 2 }],
		['weight', { rules: { rule: [{ intent: 'parking', phrases: 'parking', weight: 7 }] } }],
		['phrase', { rules: { rule: [{ intent: 'parking', phrases: ' , ', weight: 0.5 }] } }],
	])('that cannot be used are named: %s', async (word, options) => {
		const item = taken(messageEvent('m_1'));
		const failed = await around.failOne('understand', { options } as never, [item]);
		expect(`${failed.error} ${failed.details.advice}`).toMatch(new RegExp(word, 'i'));
		expect(failed.details.itemIndex).toBe(0);
	});
});

describe('the reply', () => {
	const withCards = {
		suggested_properties: ['p/1', 'p-2'],
		next_action: 'schedule_viewing',
		properties: [
			{ id: 'p-2', title: 'Two bedrooms', subtitle: '₱12M', url: 'https://homes.example.com/2' },
		],
	};

	it('shows suggested properties as cards, with quick replies for the next action', async () => {
		around.answerWith(withCards);
		const { json, sent } = await handle({});
		expect(json).toMatchObject({ outcome: 'answered', messages: 2 });
		const more = (id: string) => ({ title: 'Tell me more', payload: `property:${id}` });
		expect(sent[1]).toMatchObject({
			cards: [
				{ title: 'Property', buttons: [more('p/1')] },
				{
					title: 'Two bedrooms',
					subtitle: '₱12M',
					buttons: [{ title: 'View details', url: 'https://homes.example.com/2' }, more('p-2')],
				},
			],
			quickReplies: [
				{ title: 'Schedule a viewing', payload: 'schedule_viewing' },
				{ title: 'Show me more', payload: 'show_more' },
				{ title: 'Talk to an agent', payload: 'human_agent' },
			],
		});
		expect(sent[0]).not.toHaveProperty('quickReplies');
	});

	it('has words and addresses of ones own on the cards', async () => {
		around.answerWith(withCards);
		const { sent } = await handle({
			cardTitle: 'A home',
			propertyUrl: 'https://www.example.com/properties/{ID}?from=chat',
			openTitle: 'Open',
			moreTitle: 'More',
		});
		expect(sent[1]!.cards).toMatchObject([
			{
				title: 'A home',
				buttons: [
					{ title: 'Open', url: 'https://www.example.com/properties/p%2F1?from=chat' },
					{ title: 'More', payload: 'property:p/1' },
				],
			},
			{ buttons: [{ title: 'Open', url: 'https://homes.example.com/2' }, { title: 'More' }] },
		]);
	});

	it('offers quick replies of ones own in place of those for the same action', async () => {
		around.answerWith({ next_action: 'schedule_viewing' });
		const { sent } = await handle({
			quickReplies: {
				quickReply: [
					{ nextAction: 'schedule_viewing', title: 'Saturday' },
					{ nextAction: ' schedule_viewing ', title: 'Sunday' },
					{ nextAction: 'other', title: 'Never' },
				],
			},
		});
		expect(sent[0]!.quickReplies?.map(({ title }) => title)).toEqual(['Saturday', 'Sunday']);
	});

	it('carries the mark by which its echo is known, and no other', async () => {
		const { sent } = await handle({});
		expect(sent[0]!.metadata).toMatch(/^pp1:[0-9a-f]{24}:0$/);
	});

	it('says goodbye in ones own words, or not at all', async () => {
		const { sent } = await handle({ optOutText: 'Paalam!' }, { text: 'STOP' });
		expect(sent.map(({ text }) => text)).toEqual(['Paalam!']);
		const { json } = await handle({ optOutText: '' }, { text: 'STOP' });
		expect(json).toMatchObject({ outcome: 'nothing_to_say', messages: 0 });
	});

	it('hands over and forgets in ones own words', async () => {
		around.platform.answer(() => Response.json(replyWith({ reply_text: ' ' })));
		await handle({ handOverText: 'Ben is coming.' }, { text: 'Can I talk to a human agent?' });
		const { sent } = await handle({ forgetText: 'Gone.' }, { text: 'Please delete my data' });
		expect(sent.map(({ text }) => text)).toEqual(['Ben is coming.', 'Gone.']);
	});

	it.each([
		[true, 1],
		[false, 0],
	])('is announced by typing: %s', async (typing, times) => {
		await handle({ typing });
		const actions = around.meta.requests.filter(
			({ body }) => (body as { sender_action?: string })?.sender_action === 'typing_on',
		);
		expect(actions).toHaveLength(times);
	});
});

describe('Take Messages', () => {
	it('asks the inbox for what is chosen', async () => {
		const values = async (parameters: object): Promise<unknown[]> => {
			const json = await around.runOne('take', parameters as never, [{}, {}]);
			return ((json.stateStore as IDataObject).take as { values: unknown[] }).values;
		};
		const [kinds, token, ...defaults] = await values({});
		expect(JSON.parse(String(kinds))).toEqual(['message', 'postback', 'referral']);
		expect(token).toMatch(/^[0-9a-f-]{36}$/);
		expect(defaults).toEqual([120, 2, 20, 90]);
		const takeOptions = { leaseSeconds: 30, quietSeconds: 0.5, conversations: 5, retentionDays: 7 };
		const [forms, another, ...chosen] = await values({ what: 'leadForms', takeOptions });
		expect(JSON.parse(String(forms))).toEqual(['lead_form']);
		expect(another).not.toBe(token);
		expect(chosen).toEqual([30, 0.5, 5, 7]);
	});
});

it('Keep Events pauses for as long as is chosen', async () => {
	const item = { event: messageEvent('m_1', { accountId: PAGE }) as never } as IDataObject;
	const json = await around.runOne('keep', { keepOptions: { pauseHours: 3 } }, [item, item]);
	expect(json).toMatchObject({
		events: 2,
		stateStore: { keep: { values: expect.arrayContaining([3]) } },
	});
});
