import type { HttpResponse } from '../../../../../nodes/shared/http/send';
import {
	checkSubscriptionChange,
	createAppSubscriptionRequest,
	deleteAppSubscriptionRequest,
	listAppSubscriptionsRequest,
	listSubscribedAppsRequest,
	readAppSubscriptions,
	readSubscribedApps,
	subscribeAppRequest,
	unsubscribeAppRequest,
} from '../../../../../nodes/shared/vendors/meta/subscriptions';

const NOW = Date.parse('2026-11-22T10:00:00Z');

function answered(body: unknown, status = 200): HttpResponse {
	return { status, headers: {}, body };
}

describe('the webhooks of an app', () => {
	it('are made in the name of the app itself', () => {
		const request = createAppSubscriptionRequest('555', {
			object: 'page',
			callbackUrl: 'https://n8n.example.com/webhook/meta',
			fields: ['messages', 'messaging_postbacks'],
			verifyToken: 'a token',
		});
		expect(request).toMatchObject({
			method: 'POST',
			path: '/555/subscriptions',
			body: {
				object: 'page',
				callback_url: 'https://n8n.example.com/webhook/meta',
				fields: 'messages,messaging_postbacks',
				verify_token: 'a token',
			},
		});
		expect(request.headers).toBeUndefined();
	});

	it('are removed for one object, and only for that', () => {
		expect(deleteAppSubscriptionRequest('555', 'instagram')).toMatchObject({
			method: 'DELETE',
			path: '/555/subscriptions',
			query: { object: 'instagram' },
		});
		expect(listAppSubscriptionsRequest('555')).toMatchObject({
			method: 'GET',
			path: '/555/subscriptions',
		});
	});

	it('are listed with the names of their fields', () => {
		const body = {
			data: [
				{
					object: 'page',
					callback_url: 'https://n8n.example.com/webhook/meta',
					active: true,
					fields: [
						{ name: 'messages', version: 'v26.0' },
						{ name: 'leadgen', version: 'v26.0' },
					],
				},
				{ object: 'instagram', active: false, fields: ['messages'] },
			],
		};
		expect(readAppSubscriptions(answered(body), NOW)).toEqual([
			{
				object: 'page',
				callbackUrl: 'https://n8n.example.com/webhook/meta',
				fields: ['messages', 'leadgen'],
				isActive: true,
			},
			{ object: 'instagram', callbackUrl: '', fields: ['messages'], isActive: false },
		]);
	});

	it('say what to check where Meta could not verify the address', () => {
		const error = { code: 2200, message: '(#2200) Callback verification failed' };
		const check = () => checkSubscriptionChange(answered({ error }, 400), NOW);
		expect(check).toThrow('Meta called the webhook to verify it');
	});
});

describe('the apps of a Page', () => {
	it('are asked for, added and removed in the name of the Page', () => {
		const request = {
			path: '/104857600000001/subscribed_apps',
			headers: { 'X-Meta-Account': '104857600000001' },
		};
		expect(listSubscribedAppsRequest('104857600000001')).toMatchObject({
			...request,
			method: 'GET',
		});
		expect(subscribeAppRequest('104857600000001', ['messages', 'leadgen'])).toMatchObject({
			...request,
			method: 'POST',
			query: { subscribed_fields: 'messages,leadgen' },
		});
		expect(unsubscribeAppRequest('104857600000001')).toMatchObject({
			...request,
			method: 'DELETE',
		});
	});

	it('are listed with their fields', () => {
		const data = [{ id: '555', name: 'Broker', subscribed_fields: ['messages'] }, { id: '556' }];
		expect(readSubscribedApps(answered({ data }), NOW)).toEqual([
			{ id: '555', fields: ['messages'] },
			{ id: '556', fields: [] },
		]);
	});

	it.each([{ success: true }, { success: 'true' }])('are changed where Graph says %j', (body) => {
		expect(() => checkSubscriptionChange(answered(body), NOW)).not.toThrow();
	});

	it.each([{ success: false }, {}, undefined])('are not where it says %j', (body) => {
		expect(() => checkSubscriptionChange(answered(body), NOW)).toThrow('cannot be read');
	});
});
