/** The routes that send and show mails. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Context } from 'hono';

import { invalid, Refusal, RESEND_FAILURES } from './resendErrors.cts';
import type { ResendEvents } from './resendEvents.cts';
import type { IdempotencyMemory } from './resendIdempotency.cts';
import type { ResendLimits } from './resendLimits.cts';
import { checkedMail, type MailDraft, type MailRules } from './resendMailChecks.cts';
import { detailsOf, type ResendMail, type ResendMails, summaryOf } from './resendMails.cts';
import { pageOf } from './resendPages.cts';
import type { VendorApp } from './standIn.cts';

const MAX_BATCH = 100;

/** The parts of the stand-in that its routes use. */
export interface MailOffice {
	mails: ResendMails;
	memory: IdempotencyMemory;
	limits: ResendLimits;
	events: ResendEvents;
	isVerified: MailRules['isVerified'];
	/** How long it works on a request before it takes the mails. */
	processingMs(): number;
}

export function mailRoutes(app: VendorApp, office: MailOffice): void {
	const { mails, memory, limits } = office;

	const send = async (context: Context, work: (body: unknown, key?: string) => object) => {
		const key = context.req.header('idempotency-key');
		const payload = await context.req.text();
		const answer = await memory.once(key, `${context.req.path}\n${payload}`, async () => {
			const body = parsed(payload);
			if (office.processingMs() > 0) await sleep(office.processingMs());
			return work(body, key);
		});
		return context.json(answer, 200, limits.quotaHeaders());
	};

	const accept = (drafts: MailDraft[], key?: string): ResendMail[] => {
		limits.spend(drafts.length);
		const accepted = drafts.map((draft) => mails.add(draft, key));
		for (const mail of accepted) office.events.begin(mail);
		return accepted;
	};

	/** @see https://resend.com/docs/api-reference/emails/send-email */
	app.post('/emails', async (context) => {
		return await send(context, (body, key) => {
			const [mail] = accept(
				[checkedMail(body, { isVerified: office.isVerified, inBatch: false })],
				key,
			);
			return { id: mail!.id };
		});
	});

	/** @see https://resend.com/docs/api-reference/emails/send-batch-emails */
	app.post('/emails/batch', async (context) => {
		const permissive = context.req.header('x-batch-validation') === 'permissive';
		return await send(context, (body, key) => {
			const { drafts, errors } = checkedBatch(body, office.isVerified);
			if (!permissive && errors[0] !== undefined) throw errors[0].refusal;
			return {
				data: accept(drafts, key).map(({ id }) => ({ id })),
				...(permissive && {
					errors: errors.map(({ index, refusal: { message } }) => ({ index, message })),
				}),
			};
		});
	});

	/** @see https://resend.com/docs/api-reference/emails/list-emails */
	app.get('/emails', (context) =>
		context.json(pageOf(mails.all, context.req.query(), summaryOf, (id) => mails.position(id))),
	);
	app.get('/emails/:id', (context) => context.json(detailsOf(mails.get(context.req.param('id')))));
}

/** Every mail of a batch that can be sent, and why the others cannot, by their index. */
function checkedBatch(
	body: unknown,
	isVerified: MailRules['isVerified'],
): { drafts: MailDraft[]; errors: Array<{ index: number; refusal: Refusal }> } {
	if (!Array.isArray(body) || body.length < 1 || body.length > MAX_BATCH) {
		throw invalid(`The batch must contain between 1 and ${MAX_BATCH} emails.`);
	}
	const drafts: MailDraft[] = [];
	const errors: Array<{ index: number; refusal: Refusal }> = [];
	for (const [index, mail] of body.entries()) {
		try {
			drafts.push(checkedMail(mail, { isVerified, inBatch: true }));
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			errors.push({ index, refusal: error });
		}
	}
	return { drafts, errors };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new Refusal(RESEND_FAILURES.invalidJson);
	}
}
