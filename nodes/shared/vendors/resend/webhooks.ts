/** @see https://resend.com/docs/api-reference/webhooks/create-webhook */
import { z } from 'zod';

import { answerIn, isSuccess } from '../../http/answer';
import type { HttpRequest, HttpResponse } from '../../http/send';
import { resendError } from './errors';
import { RESEND } from './policy';

const PATH = '/webhooks';

export interface ResendWebhook {
	id: string;
	endpoint: string;
	/** Such as `email.bounced`. */
	events: string[];
	isEnabled: boolean;
	/** Not in lists. */
	signingSecret?: string;
}

/** Not repeated where no answer came: Resend would keep both. */
export function createWebhookRequest(endpoint: string, events: readonly string[]): HttpRequest {
	return { method: 'POST', path: PATH, body: { endpoint, events }, timeoutMs: RESEND.timeoutMs };
}

export function getWebhookRequest(id: string): HttpRequest {
	return { method: 'GET', path: pathOf(id), timeoutMs: RESEND.timeoutMs };
}

/** A page of the webhooks, after the one with the given id. */
export function listWebhooksRequest(after?: string): HttpRequest {
	const query = { limit: RESEND.pageSize, ...(after !== undefined && { after }) };
	return { method: 'GET', path: PATH, query, timeoutMs: RESEND.timeoutMs };
}

/** Sets what is given and leaves the rest. */
export function updateWebhookRequest(
	id: string,
	change: { endpoint?: string; events?: readonly string[]; isEnabled?: boolean },
): HttpRequest {
	const { endpoint, events, isEnabled } = change;
	return {
		method: 'PATCH',
		path: pathOf(id),
		body: {
			...(endpoint !== undefined && { endpoint }),
			...(events && { events }),
			...(isEnabled !== undefined && { status: isEnabled ? 'enabled' : 'disabled' }),
		},
		isRepeatable: true,
		timeoutMs: RESEND.timeoutMs,
	};
}

export function deleteWebhookRequest(id: string): HttpRequest {
	return { method: 'DELETE', path: pathOf(id), timeoutMs: RESEND.timeoutMs };
}

const created = z.object({ id: z.string().min(1), signing_secret: z.string().min(1) });

const webhook = z
	.object({
		id: z.string().min(1),
		endpoint: z.string(),
		events: z.array(z.string()).nullish(),
		status: z.string().nullish(),
		signing_secret: z.string().min(1).nullish(),
	})
	.transform(({ id, endpoint, events, status, signing_secret: secret }): ResendWebhook => ({
		id,
		endpoint,
		events: events ?? [],
		isEnabled: status !== 'disabled',
		...(secret && { signingSecret: secret }),
	}));

const listed = z.object({ data: z.array(webhook), has_more: z.boolean().catch(false) });

/** The new webhook's id and secret. Throws a VendorError, as every reader here. */
export function readCreatedWebhook(
	response: HttpResponse,
	nowMs: number,
): { id: string; signingSecret: string } {
	const { id, signing_secret: signingSecret } = read(created, response, nowMs);
	return { id, signingSecret };
}

export function readWebhook(response: HttpResponse, nowMs: number): ResendWebhook {
	return read(webhook, response, nowMs);
}

/** The webhooks on a page, and the cursor of the next. */
export function readWebhookList(
	response: HttpResponse,
	nowMs: number,
): { webhooks: ResendWebhook[]; next?: string } {
	const { data, has_more: hasMore } = read(listed, response, nowMs);
	const last = data.at(-1);
	return { webhooks: data, ...(hasMore && last && { next: last.id }) };
}

export function checkWebhookUpdate(response: HttpResponse, nowMs: number): void {
	if (!isSuccess(response)) throw resendError(response, nowMs);
}

/** A webhook that is gone already is removed. */
export function checkWebhookRemoval(response: HttpResponse, nowMs: number): void {
	if (response.status !== 404) checkWebhookUpdate(response, nowMs);
}

function read<S extends z.ZodTypeAny>(shape: S, response: HttpResponse, nowMs: number): z.infer<S> {
	const answer = answerIn(shape, response);
	if (answer === undefined) throw resendError(response, nowMs);
	return answer;
}

function pathOf(id: string): string {
	return `${PATH}/${encodeURIComponent(id)}`;
}
