/** The routes that subscribe the app, and Pages to the app. */
import { randomInt } from 'node:crypto';

import type { MetaAccount } from './metaAccounts.cts';
import { invalid, META_FAILURES, Refusal, refusal, unsupported } from './metaErrors.cts';
import type { GraphApp, GraphRequest } from './metaRequest.cts';
import { accountOf } from './metaSendRoutes.cts';
import { FIELDS, type MetaObject, type MetaSubscriptions } from './metaSubscriptions.cts';

export interface MetaRegistry {
	app: GraphApp;
	accounts: ReadonlyMap<string, MetaAccount>;
	subscriptions: MetaSubscriptions;
	/** How long a callback URL may take to answer the challenge, in milliseconds. */
	verifyTimeoutMs: number;
}

/**
 * `/{app}/subscriptions`, with the app's own token. What is asked last for an object stands.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/subscriptions-edge
 */
export async function appSubscriptions(
	{ app, subscriptions: { ofApp }, verifyTimeoutMs }: MetaRegistry,
	{ id, method, caller, parameters }: GraphRequest,
): Promise<object> {
	if (id !== app.appId) throw unsupported(method, id);
	if (caller.kind !== 'app') throw new Refusal(META_FAILURES.notAppToken);
	if (method === 'GET') {
		return {
			data: [...ofApp.values()].map(({ object, callbackUrl, fields }) => ({
				object,
				callback_url: callbackUrl,
				active: true,
				fields: fields.map((name) => ({ name, version: 'v26.0' })),
			})),
		};
	}
	if (method === 'DELETE') {
		unsubscribe(ofApp, parameters);
		return { success: true };
	}
	const object = checkedObject(parameters.object);
	const fields = fieldsOf(parameters.fields, object);
	const { callback_url: callbackUrl, verify_token: token } = parameters;
	if (typeof callbackUrl !== 'string' || !/^https?:/.test(callbackUrl)) {
		throw invalid('param callback_url should represent a valid URL');
	}
	if (token === undefined) throw invalid('The parameter verify_token is required');
	await challenge(callbackUrl, String(token), verifyTimeoutMs);
	ofApp.set(object, { object, callbackUrl, fields });
	return { success: true };
}

/** `/{page}/subscribed_apps`, with the Page's token. */
export function pageSubscriptions(
	{ app, accounts, subscriptions: { ofPages } }: MetaRegistry,
	request: GraphRequest,
): object {
	const { method, parameters } = request;
	const { page } = accountOf({ accounts }, request);
	if (method === 'GET') {
		const subscribed_fields = ofPages.get(page);
		return {
			data: subscribed_fields ? [{ name: 'Sandbox', id: app.appId, subscribed_fields }] : [],
		};
	}
	if (method === 'DELETE') ofPages.delete(page);
	else ofPages.set(page, fieldsOf(parameters.subscribed_fields, 'page', 'subscribed_fields'));
	return { success: true };
}

/** An object's fields, or all of it; without an object everything. */
function unsubscribe(
	ofApp: MetaSubscriptions['ofApp'],
	{ object: named, fields }: GraphRequest['parameters'],
): void {
	if (named === undefined) {
		ofApp.clear();
		return;
	}
	const object = checkedObject(named);
	const unwanted = fields === undefined ? FIELDS[object] : fieldsOf(fields, object);
	const subscription = ofApp.get(object);
	const left = subscription?.fields.filter((field) => !unwanted.includes(field)) ?? [];
	if (subscription && left.length > 0) subscription.fields = left;
	else ofApp.delete(object);
}

/** @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started */
async function challenge(callbackUrl: string, token: string, timeoutMs: number): Promise<void> {
	const expected = String(randomInt(1e9, 2e9));
	const url = new URL(callbackUrl);
	for (const [name, value] of [
		['mode', 'subscribe'],
		['challenge', expected],
		['verify_token', token],
	] as const) {
		url.searchParams.set(`hub.${name}`, value);
	}
	const failed = '(#2200) Callback verification failed with the following errors:';
	const signal = AbortSignal.timeout(timeoutMs);
	const answer = await fetch(url, { signal, redirect: 'manual' }).catch(() => undefined);
	const received = await answer?.text().catch(() => undefined);
	if (answer === undefined || received === undefined) {
		throw new Refusal(refusal(`${failed} curl_errno = 28; curl_error = Timed out`, 2200));
	}
	if (answer.status !== 200) {
		const said = `HTTP Status Code = ${answer.status}; HTTP Message = ${answer.statusText}`;
		throw new Refusal(refusal(`${failed} ${said}`, 2200));
	}
	if (received !== expected) {
		const shown = received.slice(0, 15);
		throw new Refusal(
			refusal(
				`(#2201) response does not match challenge, expected value="${expected}", received="${shown}..."`,
				2201,
			),
		);
	}
}

function checkedObject(value: unknown): MetaObject {
	if (value === 'page' || value === 'instagram') return value;
	throw invalid('Param object must be one of {page, instagram}');
}

/** A list, or text with commas. */
function fieldsOf(value: unknown, object: MetaObject, name = 'fields'): string[] {
	const fields = String(value ?? '')
		.split(',')
		.map((field) => field.trim())
		.filter(Boolean);
	if (fields.length === 0) throw invalid(`The parameter ${name} is required`);
	const unknown = fields.findIndex((field) => !FIELDS[object].includes(field));
	if (unknown < 0) return [...new Set(fields)];
	throw invalid(
		`Param ${name}[${unknown}] must be one of {${FIELDS[object].join(', ')}} - got "${fields[unknown]}".`,
	);
}
