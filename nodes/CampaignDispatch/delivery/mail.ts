import type { ResendMail } from '../../shared/vendors/resend';
import { oneLine } from '../../shared/text/oneLine';
import { normaliseSender } from './sender';

/** A line of a header may not be longer. */
const LONGEST_SUBJECT = 900;

export interface RenderedMail {
	subject: string;
	html: string;
	text: string;
}

export interface MailParts {
	/** `sales@company.com`, or `Name <sales@company.com>`. */
	from: string;
	replyTo?: string | null;
	campaignId: string;
	recipient: string;
	email: string;
	rendered: RenderedMail;
	/** HTTPS; a POST to it unsubscribes without anything else being asked. */
	unsubscribeUrl: string;
}

/** The names of the tags by which a mail and its events are known again. */
export const TAGS = { campaign: 'campaign', recipient: 'recipient' } as const;

/** Throws a RangeError for a sender to whom no mail could be given. */
export function checkSender(sender: string): void {
	normaliseSender(sender);
}

/**
 * The mail to one person. The same parts always give the same bytes. The mail program's own
 * unsubscribe button works with one click. Throws a RangeError for a sender that is none.
 * @see https://www.rfc-editor.org/rfc/rfc8058
 */
export function mailFor(parts: MailParts): ResendMail {
	const { from, replyTo, campaignId, recipient, email, rendered, unsubscribeUrl } = parts;
	return {
		from: normaliseSender(from),
		to: [email],
		subject: oneLine(rendered.subject, LONGEST_SUBJECT),
		html: rendered.html,
		text: rendered.text,
		...(replyTo && { reply_to: normaliseSender(replyTo) }),
		headers: {
			'List-Unsubscribe': `<${unsubscribeUrl}>`,
			'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
		},
		tags: [
			{ name: TAGS.campaign, value: campaignId },
			{ name: TAGS.recipient, value: recipient },
		],
	};
}
