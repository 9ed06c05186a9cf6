/** The mails that the stand-in took. */
import { randomUUID } from 'node:crypto';

import { isoDate, sqlDate } from './resendDates.cts';
import { notFound } from './resendErrors.cts';
import type { MailDraft } from './resendMailChecks.cts';

export interface ResendMail extends MailDraft {
	id: string;
	/** Of the message's own header, in angle brackets. */
	messageId: string;
	/** The idempotency key it came with. */
	key: string | null;
	/** UTC ISO 8601, by the stand-in's clock. */
	at: string;
	/** Without `email.`; `queued` before the first event. */
	lastEvent: string;
	events: Array<{ type: string; at: string }>;
}

export class ResendMails {
	/** In the order in which they were taken. */
	readonly all: ResendMail[] = [];
	private readonly positions = new Map<string, number>();

	constructor(
		private readonly now: () => number,
		private readonly keepBodies: boolean,
	) {}

	add(draft: MailDraft, key: string | undefined): ResendMail {
		const mail: ResendMail = {
			...draft,
			...(!this.keepBodies && { html: null, text: null }),
			id: randomUUID(),
			messageId: `<${randomUUID()}@email.example.com>`,
			key: key ?? null,
			at: isoDate(this.now()),
			lastEvent: 'queued',
			events: [],
		};
		this.positions.set(mail.id, this.all.length);
		this.all.push(mail);
		return mail;
	}

	/** Throws a Refusal where there is no such mail. */
	get(id: string): ResendMail {
		const mail = this.all[this.position(id)];
		if (mail === undefined) throw notFound('Email');
		return mail;
	}

	position(id: string): number {
		return this.positions.get(id) ?? -1;
	}

	forget(): void {
		this.all.length = 0;
		this.positions.clear();
	}
}

/** As `GET /emails` shows a mail. @see https://resend.com/docs/api-reference/emails/list-emails */
export function summaryOf(mail: ResendMail): object {
	return {
		id: mail.id,
		message_id: mail.messageId,
		to: mail.to,
		from: mail.from,
		created_at: sqlDate(Date.parse(mail.at)),
		subject: mail.subject,
		bcc: listOrNull(mail.bcc),
		cc: listOrNull(mail.cc),
		reply_to: listOrNull(mail.replyTo),
		last_event: mail.lastEvent,
		scheduled_at: null,
	};
}

/** @see https://resend.com/docs/api-reference/emails/retrieve-email */
export function detailsOf(mail: ResendMail): object {
	return {
		object: 'email',
		...summaryOf(mail),
		html: mail.html,
		text: mail.text,
		tags: mail.tags,
	};
}

function listOrNull(addresses: string[]): string[] | null {
	return addresses.length > 0 ? addresses : null;
}
