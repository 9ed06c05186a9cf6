import type { SmtpStandIn } from '../vendors/smtp.cts';

/** The mails of n8n's alerts, where its Send Email node delivers them. */
export type AlertMails = Pick<SmtpStandIn, 'mails'>;

const LATEST_MAILS = 20;

/** The newest first, each with its number. */
export function listAlertMails({ mails }: AlertMails) {
	return mails
		.map(({ subject, text, to, at }, index) => ({ id: index + 1, subject, text, to, at }))
		.slice(-LATEST_MAILS)
		.reverse();
}
