import type { Send } from '../shared/http/send';
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
} from '../shared/vendors/meta/subscriptions';
import type { Channel, EventKind } from './events/channelEvent';
import { OBJECTS, subscribedFields } from './subscribedFields';

/** What Meta is to send, and where to. */
export interface Subscription {
	appId: string;
	callbackUrl: string;
	verifyToken: string;
	channels: readonly Channel[];
	kinds: readonly EventKind[];
	/** The Pages and Instagram accounts that the credential has tokens for. */
	accounts: ReadonlyArray<{ id: string; usesInstagramLogin: boolean }>;
}

/** Ids of Instagram's professional accounts begin so. */
const INSTAGRAM_ACCOUNT = /^1784\d{13}$/;

/** Whether the app and each of its accounts send these events to this address. Throws a VendorError. */
export async function isSubscribed(
	send: Send,
	wanted: Subscription,
	nowMs: number,
): Promise<boolean> {
	const { appId, callbackUrl } = wanted;
	const found = readAppSubscriptions(await send(listAppSubscriptionsRequest(appId)), nowMs);
	const isAppSubscribed = objectsOf(wanted).every(({ object, fields }) =>
		found.some(
			(one) =>
				one.object === object &&
				one.isActive &&
				one.callbackUrl === callbackUrl &&
				holdsAll(one.fields, fields),
		),
	);
	if (!isAppSubscribed) return false;
	for (const { id, fields } of accountsOf(wanted)) {
		const apps = readSubscribedApps(await send(listSubscribedAppsRequest(id)), nowMs);
		if (!apps.some((app) => app.id === appId && holdsAll(app.fields, fields))) return false;
	}
	return true;
}

/**
 * Has Meta send these events to this address, in place of the one that the app had. Meta calls the
 * address before it agrees. What the accounts tell the app besides stays: another workflow may live
 * on it. Throws a VendorError.
 */
export async function subscribe(send: Send, wanted: Subscription, nowMs: number): Promise<void> {
	const { appId, callbackUrl, verifyToken } = wanted;
	for (const { object, fields } of objectsOf(wanted)) {
		const webhook = { object, fields, callbackUrl, verifyToken };
		checkSubscriptionChange(await send(createAppSubscriptionRequest(appId, webhook)), nowMs);
	}
	for (const { id, fields } of accountsOf(wanted)) {
		const apps = readSubscribedApps(await send(listSubscribedAppsRequest(id)), nowMs);
		const before = apps.find((app) => app.id === appId)?.fields ?? [];
		const all = [...new Set([...before, ...fields])];
		checkSubscriptionChange(await send(subscribeAppRequest(id, all)), nowMs);
	}
}

/**
 * Ends what was subscribed to, as far as it still leads to this address: another workflow may have
 * taken the app over. Throws a VendorError.
 */
export async function unsubscribe(send: Send, wanted: Subscription, nowMs: number): Promise<void> {
	const { appId, callbackUrl } = wanted;
	const found = readAppSubscriptions(await send(listAppSubscriptionsRequest(appId)), nowMs);
	const ours = objectsOf(wanted).filter(({ object }) =>
		found.some((one) => one.object === object && one.callbackUrl === callbackUrl),
	);
	for (const { object } of ours) {
		checkSubscriptionChange(await send(deleteAppSubscriptionRequest(appId, object)), nowMs);
	}
	// The accounts still tell the app what goes to another address.
	const others = found.some((one) => one.callbackUrl !== callbackUrl);
	if (ours.length === 0 || others) return;
	for (const { id } of accountsOf(wanted)) {
		checkSubscriptionChange(await send(unsubscribeAppRequest(id)), nowMs);
	}
}

function objectsOf({ channels, kinds }: Subscription) {
	return channels
		.map((channel) => ({ object: OBJECTS[channel], fields: subscribedFields(channel, kinds) }))
		.filter(({ fields }) => fields.length > 0);
}

/**
 * An Instagram account that belongs to a Page is heard through the Page, which has to be subscribed to
 * something for that.
 */
function accountsOf({ accounts, channels, kinds }: Subscription) {
	return accounts
		.filter(({ id, usesInstagramLogin }) => usesInstagramLogin || !INSTAGRAM_ACCOUNT.test(id))
		.map(({ id, usesInstagramLogin }) => ({
			id,
			fields: usesInstagramLogin
				? subscribedFields('instagram', kinds)
				: subscribedFields('facebook', channels.includes('facebook') ? kinds : ['message']),
		}))
		.filter(({ fields }) => fields.length > 0);
}

function holdsAll(fields: readonly string[], wanted: readonly string[]): boolean {
	return wanted.every((field) => fields.includes(field));
}
