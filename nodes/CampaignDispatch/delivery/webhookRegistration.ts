import type { Send } from '../../shared/http/send';
import {
	checkWebhookRemoval,
	createWebhookRequest,
	deleteWebhookRequest,
	listWebhooksRequest,
	readCreatedWebhook,
	readWebhookList,
	type ResendWebhook,
} from '../../shared/vendors/resend/webhooks';

/** Whether Resend still reports these events to this address under this id. */
export async function isRegistered(
	send: Send,
	registration: { id: string | undefined; endpoint: string; events: readonly string[] },
	nowMs: number,
): Promise<boolean> {
	const { id, endpoint, events } = registration;
	if (id === undefined) return false;
	return (await webhooksAt(send, endpoint, nowMs)).some(
		(webhook) =>
			webhook.id === id &&
			webhook.isEnabled &&
			[...webhook.events].sort().join() === [...events].sort().join(),
	);
}

/**
 * Has Resend report these events to this address, and answers the id and the secret that it signs
 * with. What was registered for the address before goes first, for its secret is not known any more.
 * Throws a VendorError.
 */
export async function register(
	send: Send,
	endpoint: string,
	events: readonly string[],
	nowMs: number,
): Promise<{ id: string; signingSecret: string }> {
	for (const { id } of await webhooksAt(send, endpoint, nowMs)) await unregister(send, id, nowMs);
	return readCreatedWebhook(await send(createWebhookRequest(endpoint, events)), nowMs);
}

/** Throws a VendorError; a webhook that is gone already is no error. */
export async function unregister(send: Send, id: string, nowMs: number): Promise<void> {
	checkWebhookRemoval(await send(deleteWebhookRequest(id)), nowMs);
}

async function webhooksAt(send: Send, endpoint: string, nowMs: number): Promise<ResendWebhook[]> {
	const found: ResendWebhook[] = [];
	for (let after: string | undefined; ;) {
		const page = readWebhookList(await send(listWebhooksRequest(after)), nowMs);
		found.push(...page.webhooks.filter((webhook) => webhook.endpoint === endpoint));
		if (page.next === undefined) return found;
		after = page.next;
	}
}
