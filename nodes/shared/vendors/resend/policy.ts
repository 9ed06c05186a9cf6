/** @see https://resend.com/docs/api-reference/emails/send-batch-emails */
export const RESEND = {
	name: 'Resend',
	baseUrl: 'https://api.resend.com',
	/** The most mails in one request. */
	batchSize: 100,
	/** The most rows on a page of a list. */
	pageSize: 100,
	/** A full batch is taken one mail after the other. */
	timeoutMs: 20_000,
} as const;
