/** Meta's own business SDK against the stand-in: the half that we did not write. */
import { type MetaStandIn, startMeta } from '../../../sandbox/vendors/meta.cts';
import { type Receiver, startReceiver } from './metaReceiver.cts';
import {
	ANA,
	APP,
	APP_TOKEN,
	DINA,
	INSTAGRAM,
	PAGE,
	PAGE_TOKEN,
	SECOND_PAGE,
} from './metaWorld.cts';

type Row = { _data: Record<string, unknown> };
type Call = (...parameters: unknown[]) => Promise<Row & Row[]>;

/** The part of the SDK that is used here; it has no types of its own. */
interface Sdk {
	FacebookAdsApi: new (token: string, locale: string, crashLog: boolean) => object;
	Page: Node;
	Lead: Node;
	Application: Node;
}
type Node = new (id: string, data: object, parent: undefined, api: object) => Record<string, Call>;

// The SDK is CommonJS.
const sdk = require('facebook-nodejs-business-sdk') as Sdk;

describe("Meta's SDK", () => {
	let standIn: MetaStandIn;
	let receiver: Receiver;

	const api = (token = PAGE_TOKEN) => new sdk.FacebookAdsApi(token, 'en_US', false);
	const page = (id = PAGE, token = PAGE_TOKEN) => new sdk.Page(id, {}, undefined, api(token));
	const app = () => new sdk.Application(APP, {}, undefined, api(APP_TOKEN));

	beforeAll(async () => {
		standIn = await startMeta();
		receiver = await startReceiver();
		Object.defineProperty(sdk.FacebookAdsApi, 'GRAPH', { get: () => standIn.url });
	});
	beforeEach(() => {
		standIn.reset();
		receiver.forget();
	});
	afterAll(async () => {
		await standIn.close();
		await receiver.close();
	});

	it('sends a message of a Page', async () => {
		standIn.say({ channel: 'facebook', person: ANA, text: 'Hello' });
		const sent = await page().createMessage!([], {
			recipient: { id: ANA },
			messaging_type: 'RESPONSE',
			message: { text: 'Hi Ana, ₱5M is fine 🏠', metadata: 'pp1:0a:1' },
		});
		expect(sent._data).toEqual({ recipient_id: ANA, message_id: standIn.sent[0]!.mid });
		expect(standIn.sent).toEqual([
			{
				channel: 'facebook',
				account: PAGE,
				person: ANA,
				text: 'Hi Ana, ₱5M is fine 🏠',
				mid: expect.stringMatching(/^m_[\w-]{64}$/),
				metadata: 'pp1:0a:1',
				at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/),
			},
		]);
	});

	it('sends a message of an Instagram account', async () => {
		standIn.say({ channel: 'instagram', person: DINA, text: 'Hello' });
		const message = { recipient: { id: DINA }, message: { text: 'Hi Dina' } };
		await page(INSTAGRAM).createMessage!([], message);
		expect(standIn.sent).toMatchObject([{ channel: 'instagram', account: INSTAGRAM }]);
	});

	it('is told why a message was refused', async () => {
		const refused = page().createMessage!([], { recipient: { id: '1' }, message: { text: 'Hi' } });
		await expect(refused).rejects.toMatchObject({
			name: 'FacebookRequestError',
			status: 400,
			response: {
				message: '(#100) No matching user found',
				type: 'OAuthException',
				code: 100,
				error_subcode: 2018001,
				fbtrace_id: expect.stringMatching(/^A[\w-]{11}$/),
			},
		});
	});

	it('reads a conversation, the latest message first', async () => {
		const at = Date.parse('2026-11-20T08:00:00.900Z');
		const asked = standIn.say({ channel: 'facebook', person: ANA, text: 'Is it sold?', at });
		const answer = { channel: 'facebook', person: ANA, text: 'No', at: at + 60_000 } as const;
		const answered = standIn.replyAsHuman(answer);
		standIn.say({ channel: 'facebook', person: '2', text: 'Somebody else' });
		const fields = ['participants', 'messages.limit(25){id,created_time,from,message}'];
		const options = { platform: 'messenger', user_id: ANA };
		const [thread, ...others] = await page().getConversations!(fields, options);
		const ana = { name: 'Ana Reyes', email: `${ANA}@facebook.com`, id: ANA };
		const us = { name: 'Company Realty', email: `${PAGE}@facebook.com`, id: PAGE };
		expect(others).toEqual([]);
		expect(thread!._data).toEqual({
			id: `t_${PAGE}_${ANA}`,
			participants: { data: [ana, us] },
			messages: {
				data: [
					{ id: answered, created_time: '2026-11-20T08:01:00+0000', from: us, message: 'No' },
					{
						id: asked,
						created_time: '2026-11-20T08:00:00+0000',
						from: ana,
						message: 'Is it sold?',
					},
				],
			},
		});
	});

	it("reads an Instagram conversation through the account's Page", async () => {
		const mid = standIn.say({ channel: 'instagram', person: DINA, text: 'Hello' });
		const fields = ['messages{from,message}'];
		const options = { platform: 'instagram', user_id: DINA };
		const [thread] = await page().getConversations!(fields, options);
		expect(thread!._data.messages).toEqual({
			data: [{ id: mid, from: { username: 'dina.santos', id: DINA }, message: 'Hello' }],
		});
	});

	it('reads a lead whose id is above 2^53', async () => {
		const answers = { full_name: 'Ana Reyes', interests: ['buy', 'rent'] };
		const at = Date.parse('2026-11-20T08:00:00.900Z');
		standIn.fillForm({ form: '77', answers, at });
		const id = standIn.fillForm({ form: '77', answers, adId: '23850000000000001', at });
		expect(id).toBe('9007199254740995');
		expect(String(Number(id))).not.toBe(id);
		const lead = new sdk.Lead(id, {}, undefined, api());
		const fields = ['created_time', 'ad_id', 'form_id', 'is_organic', 'field_data'];
		expect((await lead.get!(fields))._data).toEqual({
			id,
			created_time: '2026-11-20T08:00:00+0000',
			ad_id: '23850000000000001',
			form_id: '77',
			is_organic: false,
			field_data: [
				{ name: 'full_name', values: ['Ana Reyes'] },
				{ name: 'interests', values: ['buy', 'rent'] },
			],
		});
	});

	it('subscribes the app, looks at that, and removes it', async () => {
		await app().createSubscription!([], {
			object: 'page',
			callback_url: receiver.url,
			fields: 'messages,leadgen',
			verify_token: 'a secret word',
		});
		expect(Object.fromEntries(receiver.challenges[0]!)).toEqual({
			'hub.mode': 'subscribe',
			'hub.challenge': expect.stringMatching(/^\d{10}$/),
			'hub.verify_token': 'a secret word',
		});
		const [subscription] = await app().getSubscriptions!([], {});
		expect(subscription!._data).toEqual({
			object: 'page',
			callback_url: receiver.url,
			active: true,
			fields: [
				{ name: 'messages', version: 'v26.0' },
				{ name: 'leadgen', version: 'v26.0' },
			],
		});
		await app().deleteSubscriptions!({ object: 'page', fields: 'leadgen' });
		const [left] = await app().getSubscriptions!([], {});
		expect(left!._data.fields).toEqual([{ name: 'messages', version: 'v26.0' }]);
		await app().deleteSubscriptions!({ object: 'page' });
		expect(await app().getSubscriptions!([], {})).toHaveLength(0);
	});

	it('subscribes a Page to the app, looks at that, and removes it', async () => {
		await page().createSubscribedApp!([], { subscribed_fields: ['messages', 'leadgen'] });
		const [subscribed] = await page().getSubscribedApps!([], {});
		expect(subscribed!._data).toMatchObject({
			id: APP,
			subscribed_fields: ['messages', 'leadgen'],
		});
		await page().deleteSubscribedApps!();
		expect(await page().getSubscribedApps!([], {})).toHaveLength(0);
	});

	it('reads the Page, the app, and whose token it has', async () => {
		expect((await page('me').get!(['name', 'instagram_business_account']))._data).toMatchObject({
			id: PAGE,
			name: 'Company Realty',
			instagram_business_account: { id: INSTAGRAM },
		});
		expect((await app().get!(['name']))._data).toMatchObject({ id: APP, name: 'Sandbox' });
		const owner = api() as { getAppID(): Promise<{ data: object }> };
		expect((await owner.getAppID()).data).toEqual({
			data: { app_id: APP, type: 'PAGE', application: 'Sandbox', is_valid: true, profile_id: PAGE },
		});
	});

	it("cannot act for a Page with another Page's token", async () => {
		await expect(page(SECOND_PAGE).get!(['name'])).rejects.toMatchObject({
			status: 400,
			response: { type: 'GraphMethodException', code: 100, error_subcode: 33 },
		});
	});
});
