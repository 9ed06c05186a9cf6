/**
 * Resend: sends mails in batches and remembers what it has sent.
 * @see https://resend.com/docs/api-reference/introduction
 */
import { z } from 'zod';

import { answerIn } from '../http/answer';
import type { HttpRequest, HttpResponse } from '../http/send';
import { toVendorError } from '../http/vendorError';
import { resendError, withoutAddresses } from './resend/errors';
import { RESEND } from './resend/policy';

export { resendError } from './resend/errors';
export { RESEND } from './resend/policy';
export { resendRetries } from './resend/retries';

/** One mail as Resend takes it. The same mail has to be the same bytes whenever it is sent again. */
export interface ResendMail {
	/** `sales@company.com`, or `Name <sales@company.com>`. */
	from: string;
	to: string[];
	subject: string;
	html: string;
	text: string;
	reply_to?: string;
	headers: Record<string, string>;
	/** Names and values of letters, digits, `_` and `-`. */
	tags: Array<{ name: string; value: string }>;
}

/** Strict: one mail at fault and none is sent. Permissive: the others are sent. */
export type BatchValidation = 'strict' | 'permissive';

export interface SentBatch {
	/** The place of a mail in the batch, and Resend's id for it. */
	accepted: Array<{ index: number; id: string }>;
	refused: Array<{ index: number; message: string }>;
}

/** A mail that Resend has sent, as its list shows it. */
export interface ListedEmail {
	id: string;
	from: string;
	to: string[];
	subject: string;
	createdAt: string;
}

/**
 * The request that sends up to 100 mails. Within 24 hours Resend does it once for a key, and answers
 * the repeats as the first. Throws a RangeError for no mail or too many.
 * @see https://resend.com/docs/dashboard/emails/idempotency-keys
 */
export function sendBatchRequest(batch: {
	mails: readonly ResendMail[];
	idempotencyKey: string;
	validation: BatchValidation;
}): HttpRequest {
	const { mails, idempotencyKey, validation } = batch;
	if (mails.length === 0 || mails.length > RESEND.batchSize) {
		throw new RangeError(`A batch has 1 to ${RESEND.batchSize} mails, not ${mails.length}`);
	}
	return {
		method: 'POST',
		path: '/emails/batch',
		headers: { 'Idempotency-Key': idempotencyKey, 'x-batch-validation': validation },
		body: mails,
		isRepeatable: true,
		timeoutMs: RESEND.timeoutMs,
	};
}

const batchAnswer = z.object({
	data: z.array(z.object({ id: z.string().min(1) })),
	errors: z
		.array(z.object({ index: z.number().int().nonnegative(), message: z.string().catch('') }))
		.nullish(),
});

/**
 * What became of each mail of a batch. In permissive mode Resend lists the ids of those it took, in
 * order, and the places of the others. Throws a VendorError, also where the two do not add up.
 */
export function readBatch(response: HttpResponse, sentCount: number, nowMs: number): SentBatch {
	const answer = answerIn(batchAnswer, response);
	if (answer === undefined) throw resendError(response, nowMs);
	const messages = new Map((answer.errors ?? []).map(({ index, message }) => [index, message]));
	const places = Array.from({ length: sentCount }, (_, index) => index);
	const taken = places.filter((index) => !messages.has(index));
	const isComplete =
		taken.length === answer.data.length && taken.length + messages.size === sentCount;
	if (!isComplete) {
		throw toVendorError(RESEND.name, response, nowMs, {
			kind: 'unreadable',
			message: `Resend answered for ${answer.data.length} mails of ${sentCount} and does not say which`,
			advice: 'Run it again: what was sent is then looked up in the list of sent mails.',
		});
	}
	return {
		accepted: answer.data.map(({ id }, position) => ({ index: taken[position] ?? position, id })),
		refused: [...messages].map(([index, message]) => ({
			index,
			message: withoutAddresses(message) || 'Resend refused the mail',
		})),
	};
}

/**
 * A page of the sent mails, newest first, after the mail with the given id.
 * @see https://resend.com/docs/api-reference/emails/list-emails
 */
export function listEmailsRequest(after?: string): HttpRequest {
	return {
		method: 'GET',
		path: '/emails',
		query: { limit: RESEND.pageSize, ...(after !== undefined && { after }) },
		timeoutMs: RESEND.timeoutMs,
	};
}

const listAnswer = z.object({
	has_more: z.boolean().catch(false),
	data: z.array(
		z
			.object({
				id: z.string().min(1),
				from: z.string(),
				to: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
				subject: z.string().nullish(),
				created_at: z.string(),
			})
			.transform(({ created_at: createdAt, subject, ...email }): ListedEmail => ({
				...email,
				subject: subject ?? '',
				createdAt,
			})),
	),
});

/** The mails on a page, and the cursor of the next. Throws a VendorError. */
export function readEmailList(
	response: HttpResponse,
	nowMs: number,
): { emails: ListedEmail[]; next?: string } {
	const answer = answerIn(listAnswer, response);
	if (answer === undefined) throw resendError(response, nowMs);
	const last = answer.data.at(-1);
	return { emails: answer.data, ...(answer.has_more && last && { next: last.id }) };
}

/** @see https://resend.com/docs/api-reference/emails/retrieve-email */
export function getEmailRequest(id: string): HttpRequest {
	return {
		method: 'GET',
		path: `/emails/${encodeURIComponent(id)}`,
		timeoutMs: RESEND.timeoutMs,
	};
}

const tag = z.object({ name: z.string(), value: z.string() });
const emailAnswer = z.object({
	tags: z
		.union([
			z.record(z.string()),
			z
				.array(tag)
				.transform((tags) =>
					Object.fromEntries(tags.map(({ name, value }): [string, string] => [name, value])),
				),
		])
		.nullish(),
});

/** The tags of one mail, by name; the list does not show them. Throws a VendorError. */
export function readEmailTags(response: HttpResponse, nowMs: number): Record<string, string> {
	const answer = answerIn(emailAnswer, response);
	if (answer === undefined) throw resendError(response, nowMs);
	return answer.tags ?? {};
}
