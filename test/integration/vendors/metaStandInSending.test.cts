/** What may be sent, to whom, and when. */
import { META_FAILURES } from '../../../sandbox/vendors/meta.cts';
import {
	ANA,
	type Answered,
	DINA,
	INSTAGRAM,
	metaWorld,
	ON_INSTAGRAM,
	ON_MESSENGER,
	PAGE,
	SECOND_PAGE,
} from './metaWorld.cts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const url = 'https://example.com/a.jpg';
const button = { type: 'web_url', url, title: 'See it' };
const element = { title: 'Two bedrooms', subtitle: 'Makati', image_url: url, buttons: [button] };

const template = (...elements: object[]) => ({
	attachment: { type: 'template', payload: { template_type: 'generic', elements } },
});
const quickReplies = (count: number, title = 'Yes', payload = 'yes') => ({
	text: 'Well?',
	quick_replies: Array.from({ length: count }, () => ({ content_type: 'text', title, payload })),
});

/** The code and subcode of a refusal; undefined of a message that was taken. */
function refusalOf({ body: { error } }: Answered) {
	return error && `${error.code}/${error.error_subcode ?? ''}`;
}

describe('A message', () => {
	const world = metaWorld();
	const { send, ask } = world;

	beforeEach(() => {
		world.standIn.say({ ...ON_MESSENGER, text: 'Hello' });
		world.standIn.say({ ...ON_INSTAGRAM, text: 'Hello' });
	});

	// 'ñ' is one UTF-16 unit and two bytes, '🏠' two units and four bytes.
	it.each<[string, string, object]>([
		['of 2,000 units on Messenger', PAGE, { text: 'ñ'.repeat(2000) }],
		['of 1,000 emoji on Messenger', PAGE, { text: '🏠'.repeat(1000) }],
		['of 1,000 bytes on Instagram', INSTAGRAM, { text: 'a'.repeat(1000) }],
		['of 500 letters of two bytes on Instagram', INSTAGRAM, { text: 'ñ'.repeat(500) }],
		['with 13 quick replies', PAGE, quickReplies(13)],
		['with a quick reply of 20 letters', PAGE, quickReplies(1, 'a'.repeat(20))],
		['with metadata of 1,000 letters', PAGE, { text: 'a', metadata: 'm'.repeat(1000) }],
		['with a picture', INSTAGRAM, { attachment: { type: 'image', payload: { url } } }],
		['with ten cards', PAGE, template(...Array<object>(10).fill(element))],
		[
			'with a card and a postback',
			PAGE,
			template({
				...element,
				buttons: [{ type: 'postback', title: 'Tell me more', payload: 'property:1' }],
			}),
		],
		[
			'with a card with long texts',
			PAGE,
			template({ title: 'a'.repeat(80), subtitle: 'b'.repeat(80) }),
		],
	])('%s is taken', async (_, account, message) => {
		const answer = await send(account, account === PAGE ? ANA : DINA, message);
		expect(answer).toMatchObject({ status: 200, body: { recipient_id: expect.any(String) } });
		expect(answer.body.message_id).toBe(world.standIn.sent[0]!.mid);
	});

	it.each<[string, string, object]>([
		['without anything', PAGE, {}],
		['with an empty text', PAGE, { text: ' ' }],
		['with a text that is a number', PAGE, { text: 7 }],
		['of 2,001 units on Messenger', PAGE, { text: 'a'.repeat(2001) }],
		['of 1,001 emoji on Messenger', PAGE, { text: '🏠'.repeat(1001) }],
		['of 1,001 bytes on Instagram', INSTAGRAM, { text: `a${'ñ'.repeat(500)}` }],
		['with text and cards', PAGE, { text: 'a', ...template(element) }],
		['with no quick replies in the list', PAGE, quickReplies(0)],
		['with 14 quick replies', PAGE, quickReplies(14)],
		['with a quick reply of 21 letters', PAGE, quickReplies(1, 'a'.repeat(21))],
		['with a quick reply without a payload', PAGE, quickReplies(1, 'Yes', '')],
		['with metadata of 1,001 letters', PAGE, { text: 'a', metadata: 'm'.repeat(1001) }],
		['with eleven cards', PAGE, template(...Array<object>(11).fill(element))],
		['with no cards', PAGE, template()],
		['with a card that is a title alone', PAGE, template({ title: 'Two bedrooms' })],
		['with a card without a title', PAGE, template({ ...element, title: undefined })],
		['with a card with a title of 81', PAGE, template({ ...element, title: 'a'.repeat(81) })],
		['with a card with a subtitle of 81', PAGE, template({ ...element, subtitle: 'a'.repeat(81) })],
		[
			'with a card with four buttons',
			PAGE,
			template({ ...element, buttons: Array(4).fill(button) }),
		],
		[
			'with a button with a title of 21',
			PAGE,
			template({ ...element, buttons: [{ ...button, title: 'a'.repeat(21) }] }),
		],
		[
			'with a button that leads nowhere',
			PAGE,
			template({ ...element, buttons: [{ ...button, url: 'javascript:alert(1)' }] }),
		],
		[
			'with a button of no known type',
			PAGE,
			template({ ...element, buttons: [{ ...button, type: 'element_share' }] }),
		],
		['with a picture without an address', PAGE, { attachment: { type: 'image', payload: {} } }],
		[
			'with a template of another kind',
			PAGE,
			{ attachment: { type: 'template', payload: { template_type: 'receipt' } } },
		],
	])('%s is refused', async (_, account, message) => {
		const answer = await send(account, account === PAGE ? ANA : DINA, message);
		expect(answer).toMatchObject({ status: 400, body: { error: { type: 'OAuthException' } } });
		expect(refusalOf(answer)).toBe('100/');
		expect(world.standIn.sent).toEqual([]);
	});

	it.each<[string, object, string]>([
		['to nobody', { recipient: undefined }, '100/'],
		['to somebody unknown', { recipient: { id: '1' } }, '100/2018001'],
		['of no known type', { messaging_type: 'PROMOTION' }, '100/'],
		[
			'with a tag that is no more',
			{ messaging_type: 'MESSAGE_TAG', tag: 'ACCOUNT_UPDATE' },
			'100/',
		],
		['without its tag', { messaging_type: 'MESSAGE_TAG' }, '100/'],
		['with an action beside it', { sender_action: 'typing_on' }, '100/2018014'],
	])('%s is refused', async (_, more, refusal) => {
		expect(refusalOf(await send(PAGE, ANA, { text: 'Hi' }, more))).toBe(refusal);
	});

	it('to somebody unknown on Instagram has its own refusal', async () => {
		expect(refusalOf(await send(INSTAGRAM, ANA, { text: 'Hi' }))).toBe('100/2534014');
	});

	it('does not reach who blocked the Page', async () => {
		world.standIn.block(ANA);
		const answer = await send(PAGE, ANA, { text: 'Hi' });
		expect(refusalOf(answer)).toBe('551/1545041');
		world.standIn.unblock(ANA);
		expect(refusalOf(await send(PAGE, ANA, { text: 'Hi' }))).toBeUndefined();
	});

	it('does not go out while the inbox has the conversation', async () => {
		world.standIn.takeThread(ON_MESSENGER);
		expect(refusalOf(await send(PAGE, ANA, { text: 'Hi' }))).toBe('10/2018300');
		world.standIn.passThread(ON_MESSENGER);
		expect(refusalOf(await send(PAGE, ANA, { text: 'Hi' }))).toBeUndefined();
	});

	const HUMAN = { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };

	it.each<[string, number, object, string | undefined]>([
		['within 24 hours', DAY - HOUR, {}, undefined],
		['after 24 hours', DAY + HOUR, {}, 'window'],
		['after 24 hours as an update', DAY + HOUR, { messaging_type: 'UPDATE' }, 'window'],
		["after 24 hours with a person's tag", DAY + HOUR, HUMAN, undefined],
		["after 7 days with a person's tag", 7 * DAY + HOUR, HUMAN, 'window'],
	])('%s after the person wrote goes out or not', async (_, later, more, refused) => {
		world.standIn.advance(later);
		expect(refusalOf(await send(PAGE, ANA, { text: 'Hi' }, more))).toBe(refused && '10/2018278');
		expect(refusalOf(await send(INSTAGRAM, DINA, { text: 'Hi' }, more))).toBe(
			refused && '10/2534022',
		);
	});

	it('may follow a click on an ad for 7 days', async () => {
		world.standIn.refer({ ...ON_MESSENGER, referral: { source: 'ADS', adId: '1' } });
		world.standIn.advance(7 * DAY - HOUR);
		expect(refusalOf(await send(PAGE, ANA, { text: 'Hi' }))).toBeUndefined();
		world.standIn.advance(2 * HOUR);
		expect(refusalOf(await send(PAGE, ANA, { text: 'Hi' }))).toBe('10/2018278');
	});

	it.each<[string, (mid: string) => void]>([
		['a message', () => world.standIn.say({ ...ON_MESSENGER, text: 'Again' })],
		['a button', () => world.standIn.tap({ ...ON_MESSENGER, title: 'More', payload: 'more' })],
		['a link', () => world.standIn.refer({ ...ON_MESSENGER, referral: { source: 'SHORTLINK' } })],
		['a reaction', (mid) => world.standIn.react(mid, '❤️')],
	])('may follow %s for 24 hours', async (_, act) => {
		await send(PAGE, ANA, { text: 'Hi' });
		world.standIn.advance(2 * DAY);
		act(world.standIn.sent[0]!.mid);
		expect(refusalOf(await send(PAGE, ANA, { text: 'Hi' }))).toBeUndefined();
	});

	it('has no window open by what the person once said long ago', async () => {
		const place = { channel: 'facebook', account: SECOND_PAGE, person: '5' } as const;
		world.standIn.say({ ...place, text: 'Hello', at: Date.now() - 2 * DAY });
		const answer = await ask(
			'POST',
			`${SECOND_PAGE}/messages`,
			{ recipient: { id: '5' }, message: { text: 'Hi' } },
			'EAASandboxSecondRealtyPageToken',
		);
		expect(refusalOf(answer)).toBe('10/2018278');
	});

	it('is shown in the conversation, with its buttons, until the person sees it', async () => {
		const { standIn } = world;
		await ask('POST', `${PAGE}/messages`, { recipient: { id: ANA }, sender_action: 'typing_on' });
		const shown = () => standIn.conversations().find(({ person }) => person.id === ANA)!;
		expect(shown()).toMatchObject({ isTyping: true, isSeen: false });
		await send(PAGE, ANA, quickReplies(1, 'Call me', 'call'));
		await send(PAGE, ANA, { ...template(element), metadata: 'pp1:0a:2' });
		expect(shown()).toEqual({
			channel: 'facebook',
			account: { id: PAGE, name: 'Company Realty' },
			person: { id: ANA, name: 'Ana Reyes' },
			isTyping: false,
			isSeen: true,
			isBlocked: false,
			isHandedOver: false,
			messages: [
				expect.objectContaining({ from: 'person', text: 'Hello' }),
				expect.objectContaining({
					from: 'page',
					text: 'Well?',
					quickReplies: [{ title: 'Call me', payload: 'call' }],
				}),
				expect.objectContaining({
					from: 'page',
					text: '',
					metadata: 'pp1:0a:2',
					cards: [
						{
							title: 'Two bedrooms',
							subtitle: 'Makati',
							imageUrl: url,
							buttons: [{ title: 'See it', url }],
						},
					],
				}),
			],
		});
	});

	it.each(['typing_on', 'typing_off', 'mark_seen'])('may be an action: %s', async (action) => {
		const asked = { recipient: { id: ANA }, sender_action: action };
		const answer = await ask('POST', `${PAGE}/messages`, asked);
		expect(answer.body).toEqual({ recipient_id: ANA });
		expect(world.standIn.sent).toEqual([]);
	});

	it('went out although its answer was lost', async () => {
		world.standIn.failNext('reset', 1, { accepted: true });
		await expect(send(PAGE, ANA, { text: 'Hi' })).rejects.toThrow('fetch failed');
		expect(world.standIn.sent.map(({ text }) => text)).toEqual(['Hi']);
	});

	it('is refused on demand, with how long to wait', async () => {
		world.standIn.failNext(META_FAILURES.rateLimited);
		const answer = await send(PAGE, ANA, { text: 'Hi' });
		expect(refusalOf(answer)).toBe('613/');
		expect(JSON.parse(answer.headers.get('x-business-use-case-usage')!)).toMatchObject({
			[PAGE]: [{ type: 'messenger', call_count: 100, estimated_time_to_regain_access: 1 }],
		});
		expect(world.standIn.sent).toEqual([]);
		const next = await send(PAGE, ANA, { text: 'Hi' });
		expect(JSON.parse(next.headers.get('x-app-usage')!)).toMatchObject({ call_count: 1 });
	});
});
