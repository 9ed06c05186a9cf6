/**
 * What Resend takes for a mail, checked in its order: `to` before the body, the body before the
 * subject, and the domain last.
 * @see https://resend.com/docs/api-reference/emails/send-email
 */
import { z } from 'zod';

import { invalid, missing, notFound, Refusal, unverified } from './resendErrors.cts';

const MAX_RECIPIENTS = 50;
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const ADDRESS = new RegExp(
	`^${ATOM}(?:\\.${ATOM})*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z0-9-]{2,}$`,
);
const NAMED_ADDRESS = /^[^<>\r\n]*<([^<>]+)>$/;
const TAG = /^[A-Za-z0-9_-]{1,256}$/;

const addresses = z
	.union([z.string(), z.array(z.string())])
	.nullish()
	.transform((given) => (typeof given === 'string' ? [given] : (given ?? [])));
const text = z.string().nullish();
const mailInput = z.object({
	from: text,
	to: addresses,
	cc: addresses,
	bcc: addresses,
	reply_to: addresses,
	subject: text,
	html: text,
	text,
	headers: z.record(z.string()).nullish(),
	tags: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
	attachments: z.array(z.unknown()).nullish(),
	scheduled_at: text,
	template: z.unknown(),
});

export interface MailDraft {
	from: string;
	to: string[];
	cc: string[];
	bcc: string[];
	replyTo: string[];
	subject: string;
	html: string | null;
	text: string | null;
	headers: Record<string, string>;
	tags: Array<{ name: string; value: string }>;
}

export interface MailRules {
	isVerified(domain: string): boolean;
	inBatch: boolean;
}

/** Throws a Refusal for whatever Resend would not send. */
export function checkedMail(body: unknown, { isVerified, inBatch }: MailRules): MailDraft {
	const parsed = mailInput.safeParse(body);
	if (!parsed.success) {
		throw invalid(`Invalid \`${parsed.error.issues[0]?.path.join('.') || 'body'}\` field.`);
	}
	const mail = parsed.data;
	if (!mail.to.some(Boolean)) throw missing('to');
	if (mail.template) throw notFound('Template');
	if (!mail.html && !mail.text) throw invalid('Missing `html` or `text` field.');
	if (!mail.subject) throw missing('subject');
	if (!mail.from) throw missing('from');
	if (/[\r\n]/.test(mail.subject)) {
		throw invalid('The `\\n` is not allowed in the `subject` field.');
	}
	for (const field of ['to', 'cc', 'bcc', 'reply_to'] as const) checkAddresses(field, mail[field]);
	checkAddresses('from', [mail.from]);
	if (Object.entries(mail.headers ?? {}).some((header) => /[\r\n]/.test(header.join()))) {
		throw invalid('Invalid `headers` field.');
	}
	if (!(mail.tags ?? []).every(({ name, value }) => TAG.test(name) && TAG.test(value))) {
		throw invalid('Tags should only contain ASCII letters, numbers, underscores, or dashes.');
	}
	// The stand-in sends at once and alone: what it cannot do it does not take.
	if (mail.scheduled_at) throw invalid('The `scheduled_at` field is not supported.');
	if (inBatch && mail.attachments?.length) {
		throw invalid('The `attachments` field is not supported in batches.');
	}
	const domain = addressIn(mail.from).split('@')[1]!.toLowerCase();
	if (!isVerified(domain)) throw new Refusal(unverified(domain));
	return {
		from: mail.from,
		to: mail.to,
		cc: mail.cc,
		bcc: mail.bcc,
		replyTo: mail.reply_to,
		subject: mail.subject,
		html: mail.html ?? null,
		text: mail.text ?? null,
		headers: mail.headers ?? {},
		tags: mail.tags ?? [],
	};
}

/** The address of `Name <address>`, or of an address alone, as it was written. */
export function addressIn(mailbox: string): string {
	return NAMED_ADDRESS.exec(mailbox)?.[1] ?? mailbox;
}

function checkAddresses(field: string, mailboxes: string[]): void {
	if (mailboxes.length > MAX_RECIPIENTS) {
		throw invalid(`The \`${field}\` field must have ${MAX_RECIPIENTS} addresses at most.`);
	}
	if (!mailboxes.every((mailbox) => ADDRESS.test(addressIn(mailbox)))) {
		throw invalid(
			`Invalid \`${field}\` field. The email address needs to follow the \`email@example.com\` or \`Name <email@example.com>\` format.`,
		);
	}
}
