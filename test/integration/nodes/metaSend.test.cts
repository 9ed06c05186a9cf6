/** Send Reply, the steps beside the whole, and how long a person may be answered. */
import type { IDataObject } from 'n8n-workflow';

import {
	ANA,
	messageEvent,
	metaBroker,
	type MetaSurroundings,
	replyWith,
	SESSION,
	startMetaSurroundings,
	statementIn,
	taken,
} from './metaSurroundings.cts';

let around: MetaSurroundings;
beforeAll(async () => {
	around = await startMetaSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

const MESSENGER = { channel: 'facebook', person: ANA } as const;
const HOUR_MS = 3_600_000;

/** Bodies of the messages that Graph was asked to send. */
const requested = () =>
	around.meta.requests.flatMap(({ body }) => {
		const { message, ...rest } = (body ?? {}) as { message?: { text?: string } };
		return message ? [{ text: message.text, ...rest }] : [];
	});

describe('step by step', () => {
	const CARDS = {
		suggested_properties: ['p-1'],
		next_action: 'schedule_viewing',
		properties: [{ id: 'p-1', title: 'Two bedrooms', url: 'https://homes.example.com/p-1' }],
	};
	it.each<[string, string, object, object]>([
		['a question', 'Looking for 3BR condo in BGC, ana@example.com', {}, CARDS],
		['STOP', 'STOP', {}, {}],
		['START', 'START', { automation: 'opted_out' }, {}],
		['a question after STOP', 'Hello?', { automation: 'opted_out' }, {}],
		['a question to a colleague', 'Hello?', { automation: 'handed_over' }, {}],
		['a wish for a person', 'Can I talk to a human agent?', {}, { reply_text: '' }],
		['nothing to say', 'Hello', {}, { reply_text: '' }],
		['a wish to be forgotten', 'Please delete my data', {}, { reply_text: '' }],
	])('%s comes to the same as in one node', async (_what, text, session, reply) => {
		const mid = around.meta.say({ ...MESSENGER, text });
		const item = () =>
			taken(messageEvent(mid, { text }), {
				session: { ...SESSION, previousMessages: 3, ...session },
			});
		const resultOf = async (run: () => Promise<IDataObject>) => {
			around.answerWith(reply);
			around.platform.deliveries.length = 0;
			const before = around.meta.sent.length;
			const json = await run();
			const [, , , parts, change, outcome] = statementIn(json, 'record').values;
			return {
				outcome: json.outcome,
				messages: json.messages,
				change: JSON.parse(String(change)) as unknown,
				keys: (JSON.parse(String(parts)) as Array<{ key: string }>).map(({ key }) => key),
				recorded: outcome,
				asked: around.platform.deliveries.map(({ body }) => body),
				sent: around.meta.sent.slice(before).map(({ mid: _mid, at: _at, ...message }) => message),
			};
		};
		const whole = await resultOf(async () => await around.runOne('handle', {}, [item()]));
		const inSteps = await resultOf(async () => {
			const steps = [metaBroker('understand'), metaBroker('askPlatform'), metaBroker('send')];
			const { outputs, error } = await around.run(steps, [item()]);
			if (error) throw error;
			return outputs[0]![0]!.json;
		});
		expect(inSteps).toEqual(whole);
		expect(whole.asked).toHaveLength(1);
	});

	it('somebody who came by a link and said nothing is remembered, and nobody is asked', async () => {
		const { text: _nothing, ...event } = messageEvent('m_1', { kind: 'referral' });
		const item = taken({ ...event, referral: { ref: 'property:p-1', source: 'SHORTLINK' } });
		const steps = [metaBroker('understand'), metaBroker('askPlatform'), metaBroker('send')];
		const { outputs, error } = await around.run(steps, [item]);
		expect(error).toBeUndefined();
		const json = outputs[0]![0]!.json;
		expect(json).toMatchObject({ outcome: 'noted', messages: 0 });
		expect(JSON.parse(String(statementIn(json, 'record').values[4]))).toMatchObject({
			lastPropertyViewed: 'p-1',
		});
		expect(around.platform.deliveries).toEqual([]);
	});

	it('Understand Message keeps what came in, and says what is to be done', async () => {
		const item = taken(messageEvent('m_1', { text: 'May 2BR po ba sa Makati, budget 10M?' }));
		const json = await around.runOne('understand', {}, [item]);
		expect(json).toMatchObject({
			...item,
			course: { course: 'answer', handsOver: false, optsIn: false },
			understanding: {
				slots: { beds: { min: 2, max: 2 }, places: ['Makati'], budget: { max: 10_000_000 } },
				language: { code: 'taglish' },
			},
		});
		expect(around.platform.deliveries).toEqual([]);
	});
});

describe('a text of a field', () => {
	it('is a reply, in as many messages as it needs', async () => {
		const mid = around.meta.say({ ...MESSENGER, text: 'Hello' });
		const words = Array.from({ length: 1000 }, (_word, index) => `word${index}.`).join(' ');
		const item = { event: messageEvent(mid) as never, answer: words } as IDataObject;
		const json = await around.runOne('send', { replyField: 'answer' }, [item]);
		expect(json).toMatchObject({ outcome: 'answered', messages: 5 });
		expect(json).not.toHaveProperty('stateStore');
		expect(around.meta.sent.map(({ text }) => text).join(' ')).toBe(words);
		for (const { text } of around.meta.sent) expect(text.length).toBeLessThanOrEqual(2000);
	});

	it.each([[{}], [{ reply: '  ' }], [{ reply: 7 }], [{ reply: null }]])(
		'that is none makes an error that names the field: %j',
		async (given) => {
			const item = { event: messageEvent('m_1') as never, ...given } as IDataObject;
			const failed = await around.failOne('send', {}, [item]);
			expect(failed).toMatchObject({
				error: 'The item has no reply in "reply"',
				details: { itemIndex: 0, advice: expect.stringContaining('Reply Field') },
			});
			expect(requested()).toEqual([]);
		},
	);

	it('may be a reply of the platform that breaks its contract, and then it says where', async () => {
		const item = taken(messageEvent('m_1'), { reply: { ...replyWith(), suggested_properties: 1 } });
		const failed = await around.failOne('send', {}, [item]);
		expect(failed).toMatchObject({
			error: 'The reply does not keep to its contract',
			details: { advice: expect.stringContaining('suggested_properties') },
		});
	});
});

describe('the time in which a person may be answered', () => {
	const say = (hours: number, more: object = {}) => {
		const at = Date.now() - hours * HOUR_MS;
		const mid = around.meta.say({ ...MESSENGER, text: 'Hello', at, ...more });
		return messageEvent(mid, { at: new Date(at).toISOString(), ...more });
	};
	const AD = { referral: { source: 'ADS', adId: '120210000000000001' } };

	it.each<[string, number, object, boolean, string, object?]>([
		[
			'an automatic reply after 23 hours',
			23,
			{},
			false,
			'answered',
			{ messaging_type: 'RESPONSE' },
		],
		['an automatic reply after 25 hours', 25, {}, false, 'too_late', undefined],
		[
			'one after 6 days, to a click on an ad',
			144,
			AD,
			false,
			'answered',
			{ messaging_type: 'RESPONSE' },
		],
		[
			"a colleague's after 6 days",
			144,
			{},
			true,
			'answered',
			{ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' },
		],
		["a colleague's within the day", 1, {}, true, 'answered', { messaging_type: 'RESPONSE' }],
		["a colleague's after 8 days", 192, {}, true, 'too_late', undefined],
	])('%s', async (_what, hours, more, isFromHuman, outcome, request) => {
		const item = taken(say(hours, more), { reply: 'Good day!' });
		const json = await around.runOne('send', { options: { isFromHuman } }, [item]);
		expect(json.outcome).toBe(outcome);
		expect(requested()).toMatchObject(request ? [{ text: 'Good day!', ...request }] : []);
	});

	it('is not the automation of a conversation that a colleague has: what he writes goes out', async () => {
		const item = taken(say(0), {
			session: { ...SESSION, automation: 'handed_over' },
			understanding: { intents: [{ name: 'greeting', confidence: 1 }] },
			reply: 'Ben here.',
		});
		expect(await around.runOne('send', {}, [item])).toMatchObject({ outcome: 'handed_over' });
		const options = { isFromHuman: true };
		expect(await around.runOne('send', { options }, [item])).toMatchObject({ outcome: 'answered' });
	});
});
