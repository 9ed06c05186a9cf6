/** What the app hears of people, in Meta's shapes. */
import { startMeta } from '../../../sandbox/vendors/meta.cts';
import {
	ANA,
	APP,
	DINA,
	INSTAGRAM,
	metaWorld,
	ON_INSTAGRAM,
	ON_MESSENGER,
	PAGE,
	SECOND_PAGE,
} from './metaWorld.cts';

const AT = 1_763_625_600_123;
const INBOX = '263902037430900';

describe("Meta's events", () => {
	const world = metaWorld({ now: () => AT });

	/** Everything that was told, without its envelope. */
	const told = async () => {
		await world.standIn.settled();
		return world.receiver.events();
	};
	const fromAna = {
		sender: { id: ANA },
		recipient: { id: PAGE },
		timestamp: AT,
		list: 'messaging',
	};
	const fromDina = {
		sender: { id: DINA },
		recipient: { id: INSTAGRAM },
		timestamp: AT,
		list: 'messaging',
	};

	it('have an envelope with the object, the account and the time', async () => {
		const mid = world.standIn.say({ ...ON_MESSENGER, text: 'Hello' });
		await world.standIn.settled();
		const event = { sender: { id: ANA }, recipient: { id: PAGE }, timestamp: AT };
		expect(world.receiver.payloads()).toEqual([
			{
				object: 'page',
				entry: [{ id: PAGE, time: AT, messaging: [{ ...event, message: { mid, text: 'Hello' } }] }],
			},
		]);
	});

	it('tell what a person says on Instagram, in answer to what', async () => {
		const { standIn } = world;
		const story = { id: '178', url: 'https://example.com/story' };
		const first = standIn.say({ ...ON_INSTAGRAM, text: 'Hi', replyToStory: story });
		const second = standIn.say({ ...ON_INSTAGRAM, text: 'Well?', replyTo: first });
		const events = await told();
		expect(events).toHaveLength(2);
		expect(events).toEqual(
			expect.arrayContaining([
				{ ...fromDina, message: { mid: first, text: 'Hi', reply_to: { story } } },
				{ ...fromDina, message: { mid: second, text: 'Well?', reply_to: { mid: first } } },
			]),
		);
		expect(world.receiver.payloads().map(({ object }) => object)).toEqual([
			'instagram',
			'instagram',
		]);
	});

	it('tell of attachments, places and tapped quick replies', async () => {
		const attachments = [
			{ type: 'image', url: 'https://example.com/a.jpg' },
			{ type: 'location', latitude: 14.55, longitude: 121.02 },
		];
		const mid = world.standIn.say({
			...ON_MESSENGER,
			text: 'Call me',
			quickReply: 'call',
			attachments,
		});
		expect(await told()).toEqual([
			{
				...fromAna,
				message: {
					mid,
					text: 'Call me',
					quick_reply: { payload: 'call' },
					attachments: [
						{ type: 'image', payload: { url: 'https://example.com/a.jpg' } },
						{ type: 'location', payload: { coordinates: { lat: 14.55, long: 121.02 } } },
					],
				},
			},
		]);
	});

	it('tell of tapped buttons and of ads', async () => {
		const mid = world.standIn.tap({
			...ON_MESSENGER,
			title: 'Get started',
			payload: 'start',
			referral: { ref: 'spring', source: 'ADS', adId: '23850000000000001' },
		});
		const referral = {
			ref: 'spring',
			ad_id: '23850000000000001',
			source: 'ADS',
			type: 'OPEN_THREAD',
		};
		expect(await told()).toEqual([
			{ ...fromAna, postback: { mid, title: 'Get started', payload: 'start', referral } },
		]);
		world.receiver.forget();
		world.standIn.refer({ ...ON_MESSENGER, referral: { ref: 'qr', source: 'SHORTLINK' } });
		const link = { ref: 'qr', source: 'SHORTLINK', type: 'OPEN_THREAD' };
		expect(await told()).toEqual([{ ...fromAna, referral: link }]);
	});

	it('tell of edited messages, of reactions, and of reading', async () => {
		const { standIn, receiver } = world;
		const mid = standIn.say({ ...ON_MESSENGER, text: 'Hello' });
		await world.send(PAGE, ANA, { text: 'Hi' });
		await standIn.settled();
		receiver.forget();
		const answer = standIn.sent[0]!.mid;
		for (const act of [
			() => standIn.edit(mid, 'Hello!'),
			() => standIn.edit(mid, 'Hello?'),
			() => standIn.react(answer, '❤️'),
			() => standIn.react(answer),
			() => standIn.read(ON_MESSENGER),
		]) {
			act();
			await standIn.settled();
		}
		expect(await told()).toEqual([
			{ ...fromAna, message_edit: { mid, text: 'Hello!', num_edit: 1 } },
			{ ...fromAna, message_edit: { mid, text: 'Hello?', num_edit: 2 } },
			{ ...fromAna, reaction: { mid: answer, action: 'react', reaction: 'other', emoji: '❤️' } },
			{ ...fromAna, reaction: { mid: answer, action: 'unreact', reaction: 'other', emoji: '❤️' } },
			{ ...fromAna, read: { watermark: AT } },
		]);
		expect(standIn.conversations()[0]!.messages[0]).toMatchObject({
			text: 'Hello?',
			isEdited: true,
		});
	});

	it('tell of unsent messages and of what was seen on Instagram', async () => {
		const { standIn, receiver } = world;
		const mid = standIn.say({ ...ON_INSTAGRAM, text: 'Hello' });
		await world.send(INSTAGRAM, DINA, { text: 'Hi' });
		await standIn.settled();
		receiver.forget();
		standIn.unsend(mid);
		await standIn.settled();
		standIn.read(ON_INSTAGRAM);
		expect(await told()).toEqual([
			{ ...fromDina, message: { mid, is_deleted: true } },
			{ ...fromDina, read: { mid: standIn.sent[0]!.mid } },
		]);
		const fields = `${INSTAGRAM}/conversations?platform=instagram&fields=messages{message}`;
		const { body } = await world.ask('GET', fields);
		expect(JSON.stringify(body)).not.toContain('Hello');
		expect(standIn.conversations()[0]!.messages[0]).toMatchObject({ isUnsent: true });
	});

	it('tell nobody of an unsent message on Messenger', async () => {
		const mid = world.standIn.say({ ...ON_MESSENGER, text: 'Hello' });
		await told();
		world.receiver.forget();
		world.standIn.unsend(mid);
		expect(await told()).toEqual([]);
	});

	it.each([
		['Messenger, with its mark', ON_MESSENGER, PAGE, { app_id: Number(APP), metadata: 'pp1:0a:1' }],
		['Instagram, without saying who sent it', ON_INSTAGRAM, INSTAGRAM, {}],
	])('echo what the app sends on %s', async (_, place, account, mark) => {
		const { standIn, receiver } = world;
		standIn.say({ ...place, text: 'Hello' });
		await told();
		receiver.forget();
		await world.send(account, place.person, { text: 'Hi', metadata: 'pp1:0a:1' });
		expect(await told()).toEqual([
			{
				sender: { id: account },
				recipient: { id: place.person },
				timestamp: AT,
				list: 'messaging',
				message: {
					mid: standIn.sent[0]!.mid,
					is_echo: true,
					text: 'Hi',
					...mark,
				},
			},
		]);
	});

	it('echo cards as they were sent', async () => {
		const { standIn, receiver } = world;
		standIn.say({ ...ON_MESSENGER, text: 'Hello' });
		await told();
		receiver.forget();
		const elements = [{ title: 'Two bedrooms', subtitle: 'Makati' }];
		const attachment = { type: 'template', payload: { template_type: 'generic', elements } };
		await world.send(PAGE, ANA, { attachment });
		expect((await told())[0]!.message).toEqual({
			mid: standIn.sent[0]!.mid,
			is_echo: true,
			app_id: Number(APP),
			attachments: [attachment],
		});
	});

	it.each([
		['Messenger', ON_MESSENGER, { app_id: Number(INBOX) }],
		['Instagram', ON_INSTAGRAM, {}],
	])("echo what a person in the Page's inbox writes on %s", async (_, place, inbox) => {
		const mid = world.standIn.replyAsHuman({ ...place, text: 'I am Ben' });
		expect((await told()).map(({ message }) => message)).toEqual([
			{ mid, is_echo: true, text: 'I am Ben', ...inbox },
		]);
		expect(world.standIn.sent).toEqual([]);
	});

	it('stand by while the inbox has the conversation', async () => {
		const { standIn } = world;
		for (const act of [
			() => standIn.takeThread(ON_MESSENGER),
			() => standIn.say({ ...ON_MESSENGER, text: 'Hello' }),
			() => standIn.tap({ ...ON_MESSENGER, title: 'More', payload: 'secret' }),
			() => standIn.replyAsHuman({ ...ON_MESSENGER, text: 'I am Ben' }),
			() => standIn.say({ channel: 'facebook', person: '5', text: 'Somebody else' }),
			() => standIn.passThread(ON_MESSENGER),
		]) {
			act();
			await standIn.settled();
		}
		const events = await told();
		expect(events.map(({ list }) => list)).toEqual([
			'messaging',
			'standby',
			'standby',
			'standby',
			'messaging',
			'messaging',
		]);
		expect(events[0]!.take_thread_control).toEqual({
			previous_owner_app_id: APP,
			new_owner_app_id: INBOX,
		});
		expect(Object.keys(events[2]!.postback!)).toEqual(['mid', 'title']);
		expect(events[5]!.pass_thread_control).toEqual({
			previous_owner_app_id: INBOX,
			new_owner_app_id: APP,
		});
	});

	it('tell of a lead form, with ids as text and seconds', async () => {
		const answers = { email: 'ana@example.net' };
		const filled = { page: SECOND_PAGE, form: '77', answers, adId: '23850000000000001' };
		const id = world.standIn.fillForm(filled);
		await world.standIn.settled();
		expect(world.receiver.payloads()).toEqual([
			{
				object: 'page',
				entry: [
					{
						id: SECOND_PAGE,
						time: 1_763_625_600,
						changes: [
							{
								field: 'leadgen',
								value: {
									created_time: 1_763_625_600,
									leadgen_id: id,
									page_id: SECOND_PAGE,
									form_id: '77',
									ad_id: '23850000000000001',
									adgroup_id: '23850000000000001',
								},
							},
						],
					},
				],
			},
		]);
	});

	it('carry when it happened, not when it is told', async () => {
		world.standIn.say({ ...ON_MESSENGER, text: 'Late', at: AT - 60_000 });
		world.standIn.say({ ...ON_MESSENGER, text: 'Now' });
		const times = (await told()).map(({ timestamp }) => timestamp);
		expect(times.toSorted()).toEqual([AT - 60_000, AT]);
		expect(world.receiver.payloads().map(({ entry }) => entry[0]!.time)).toEqual([AT, AT]);
	});

	it('are remembered for the latest 10,000 messages', async () => {
		const busy = await startMeta();
		try {
			const [first, second] = Array.from({ length: 10_001 }, (_, index) =>
				busy.say({ channel: 'facebook', person: `p${index}`, text: 'Hello' }),
			);
			expect(busy.conversations()).toHaveLength(10_000);
			expect(busy.conversations()[0]!.person.id).toBe('p1');
			expect(() => busy.unsend(first!)).toThrow(first);
			expect(() => busy.unsend(second!)).not.toThrow();
		} finally {
			await busy.close();
		}
	});

	it('cannot come from an account or a message that is not there', () => {
		const nobody = { channel: 'facebook', account: INSTAGRAM, person: ANA, text: 'Hi' } as const;
		expect(() => world.standIn.say(nobody)).toThrow(INSTAGRAM);
		expect(() => world.standIn.unsend('m_unknown')).toThrow('m_unknown');
	});
});
