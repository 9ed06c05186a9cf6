/** Salesforce's own client, connected to the stand-in. */
import { Connection, OAuth2 } from 'jsforce';

import type { SalesforceStandIn } from '../../../sandbox/vendors/salesforce.cts';

const APP = { clientId: 'connected-app', clientSecret: 'connected-app-secret' };

/** What the stand-in is to be started with. */
export const CLIENT = { ...APP, refreshToken: 'refresh-token-of-the-test' };

export const JANE = { LastName: 'Doe', Company: 'Individual', Email: 'Jane@Example.com' };

export async function connect(salesforce: SalesforceStandIn): Promise<Connection> {
	const oauth2 = new OAuth2({ ...APP, loginUrl: salesforce.url });
	const token = await oauth2.requestToken({ grant_type: 'client_credentials' });
	return new Connection({
		oauth2,
		accessToken: token.access_token,
		refreshToken: CLIENT.refreshToken,
		instanceUrl: token.instance_url,
		version: '64.0',
	});
}

/** What jsforce made of a refusal. */
export async function errorOf(
	work: PromiseLike<unknown>,
): Promise<{ errorCode: string; data: unknown }> {
	return await work.then(
		() => Promise.reject(new Error('There was no error')),
		(reason: unknown) => reason as { errorCode: string; data: unknown },
	);
}
