import { parseLosslessJson } from '../../../../nodes/shared/intake/losslessJson';
import {
	AT,
	AT_TEXT,
	fromAccount,
	fromPerson,
	instagram,
	page,
	PAGE,
	parse,
	parseOne,
	PERSON,
} from './payloads.cts';

const message = (mid: string, timestamp: unknown = AT) =>
	fromPerson({ timestamp, message: { mid, text: mid } });
const ids = (payload: unknown) => parse(payload).map(({ id }) => id);

describe('the events of a payload', () => {
	it('come from every entry and every list', () => {
		const payload = {
			object: 'page',
			entry: [
				{ id: '1', time: AT, messaging: [message('a'), message('b')] },
				{ id: '2', time: AT, messaging: [message('a')], standby: [message('c')] },
				{ id: '3', time: AT, messaging: [], changes: [{ field: 'feed', value: {} }] },
			],
		};
		expect(parse(payload).map(({ accountId, kind, mid }) => [accountId, kind, mid])).toEqual([
			['1', 'message', 'a'],
			['1', 'message', 'b'],
			['2', 'message', 'a'],
			['2', 'message', 'c'],
			['3', 'other', undefined],
		]);
	});

	it('say which of them are for another app', () => {
		const [standby] = parse(page([message('a')], 'standby'));
		const [messaging] = parse(page([message('a')]));
		expect(standby).toEqual({ ...messaging, isStandby: true });
		expect(messaging).not.toHaveProperty('isStandby');
	});

	it('have a button without its payload, and echoes, while another app is in control', () => {
		const [postback, echo, passed] = parse(
			page(
				[
					fromPerson({ postback: { mid: 'p', title: 'Go' } }),
					fromAccount({ timestamp: AT + 1, message: { mid: 'e', is_echo: true, text: 'Hi' } }),
					fromPerson({ timestamp: AT + 2, pass_thread_control: { new_owner_app_id: '7' } }),
				],
				'standby',
			),
		);
		expect(postback).toMatchObject({ kind: 'postback', title: 'Go', isStandby: true });
		expect(postback).not.toHaveProperty('payload');
		expect(echo).toMatchObject({ kind: 'echo', userId: PERSON, isStandby: true });
		expect(passed).toMatchObject({ kind: 'handover', control: 'theirs', isStandby: true });
	});

	it('are in the order in which they happened, whatever the order they came in', () => {
		const payload = page([
			message('d', AT + 2),
			message('b', AT + 1),
			message('c', String(AT + 1)),
			message('a', AT),
		]);
		expect(parse(payload).map(({ mid }) => mid)).toEqual(['a', 'b', 'c', 'd']);
	});

	it.each<[string, unknown, string]>([
		['milliseconds', AT, AT_TEXT],
		['milliseconds as text', String(AT), AT_TEXT],
		['seconds', 1_458_692_752, '2016-03-23T00:25:52.000Z'],
		['seconds as text', '1458692752', '2016-03-23T00:25:52.000Z'],
		['fractions of a millisecond', AT + 0.75, AT_TEXT],
	])('have a time from %s', (_what, timestamp, at) => {
		expect(parseOne(page([message('a', timestamp)])).at).toBe(at);
	});

	it.each([undefined, null, 0, -5, '', 'now', '1e9', 1e18, Number.MAX_VALUE, {}, '0x10'])(
		'have the time of their entry where their own is none: %p',
		(timestamp) => {
			const { entry } = page([fromPerson({ timestamp, message: { mid: 'a' } })]);
			const payload = (time: unknown) => ({ object: 'page', entry: [{ ...entry[0], time }] });
			expect(parseOne(payload(AT)).at).toBe(AT_TEXT);
			expect(parseOne(payload(timestamp)).at).toBe('1970-01-01T00:00:00.000Z');
		},
	);

	it('have the same id in every delivery', () => {
		const events = [message('a'), fromPerson({ read: { watermark: AT } }), { odd: true }];
		const again = structuredClone(events).toReversed();
		const first = page([...events, ...structuredClone(events)]);
		const second = { object: 'page', entry: [{ time: 5, id: PAGE, messaging: again }] };
		expect(parse(first)).toHaveLength(6);
		expect(new Set(ids(first)).size).toBe(3);
		expect(new Set(ids(second))).toEqual(new Set(ids(first)));
	});

	it('have the same id with their members in another order', () => {
		const event = { sender: { id: PERSON }, timestamp: AT, read: { watermark: 1, seq: 2 } };
		const turned = { read: { seq: 2, watermark: 1 }, timestamp: AT, sender: { id: PERSON } };
		expect(ids(page([event]))).toEqual(ids(page([turned])));
	});

	it('have other ids on another account, another channel and of another kind', () => {
		const onOther = { object: 'page', entry: [{ id: '2', messaging: [message('a')] }] };
		const echo = fromAccount({ message: { mid: 'a', is_echo: true, text: 'a' } });
		const unsend = fromPerson({ message: { mid: 'a', is_deleted: true } });
		const edit = (number: number) =>
			fromPerson({ message_edit: { mid: 'a', text: 'b', num_edit: number } });
		const all = [
			...ids(page([message('a'), echo, unsend, edit(1), edit(2)])),
			...ids(instagram([message('a')])),
			...ids(onOther),
		];
		expect(new Set(all).size).toBe(7);
	});

	it('can be a thousand in one payload, of one entry or of many', () => {
		const events = Array.from({ length: 1000 }, (_, index) => message(`m${index}`, AT + index));
		const one = parse(page(events));
		const entries = events.map((event) => ({ id: PAGE, time: AT, messaging: [event] }));
		expect(one.map(({ mid }) => mid)).toEqual(events.map((_, index) => `m${index}`));
		expect(parse({ object: 'page', entry: entries.toReversed() })).toEqual(one);
	});

	it.each(['user', 'permissions', 'whatsapp_business_account', 'constructor', '__proto__'])(
		'are other where they are about an object that is not known: %s',
		(object) => {
			const event = message('a');
			const entry = [{ id: '9', time: AT, messaging: [event], changes: [{ field: 'about' }] }];
			expect(parse({ object, entry })).toEqual([
				expect.objectContaining({ kind: 'other', channel: 'facebook', accountId: '9' }),
				expect.objectContaining({ kind: 'other', channel: 'facebook', accountId: '9' }),
			]);
		},
	);

	it('are the entry itself where it has no list, known by all but the time of delivery', () => {
		const comment = { id: PAGE, time: 1_630_087_927, field: 'comments', value: { id: 'c-1' } };
		const later = { ...comment, time: 1_630_087_999 };
		const [first] = parse({ object: 'instagram', entry: [comment] });
		expect(first).toMatchObject({ kind: 'other', raw: comment, at: '2021-08-27T18:12:07.000Z' });
		expect(ids({ object: 'instagram', entry: [later] })).toEqual([first?.id]);
	});

	it('are none where the lists are empty', () => {
		expect(parse(page([]))).toEqual([]);
	});
});

