import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { DEFAULT_TOLERANCE_SECONDS, type Secrets } from '../signing/platform';

/** The name under which nodes ask for the platform's credential. */
export const SIGNED_WEBHOOK_CREDENTIAL = 'signedWebhookApi';

/** The secrets and the window of a `Signed Webhook API` credential. */
export function readSignedWebhookCredential(credentials: ICredentialDataDecryptedObject): {
	secrets: Secrets;
	toleranceSeconds: number;
} {
	const { signingSecret, previousSigningSecret, toleranceSeconds } = credentials;
	return {
		secrets: {
			current: typeof signingSecret === 'string' ? signingSecret : '',
			...(typeof previousSigningSecret === 'string' &&
				previousSigningSecret !== '' && { previous: previousSigningSecret }),
		},
		toleranceSeconds:
			typeof toleranceSeconds === 'number' ? toleranceSeconds : DEFAULT_TOLERANCE_SECONDS,
	};
}
