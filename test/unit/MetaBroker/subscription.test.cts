import type { Channel, EventKind } from '../../../nodes/MetaBroker/events/channelEvent';
import { subscribedFields } from '../../../nodes/MetaBroker/subscribedFields';
import {
	isSubscribed,
	subscribe,
	type Subscription,
	unsubscribe,
} from '../../../nodes/MetaBroker/subscription';
import type { HttpRequest, HttpResponse, Send } from '../../../nodes/shared/http/send';
import { VendorError } from '../../../nodes/shared/http/vendorError';
import { FIELDS } from '../../../sandbox/vendors/metaSubscriptions.cts';

const KINDS: EventKind[] = [
	'message',
	'postback',
	'referral',
	'lead_form',
	'echo',
	'unsend',
	'edit',
	'reaction',
	'read',
	'delivery',
	'optin',
	'handover',
	'other',
];

describe('the fields of an event', () => {
	it.each<[Channel, EventKind[], string[]]>([
		['facebook', ['message'], ['messages', 'standby']],
		['facebook', ['postback', 'message'], ['messages', 'messaging_postbacks', 'standby']],
		['facebook', ['lead_form'], ['leadgen']],
		['facebook', ['referral'], ['messaging_referrals']],
		['facebook', ['echo'], ['message_echoes']],
		['facebook', ['unsend'], []],
		['facebook', ['other'], []],
		['instagram', ['message'], ['messages', 'standby']],
		['instagram', ['echo', 'unsend', 'message'], ['messages', 'standby']],
		['instagram', ['lead_form', 'delivery'], []],
		['instagram', ['read', 'referral'], ['messaging_referral', 'messaging_seen']],
		['instagram', [], []],
	])('on %s %j are %j', (channel, kinds, fields) => {
		expect(subscribedFields(channel, kinds)).toEqual(fields);
	});

	it.each<[Channel, 'page' | 'instagram']>([
		['facebook', 'page'],
		['instagram', 'instagram'],
	])('on %s are all among those that Graph takes', (channel, object) => {
		expect(FIELDS[object]).toEqual(expect.arrayContaining(subscribedFields(channel, KINDS)));
	});
});

const URL = 'https://n8n.example.com/webhook/meta-broker';
const wanted = (changed: Partial<Subscription> = {}): Subscription => ({
	appId: '9',
	callbackUrl: URL,
	verifyToken: 'verify',
	channels: ['facebook', 'instagram'],
	kinds: ['message'],
	accounts: [
		{ id: '1', usesInstagramLogin: false },
		{ id: '17841400000000001', usesInstagramLogin: false },
		{ id: '17841400000000002', usesInstagramLogin: true },
	],
	...changed,
});

/** A Graph that answers everything so, and remembers what it was asked. */
function graph(answer: (request: HttpRequest) => unknown, status = 200) {
	const requests: HttpRequest[] = [];
	const send: Send = async (request): Promise<HttpResponse> => {
		requests.push(request);
		return { status, headers: {}, body: answer(request) };
	};
	return { send, requests, asked: () => requests.map(({ method, path }) => `${method} ${path}`) };
}

const MESSAGE_FIELDS = ['messages', 'standby'];

describe('whether an app is subscribed', () => {
	const app = (changed: object = {}) =>
		['page', 'instagram'].map((object) => ({
			object,
			callback_url: URL,
			active: true,
			fields: MESSAGE_FIELDS.map((name) => ({ name })),
			...changed,
		}));
	const found = async (subscriptions: object[], apps: object[]) => {
		const { send } = graph(({ path }) => ({
			data: path === '/9/subscriptions' ? subscriptions : apps,
		}));
		return await isSubscribed(send, wanted(), 0);
	};
	const ours = [{ id: '9', subscribed_fields: ['feed', ...MESSAGE_FIELDS] }];

	it.each<[string, object[], object[], boolean]>([
		['the app and its accounts are', app(), ours, true],
		['names of fields stand alone', app({ fields: MESSAGE_FIELDS }), ours, true],
		['the address is another', app({ callback_url: `${URL}2` }), ours, false],
		['it was switched off', app({ active: false }), ours, false],
		['a field is missing', app({ fields: ['messages'] }), ours, false],
		['one of the objects is missing', app().slice(1), ours, false],
		['an account has no app', app(), [], false],
		['an account has another app', app(), [{ ...ours[0], id: '8' }], false],
		['an account lacks a field', app(), [{ id: '9', subscribed_fields: ['messages'] }], false],
	])('%s', async (_what, subscriptions, apps, expected) => {
		expect(await found(subscriptions, apps)).toBe(expected);
	});
});

