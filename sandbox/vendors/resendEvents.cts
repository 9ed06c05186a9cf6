/** What becomes of a mail, and what Resend tells of it. @see https://resend.com/docs/webhooks/event-types */
import { isoDate } from './resendDates.cts';
import type { ResendDeliveries } from './resendDeliveries.cts';
import { addressIn } from './resendMailChecks.cts';
import type { ResendMail } from './resendMails.cts';
import type { ResendSuppressions, Suppression } from './resendSuppressions.cts';
import type { EventType } from './resendWebhooks.cts';

const REASONS: Partial<Record<Suppression['origin'], string>> = {
	bounce: 'previous_bounce',
	complaint: 'previous_complaint',
};

export type BounceType = 'Permanent' | 'Transient' | 'Undetermined';

export interface EventOptions {
	/** Whether mails are sent, delivered or bounced by themselves; true by default. */
	events?: boolean;
	/** How long after a mail was sent its fate shows, in milliseconds; 250 by default. */
	fateAfterMs?: number;
}

export class ResendEvents {
	private readonly fates = new Set<NodeJS.Timeout>();

	constructor(
		private readonly deliveries: ResendDeliveries,
		private readonly suppressions: ResendSuppressions,
		private readonly now: () => number,
		private readonly options: EventOptions,
	) {}

	/** Mails whose fate is still to show. */
	get pending(): number {
		return this.fates.size;
	}

	/**
	 * Starts the life of a mail. The first recipient's address decides: `bounce…`, `mailbox-full…`
	 * and `complain…` at any domain do so, which covers Resend's own test addresses; an address on
	 * the suppression list is not sent to; all others get their mail.
	 */
	begin(mail: ResendMail): void {
		if (this.options.events === false) return;
		const suppression = this.suppressions.find(addressIn(mail.to[0]!));
		if (suppression !== undefined) {
			this.record(mail, 'email.suppressed', { suppressed: suppressedBy(suppression) });
			return;
		}
		this.record(mail, 'email.sent');
		this.later(() => {
			const recipient = addressIn(mail.to[0]!).toLowerCase();
			if (recipient.startsWith('bounce')) this.bounce(mail, 'Permanent', 'General');
			else if (recipient.startsWith('mailbox-full')) this.bounce(mail, 'Transient', 'MailboxFull');
			else this.record(mail, 'email.delivered');
			if (recipient.startsWith('complain')) this.later(() => this.complain(mail));
		});
	}

	/** Tells the webhooks, and returns the event's `svix-id`. */
	record(mail: ResendMail, type: EventType, details: object = {}): string {
		const at = isoDate(this.now());
		mail.lastEvent = type.replace('email.', '');
		mail.events.push({ type, at });
		return this.deliveries.publish(type, () => ({
			type,
			created_at: at,
			data: {
				created_at: mail.at,
				email_id: mail.id,
				message_id: mail.messageId,
				from: mail.from,
				to: mail.to,
				subject: mail.subject,
				...details,
				...(mail.tags.length > 0 && {
					tags: Object.fromEntries(mail.tags.map(({ name, value }) => [name, value])),
				}),
			},
		}));
	}

	/** A permanent one suppresses the address. @see https://resend.com/docs/dashboard/emails/email-bounces */
	bounce(mail: ResendMail, type: BounceType, subType: string): string {
		if (type === 'Permanent') this.suppress(mail, 'bounce');
		return this.record(mail, 'email.bounced', {
			bounce: {
				message: `The recipient's mail server answered: ${subType}.`,
				subType,
				type,
				diagnosticCode: [`smtp; ${type === 'Permanent' ? '550 5.1.1' : '452 4.2.2'} ${subType}`],
			},
		});
	}

	/** Suppresses the address. */
	complain(mail: ResendMail): string {
		this.suppress(mail, 'complaint');
		return this.record(mail, 'email.complained');
	}

	click(mail: ResendMail, link: string): string {
		return this.record(mail, 'email.clicked', {
			click: {
				ipAddress: '203.0.113.7',
				link,
				timestamp: isoDate(this.now()),
				userAgent: 'Mozilla/5.0 (stand-in)',
			},
		});
	}

	forget(): void {
		for (const fate of this.fates) clearTimeout(fate);
		this.fates.clear();
	}

	private suppress(mail: ResendMail, origin: Suppression['origin']): void {
		for (const mailbox of mail.to) this.suppressions.add(addressIn(mailbox), origin, mail.id);
	}

	private later(fate: () => void): void {
		const timer = setTimeout(() => {
			this.fates.delete(timer);
			fate();
		}, this.options.fateAfterMs ?? 250);
		timer.unref();
		this.fates.add(timer);
	}
}

function suppressedBy({ origin }: Suppression): object {
	return {
		message:
			'Resend has suppressed sending to this address because it is on the account-level suppression list. This does not count toward your bounce rate metric',
		type: 'OnAccountSuppressionList',
		...(REASONS[origin] && { reason: REASONS[origin] }),
		diagnosticCode: [],
	};
}
