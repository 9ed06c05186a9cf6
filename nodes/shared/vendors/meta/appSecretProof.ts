import { createHmac } from 'node:crypto';

/**
 * Shows that a token is used by the app it belongs to; apps can demand it.
 * @see https://developers.facebook.com/docs/graph-api/securing-requests#appsecret_proof
 */
export function appSecretProof(token: string, appSecret: string): string {
	return createHmac('sha256', appSecret).update(token).digest('hex');
}