describe('subscribing', () => {
	it('tells the app first, then its accounts; an Instagram account of a Page not by itself', async () => {
		const { send, requests, asked } = graph(({ method }) =>
			method === 'GET' ? { data: [] } : { success: true },
		);
		await subscribe(send, wanted(), 0);
		expect(asked()).toEqual([
			'POST /9/subscriptions',
			'POST /9/subscriptions',
			'GET /1/subscribed_apps',
			'POST /1/subscribed_apps',
			'GET /17841400000000002/subscribed_apps',
			'POST /17841400000000002/subscribed_apps',
		]);
		expect(requests.slice(0, 2).map(({ body }) => body)).toEqual(
			['page', 'instagram'].map((object) => ({
				object,
				callback_url: URL,
				fields: 'messages,standby',
				include_values: true,
				verify_token: 'verify',
			})),
		);
	});

	it('leaves an account what it tells the app besides, and nothing of other apps', async () => {
		const { send, requests } = graph(({ method }) =>
			method === 'GET'
				? {
						data: [
							{ id: '8', subscribed_fields: ['ratings'] },
							{ id: '9', subscribed_fields: ['feed', 'messages'] },
						],
					}
				: { success: true },
		);
		await subscribe(send, wanted({ accounts: [{ id: '1', usesInstagramLogin: false }] }), 0);
		expect(requests.at(-1)!.query).toEqual({ subscribed_fields: 'feed,messages,standby' });
	});

	it.each<[string, unknown, number]>([
		['a refusal', { error: { message: 'x', code: 2200 } }, 400],
		['no success', { success: false }, 200],
		['a web page', '<h1>It works</h1>', 200],
	])('ends at the first answer that is %s', async (_what, body, status) => {
		const { send, requests } = graph(() => body, status);
		await expect(subscribe(send, wanted(), 0)).rejects.toBeInstanceOf(VendorError);
		expect(requests).toHaveLength(1);
	});
});

describe('unsubscribing', () => {
	const listed = (...urls: Array<[object: string, url: string]>) =>
		graph(({ method }) =>
			method === 'GET'
				? { data: urls.map(([object, callback_url]) => ({ object, callback_url, fields: [] })) }
				: { success: true },
		);

	it('ends what leads here, of the app and of its accounts', async () => {
		const { send, asked } = listed(['page', URL], ['instagram', URL]);
		await unsubscribe(send, wanted(), 0);
		expect(asked()).toEqual([
			'GET /9/subscriptions',
			'DELETE /9/subscriptions',
			'DELETE /9/subscriptions',
			'DELETE /1/subscribed_apps',
			'DELETE /17841400000000002/subscribed_apps',
		]);
	});

	it('leaves the accounts to whoever has the other object', async () => {
		const { send, asked } = listed(['page', URL], ['instagram', 'https://other.example.com']);
		await unsubscribe(send, wanted(), 0);
		expect(asked()).toEqual(['GET /9/subscriptions', 'DELETE /9/subscriptions']);
	});

	it.each<[string, Array<[string, string]>]>([
		['nothing is there', []],
		['another address is', [['page', 'https://other.example.com']]],
		['only an object that nobody asked for is', [['user', URL]]],
	])('does nothing where %s', async (_what, urls) => {
		const { send, asked } = listed(...urls);
		await unsubscribe(send, wanted(), 0);
		expect(asked()).toEqual(['GET /9/subscriptions']);
	});
});