describe("the dashboard's test", () => {
	const value = {
		sender: { id: '12334' },
		recipient: { id: '23245' },
		timestamp: '1527459824',
		message: { mid: 'random_mid', text: 'random_text' },
	};

	it.each(['instagram', 'page'])('of messages is a message, for %s', (object) => {
		const entry = [{ id: '0', time: 1_527_459_824, changes: [{ field: 'messages', value }] }];
		expect(parseOne({ object, entry })).toMatchObject({
			kind: 'message',
			accountId: '0',
			userId: '12334',
			at: '2018-05-27T22:23:44.000Z',
			mid: 'random_mid',
			text: 'random_text',
		});
	});

	it.each<[string, object, string]>([
		['messaging_postbacks', { postback: { title: 'Go', payload: 'P' } }, 'postback'],
		['messaging_seen', { read: { mid: 'random_mid' } }, 'read'],
		['messaging_referral', { referral: { ref: 'r', source: 'SHORTLINK' } }, 'referral'],
		['message_reactions', { reaction: { mid: 'm', action: 'react', emoji: '❤' } }, 'reaction'],
		['messaging_handover', { pass_thread_control: { new_owner_app_id: '1' } }, 'handover'],
	])('of %s is what it says', (field, content, kind) => {
		const { message: _message, ...rest } = value;
		const change = { field, value: { ...rest, ...content } };
		expect(parseOne(instagram([change], 'changes'))).toMatchObject({ kind, userId: '12334' });
	});

	it('of standby is for another app', () => {
		const change = { field: 'standby', value };
		expect(parseOne(page([change], 'changes'))).toMatchObject({
			kind: 'message',
			isStandby: true,
		});
	});

	it('that is broken is other, the whole change', () => {
		const change = { field: 'messages', value: { ...value, message: 'random_text' } };
		expect(parseOne(page([change], 'changes'))).toMatchObject({ kind: 'other', raw: change });
	});
});

