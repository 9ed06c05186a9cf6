/**
 * What an app is told of, and by which Pages. Only a field that both have subscribed to is sent.
 * @see https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
 * @see https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps
 */
import { z } from 'zod';

import { answerIn } from '../../http/answer';
import type { HttpRequest, HttpResponse } from '../../http/send';
import { metaError } from './errors';
import { inTheNameOf, META } from './policy';

export type SubscribedObject = 'page' | 'instagram';

/** A webhook of the app: there is one for an object, whatever the fields and the Pages. */
export interface AppSubscription {
	/** `page`, `instagram`, or another of Meta's. */
	object: string;
	callbackUrl: string;
	fields: string[];
	isActive: boolean;
}

/** An app that is told what happens on a Page. */
export interface SubscribedApp {
	id: string;
	fields: string[];
}

export function listAppSubscriptionsRequest(appId: string): HttpRequest {
	return { method: 'GET', path: subscriptionsOf(appId), timeoutMs: META.timeoutMs };
}

/** Puts a webhook in the place of the one that the object had. Meta calls it before it answers. */
export function createAppSubscriptionRequest(
	appId: string,
	webhook: {
		object: SubscribedObject;
		callbackUrl: string;
		fields: readonly string[];
		verifyToken: string;
	},
): HttpRequest {
	return {
		method: 'POST',
		path: subscriptionsOf(appId),
		body: {
			object: webhook.object,
			callback_url: webhook.callbackUrl,
			fields: webhook.fields.join(','),
			include_values: true,
			verify_token: webhook.verifyToken,
		},
		isRepeatable: true,
		timeoutMs: META.timeoutMs,
	};
}

export function deleteAppSubscriptionRequest(appId: string, object: SubscribedObject): HttpRequest {
	return {
		method: 'DELETE',
		path: subscriptionsOf(appId),
		query: { object },
		timeoutMs: META.timeoutMs,
	};
}

export function listSubscribedAppsRequest(accountId: string): HttpRequest {
	return { ...aboutApps(accountId), method: 'GET' };
}

/** Puts these fields in the place of the ones that the app had for this account. */
export function subscribeAppRequest(accountId: string, fields: readonly string[]): HttpRequest {
	return {
		...aboutApps(accountId),
		method: 'POST',
		query: { subscribed_fields: fields.join(',') },
		isRepeatable: true,
	};
}

export function unsubscribeAppRequest(accountId: string): HttpRequest {
	return { ...aboutApps(accountId), method: 'DELETE' };
}

/** Older versions give names alone. */
const fieldNames = z
	.array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]))
	.nullish()
	.transform((names) => names ?? []);

const subscriptionList = z.object({
	data: z.array(
		z
			.object({
				object: z.string(),
				callback_url: z.string().nullish(),
				fields: fieldNames,
				active: z.boolean().nullish(),
			})
			.transform(({ object, callback_url: callbackUrl, fields, active }): AppSubscription => ({
				object,
				callbackUrl: callbackUrl ?? '',
				fields,
				isActive: active !== false,
			})),
	),
});

const appList = z.object({
	data: z.array(
		z
			.object({ id: z.string().min(1), subscribed_fields: fieldNames })
			.transform(({ id, subscribed_fields: fields }): SubscribedApp => ({ id, fields })),
	),
});

const success = z.object({ success: z.union([z.literal(true), z.literal('true')]) });

/** Throws a VendorError, as every reader here. */
export function readAppSubscriptions(response: HttpResponse, nowMs: number): AppSubscription[] {
	return read(subscriptionList, response, nowMs).data;
}

export function readSubscribedApps(response: HttpResponse, nowMs: number): SubscribedApp[] {
	return read(appList, response, nowMs).data;
}

/** That a subscription was made or removed. */
export function checkSubscriptionChange(response: HttpResponse, nowMs: number): void {
	read(success, response, nowMs);
}

function read<S extends z.ZodTypeAny>(shape: S, response: HttpResponse, nowMs: number): z.infer<S> {
	const answer = answerIn(shape, response);
	if (answer === undefined) throw metaError(response, nowMs);
	return answer;
}

function subscriptionsOf(appId: string): string {
	return `/${encodeURIComponent(appId)}/subscriptions`;
}

function aboutApps(accountId: string) {
	return {
		path: `/${encodeURIComponent(accountId)}/subscribed_apps`,
		headers: inTheNameOf(accountId),
		timeoutMs: META.timeoutMs,
	};
}
