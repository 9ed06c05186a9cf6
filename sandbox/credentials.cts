/** What the sandbox's n8n signs in with, and to whom: the credentials that the templates name. */
import type { N8nCredential } from './n8n/instance.cts';
import type { Database } from './platform/database.cts';
import type { Platform } from './platform/platform.cts';
import { DEMO_COMPANY } from './platform/seed.cts';
import type { SandboxCrms } from './sandbox.cts';
import type { MetaStandIn } from './vendors/meta.cts';
import type { SmtpStandIn } from './vendors/smtp.cts';
import type { StandIn } from './vendors/standIn.cts';

/** Made up for this machine alone; nothing outside it knows or accepts them. */
export const SECRETS = {
	signing: 'sandbox-signing-secret',
	rentCast: 'sandbox-rentcast-key',
	openAi: 'sandbox-openai-key',
	hubSpot: 'sandbox-hubspot-key',
	salesforceClientId: 'sandbox-salesforce-client',
	salesforceClientSecret: 'sandbox-salesforce-secret',
	pipedrive: 'sandbox-pipedrive-token',
	resend: 're_sandbox_key',
	unsubscribe: 'sandbox-unsubscribe-secret',
	metaVerifyToken: 'sandbox-meta-verify-token',
	smtp: 'sandbox-smtp-password',
};

export function crmCredentials({ hubspot, salesforce, pipedrive }: SandboxCrms): N8nCredential[] {
	return [
		{
			id: 'sandbox-hubspot',
			name: 'HubSpot',
			type: 'hubSpotCrmApi',
			data: { baseUrl: hubspot.url, accessToken: SECRETS.hubSpot },
		},
		{
			id: 'sandbox-salesforce',
			name: 'Salesforce',
			type: 'salesforceCrmOAuth2Api',
			data: {
				baseUrl: salesforce.url,
				grantType: 'clientCredentials',
				clientId: SECRETS.salesforceClientId,
				clientSecret: SECRETS.salesforceClientSecret,
			},
		},
		{
			id: 'sandbox-pipedrive',
			name: 'Pipedrive',
			type: 'pipedriveCrmApi',
			data: { baseUrl: pipedrive.url, apiToken: SECRETS.pipedrive },
		},
	];
}

export function resendCredential({ url }: StandIn): N8nCredential {
	return {
		id: 'sandbox-resend',
		name: 'Resend',
		type: 'resendMailApi',
		data: { baseUrl: url, apiKey: SECRETS.resend, unsubscribeSecret: SECRETS.unsubscribe },
	};
}

export function metaCredential({ url, appId, appSecret, pages }: MetaStandIn): N8nCredential {
	const tokens = pages.flatMap(({ id, token, instagram }) => [
		[id, token],
		...(instagram ? [[instagram.id, token]] : []),
	]);
	return {
		id: 'sandbox-meta',
		name: 'Meta',
		type: 'metaMessagingApi',
		data: {
			baseUrl: `${url}/v26.0`,
			instagramBaseUrl: `${url}/v26.0`,
			appId,
			appSecret,
			verifyToken: SECRETS.metaVerifyToken,
			pageTokens: JSON.stringify(Object.fromEntries(tokens)),
		},
	};
}

export const SMTP_USER = 'sandbox';

export function mailCredential({ port }: SmtpStandIn): N8nCredential {
	return {
		id: 'sandbox-smtp',
		name: 'Alert mail',
		type: 'smtp',
		data: {
			host: '127.0.0.1',
			port,
			secure: false,
			disableStartTls: true,
			user: SMTP_USER,
			password: SECRETS.smtp,
		},
	};
}

/** The credentials that the workflow templates name. */
export function credentialsFor(
	platform: Platform,
	database: Database,
	rentCast: StandIn,
	openAi: StandIn,
): N8nCredential[] {
	const { host, port, database: name, user, password } = database.connection;
	const postgres = {
		host,
		port,
		database: name,
		user,
		password,
		ssl: 'disable',
		maxConnections: 5,
	};
	return [
		{
			id: 'sandbox-platform',
			name: 'Property platform',
			type: 'signedWebhookApi',
			data: {
				baseUrl: platform.url,
				signingSecret: SECRETS.signing,
				previousSigningSecret: '',
				toleranceSeconds: 300,
				testCompanyId: DEMO_COMPANY.id,
			},
		},
		{
			id: 'sandbox-state-store',
			name: 'State store',
			type: 'postgres',
			data: postgres,
		},
		{
			id: 'sandbox-platform-database',
			name: 'Platform database',
			type: 'postgres',
			data: postgres,
		},
		{
			id: 'sandbox-rentcast',
			name: 'RentCast',
			type: 'rentCastApi',
			data: { baseUrl: `${rentCast.url}/v1`, apiKey: SECRETS.rentCast },
		},
		{
			id: 'sandbox-openai',
			name: 'OpenAI',
			type: 'openAiApi',
			data: { apiKey: SECRETS.openAi, url: `${openAi.url}/v1`, header: false },
		},
	];
}