describe('a lead form', () => {
	const value = {
		form_id: '172036835026334',
		leadgen_id: '233370042045345',
		created_time: 1_630_087_926,
		page_id: PAGE,
	};
	const leadgen = (changed: object) => page([{ field: 'leadgen', value: changed }], 'changes');
	const CREATED_AT = '2021-08-27T18:12:06.000Z';

	it('is a conversation of its own', () => {
		expect(parseOne(leadgen({ ...value, ad_id: '23851234567890123' }))).toEqual({
			id: `facebook:${PAGE}:lead_form:233370042045345`,
			kind: 'lead_form',
			channel: 'facebook',
			accountId: PAGE,
			conversation: `facebook:${PAGE}:form:233370042045345`,
			at: CREATED_AT,
			leadForm: {
				leadgenId: '233370042045345',
				formId: '172036835026334',
				pageId: PAGE,
				adId: '23851234567890123',
				createdAt: CREATED_AT,
			},
		});
	});

	it('is of the Page of its entry where it names none, and of its time', () => {
		const { page_id: _page, created_time: _time, ...rest } = value;
		const { leadForm, at } = parseOne(leadgen(rest));
		expect(leadForm).toEqual({
			leadgenId: '233370042045345',
			formId: '172036835026334',
			pageId: PAGE,
		});
		expect(at).toBe('2016-03-23T00:25:52.978Z');
	});

	it.each(['leadgen_id', 'form_id'])('is other without its %s', (field) => {
		const broken = { ...value, [field]: undefined };
		expect(parseOne(leadgen(broken))).toMatchObject({ kind: 'other', at: CREATED_AT });
	});

	it('is other in a field that is not known', () => {
		const change = { field: 'leadgen_update', value };
		expect(parseOne(page([change], 'changes'))).toMatchObject({ kind: 'other', raw: change });
	});
});

describe('ids beyond 2^53', () => {
	it('come through from the bytes to the event, digit by digit', () => {
		const body = `{"object":"page","entry":[{"id":108723928465021,"time":1630087927,
			"messaging":[{"sender":{"id":24588129073655441},"recipient":{"id":108723928465021},
				"timestamp":1458692752478,"message":{"mid":"m_1","text":"9007199254740993",
				"referral":{"source":"ADS","ad_id":23851234567890123}}}],
			"changes":[{"field":"leadgen","value":{"leadgen_id":9007199254740993,
				"form_id":172036835026334,"page_id":108723928465021,"created_time":1630087926,
				"ad_id":23851234567890125,"adgroup_id":23851234567890127}}]}]}`;
		const [first, second] = parse(parseLosslessJson(Buffer.from(body)));
		expect(first).toMatchObject({
			userId: '24588129073655441',
			accountId: '108723928465021',
			text: '9007199254740993',
			referral: { adId: '23851234567890123' },
			at: AT_TEXT,
		});
		expect(second).toMatchObject({
			id: 'facebook:108723928465021:lead_form:9007199254740993',
			leadForm: { formId: '172036835026334', adId: '23851234567890125' },
		});
	});

	it('are no ids where a number has lost their digits already', () => {
		const event = fromPerson({ sender: { id: 2 ** 53 }, message: { mid: 'm', text: 'a' } });
		expect(parseOne(page([event]))).toMatchObject({ kind: 'other', raw: event });
	});
});
