import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** The name under which nodes ask for Resend's credential. */
export const RESEND_CREDENTIAL = 'resendMailApi';

/** The secrets of a `Resend Mail API` credential; those not filled in are left out. */
export function resendSecrets(credentials: ICredentialDataDecryptedObject): {
	webhook: string[];
	unsubscribe: string;
} {
	const { webhookSecret, previousWebhookSecret, unsubscribeSecret } = credentials;
	return {
		webhook: [webhookSecret, previousWebhookSecret].filter(isFilled).map((secret) => secret.trim()),
		unsubscribe: isFilled(unsubscribeSecret) ? unsubscribeSecret : '',
	};
}

function isFilled(secret: unknown): secret is string {
	return typeof secret === 'string' && secret.trim() !== '';
}
