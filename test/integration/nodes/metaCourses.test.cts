/** What Meta Broker does about a message, from Meta's webhook to the record in the inbox. */
import { type MetaInbox, startMetaInbox } from './metaInbox.cts';
import { ANA, BEN, DINA, INSTAGRAM, PAGE } from './metaSurroundings.cts';

let world: MetaInbox;
beforeAll(async () => {
	world = await startMetaInbox();
}, 60_000);
beforeEach(async () => await world.forget());
afterAll(async () => await world.close());

const MESSENGER = { channel: 'facebook', person: ANA } as const;
const DIRECT = { channel: 'instagram', person: DINA } as const;
const OPT_OUT_TEXT =
	'You will get no more automatic messages from us. Write START if you change your mind.';

/** Bodies that the platform got. */
const told = () => world.platform.deliveries.map(({ body }) => body);
const outcomes = (ended: object[]) => ended.map((json) => (json as { outcome: string }).outcome);

it.each([
	['Messenger', MESSENGER, PAGE, 'facebook'],
	['Instagram', DIRECT, INSTAGRAM, 'instagram'],
])(
	'a question on %s gets the answer of the platform, which hears what the guide says',
	async (_name, place, account, platform) => {
		const mid = world.meta.say({ ...place, text: 'Looking for 3BR condo in BGC' });
		const [ended, ...more] = await world.answerAll();
		expect(more).toEqual([]);
		const id = `${platform}:${account}:message:${mid}`;
		expect(ended).toMatchObject({
			eventId: id,
			conversation: `${platform}:${account}:${place.person}`,
			outcome: 'answered',
			messages: 1,
			language: 'en',
			correlationId: 'corr-1',
		});
		expect(world.meta.sent).toMatchObject([
			{ channel: platform, account, person: place.person, text: 'I found 2 condos in BGC.' },
		]);
		const [delivery] = world.platform.deliveries;
		expect(delivery).toMatchObject({ isValid: true, path: '/internal/n8n/channel-message' });
		expect(delivery!.headers.get('x-correlation-id')).toBe('corr-1');
		expect(delivery!.body).toEqual({
			platform,
			user_id: place.person,
			message: 'Looking for 3BR condo in BGC',
			intents: ['property_search'],
			lead_captured: false,
			session_data: { previous_messages: 0, last_property_viewed: null },
		});
		expect(await world.inbox.rows('channel_events', 'state, outcome, event')).toEqual([
			{ state: 'done', outcome: 'answered', event: null },
		]);
	},
);

it('people are counted, and asked about with what they said before', async () => {
	const extra = { withExtraFields: true };
	world.meta.say({ ...MESSENGER, text: 'Condo in BGC, ana.reyes@example.com' });
	await world.answerAll(extra);
	world.meta.say({ ...MESSENGER, text: 'May parking po ba?' });
	await world.answerAll(extra);
	expect(told().map((body) => body.session_data)).toMatchObject([
		{ previous_messages: 0, contact: { email: 'ana.reyes@example.com', name: 'Ana Reyes' } },
		{
			previous_messages: 1,
			account_id: PAGE,
			contact: { email: 'ana.reyes@example.com' },
			preferences: { places: ['Bonifacio Global City'] },
		},
	]);
	expect(told().map((body) => body.lead_captured)).toEqual([true, true]);
});

it('a link without a word is noted, and what it was about is known from then on', async () => {
	world.meta.refer({ ...MESSENGER, referral: { ref: 'property:p-9', source: 'SHORTLINK' } });
	expect(await world.answerAll()).toMatchObject([{ outcome: 'noted', messages: 0 }]);
	expect([world.meta.sent, told()]).toEqual([[], []]);
	world.meta.say({ ...MESSENGER, text: 'Available pa po?' });
	await world.answerAll();
	expect(told()).toMatchObject([{ session_data: { last_property_viewed: 'p-9' } }]);
});

it('a button of a card asks for its property', async () => {
	world.meta.tap({ ...MESSENGER, payload: 'property:p-7', title: 'Tell me more' });
	expect(outcomes(await world.answerAll())).toEqual(['answered']);
	expect(told()).toMatchObject([
		{ message: 'Tell me more', session_data: { last_property_viewed: 'p-7' } },
	]);
});

it('STOP ends the answers and START brings them back; the platform hears it all', async () => {
	for (const text of ['STOP', 'Hello?', 'START', 'Hello again']) {
		world.meta.say({ ...MESSENGER, text });
		await world.answerAll();
	}
	expect(world.sentTexts()).toEqual([
		OPT_OUT_TEXT,
		'I found 2 condos in BGC.',
		'I found 2 condos in BGC.',
	]);
	expect(told().map(({ message }) => message)).toEqual(['STOP', 'Hello?', 'START', 'Hello again']);
	const rows = await world.inbox.rows('channel_events', 'outcome', 'received_at');
	expect(outcomes(rows)).toEqual(['opted_out', 'opted_out', 'answered', 'answered']);
});

it('STOP of one person is none of another', async () => {
	world.meta.say({ ...MESSENGER, text: 'STOP' });
	await world.answerAll();
	world.meta.say({ channel: 'facebook', person: BEN, text: 'Hello' });
	expect(outcomes(await world.answerAll())).toEqual(['answered']);
});

