import type { ResendMail } from '../../shared/vendors/resend';

/** Up to 100 mails that are sent in one request, always the same under the same key. */
export interface Batch {
	/** The idempotency key, such as `campaign/<campaign_id>/17`. */
	key: string;
	/** Whether Resend may have forgotten the key since the first attempt. */
	isKeyExpired: boolean;
	/** Milliseconds since 1970; absent where this is the first. */
	firstAttemptAt?: number;
	mails: readonly ResendMail[];
}

/** What became of one mail, by its place in the batch. Both are final. */
export type MailResult =
	| { index: number; state: 'sent'; emailId: string }
	| { index: number; state: 'refused'; reason: string };