it('whoever asks for a person gets one, and silence from us', async () => {
	world.answerWith({ reply_text: '' });
	world.meta.say({ ...MESSENGER, text: 'Can I talk to a human agent please?' });
	await world.answerAll();
	world.answerWith({});
	world.meta.say({ ...MESSENGER, text: 'Hello? Anybody?' });
	const [ended] = await world.answerAll();
	expect(ended).toMatchObject({ outcome: 'handed_over', messages: 0 });
	expect(world.sentTexts()).toEqual(['A person of our team will answer you here.']);
	expect(told()).toHaveLength(2);
});

it("the platform's own words for a hand-over win", async () => {
	world.answerWith({ reply_text: 'Ben will write to you.' });
	world.meta.say({ ...MESSENGER, text: 'Can I talk to a human agent please?' });
	await world.answerAll();
	expect(world.sentTexts()).toEqual(['Ben will write to you.']);
});

it('0 hours of pause keep the answers going', async () => {
	for (const text of ['Can I talk to a human agent please?', 'Hello?']) {
		world.meta.say({ ...MESSENGER, text });
		expect(outcomes(await world.answerAll({ pauseHours: 0 }))).toEqual(['answered']);
	}
});

it('a colleague who answers in the inbox is not interrupted', async () => {
	world.meta.say({ ...MESSENGER, text: 'Hello' });
	await world.answerAll();
	world.meta.replyAsHuman({ ...MESSENGER, text: 'Hi, Ben here.' });
	expect(await world.keep()).toMatchObject({ handedOver: 1, messages: 0 });
	world.meta.say({ ...MESSENGER, text: 'Hi Ben!' });
	expect(outcomes(await world.answerAll())).toEqual(['handed_over']);
	expect(world.sentTexts()).toHaveLength(1);
});

it('while the inbox holds the conversation we only look on', async () => {
	world.meta.say({ ...MESSENGER, text: 'Hello' });
	await world.answerAll();
	world.meta.takeThread(MESSENGER);
	world.meta.say({ ...MESSENGER, text: 'Is that you, Ben?' });
	expect(await world.answerAll()).toEqual([]);
	world.meta.passThread(MESSENGER);
	world.meta.say({ ...MESSENGER, text: 'And now?' });
	expect(outcomes(await world.answerAll())).toEqual(['answered']);
	expect(told().map(({ message }) => message)).toEqual(['Hello', 'And now?']);
});

it('what is unsent before it is answered gets no answer', async () => {
	const mid = world.meta.say({ ...DIRECT, text: 'wrong chat, sorry' });
	world.meta.unsend(mid);
	expect(await world.answerAll()).toEqual([]);
	expect(told()).toEqual([]);
});

it('what is edited before it is answered is answered as it reads then', async () => {
	const mid = world.meta.say({ ...MESSENGER, text: 'Condo in Makati' });
	world.meta.edit(mid, 'Condo in BGC');
	await world.answerAll();
	expect(told().map(({ message }) => message)).toEqual(['Condo in BGC']);
});

it('messages that come twice and shuffled are answered once and in order', async () => {
	const now = Date.now() - 60_000;
	world.meta.hold();
	for (let number = 0; number < 6; number++) {
		for (const person of [ANA, BEN]) {
			const saying = { channel: 'facebook', person, text: `${number}` } as const;
			world.meta.say({ ...saying, at: now + number * 1000 });
		}
	}
	world.platform.answer(({ body }) =>
		Response.json({
			reply_text: `answer to ${String(body.message)}`,
			intents: [],
			lead_captured: false,
			suggested_properties: [],
		}),
	);
	world.meta.flush({ batch: 4, times: 2, shuffle: 7 });
	await world.answerAll({ typing: false });
	for (const person of [ANA, BEN]) {
		const texts = world.meta.sent.filter((sent) => sent.person === person).map(({ text }) => text);
		expect(texts).toEqual(Array.from({ length: 6 }, (_text, number) => `answer to ${number}`));
	}
}, 30_000);

it('a person who asks to be forgotten is, and hears of it', async () => {
	world.meta.say({ ...MESSENGER, text: 'Condo in BGC, ana.reyes@example.com' });
	await world.answerAll();
	world.answerWith({ reply_text: '' });
	world.meta.say({ ...MESSENGER, text: 'Please delete my data' });
	await world.answerAll();
	expect(world.sentTexts().at(-1)).toBe(
		'We have deleted what we had noted about you in this conversation.',
	);
	const everything = JSON.stringify([
		await world.inbox.rows('conversations'),
		await world.inbox.rows('channel_events'),
	]);
	expect(everything).not.toContain('ana.reyes@example.com');
	expect(everything).not.toContain('Bonifacio');
});

it('Forget leaves nothing of a person but the ids of what was answered', async () => {
	world.meta.say({ ...MESSENGER, text: 'Condo in BGC, ana.reyes@example.com' });
	await world.answerAll();
	const conversation = `facebook:${PAGE}:${ANA}`;
	const json = await world.runOne('forget', {}, [{ conversation }]);
	expect(await world.queryOne(json, 'forget')).toEqual({ forgotten: 3 });
	expect(await world.inbox.rows('conversations')).toEqual([]);
	expect(await world.inbox.rows('channel_events', 'conversation, event, state')).toEqual([
		{ conversation: null, event: null, state: 'done' },
	]);
});
