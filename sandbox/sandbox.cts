import path from 'node:path';

import { type Clock, createClock } from './clock.cts';
import { startConsole } from './console/console.cts';
import { type N8nCredential, type N8nInstance, startN8n } from './n8n/instance.cts';
import { freePort } from './n8n/freePort.cts';
import { type Database, startDatabase } from './platform/database.cts';
import { type Platform, startPlatform } from './platform/platform.cts';
import { DEMO_COMPANY, seedDemo } from './platform/seed.cts';
import { type OpenAiStandIn, startOpenAi } from './vendors/openAi.cts';
import type { CrmStandIn } from './vendors/crmView.cts';
import { startHubSpot } from './vendors/hubSpot.cts';
import { type MetaOptions, type MetaStandIn, startMeta } from './vendors/meta.cts';
import { type PipedriveStandIn, startPipedrive } from './vendors/pipedrive.cts';
import { startRentCast } from './vendors/rentCast.cts';
import { type ResendOptions, type ResendStandIn, startResend } from './vendors/resend.cts';
import { type SalesforceStandIn, startSalesforce } from './vendors/salesforce.cts';
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
};

export interface SandboxOptions {
	/** Folder for the data of n8n and the platform. */
	directory: string;
	/** Outbox waits are divided by this; 1 is the guide's own 1, 5 and 15 minutes. */
	speed?: number;
	databaseUrl?: string;
	/** Keeps the platform's data in memory, for tests. */
	inMemory?: boolean;
	ports?: Partial<Record<'n8n' | 'platform' | 'console' | 'database', number>>;
	/** Workflows beside the package's own. */
	moreWorkflows?: string[];
	publish?: string[];
	environment?: Record<string, string>;
	/** How the stand-in of Resend behaves, such as its rate. */
	resend?: Omit<ResendOptions, 'apiKey'>;
	/** How the stand-in of Meta behaves, such as when it repeats a webhook. */
	meta?: MetaOptions;
	keepExisting?: boolean;
	onProgress?(step: string): void;
}

export interface Sandbox {
	clock: Clock;
	database: Database;
	platform: Platform;
	rentCast: StandIn;
	openAi: OpenAiStandIn;
	crms: SandboxCrms;
	resend: ResendStandIn;
	meta: MetaStandIn;
	n8n: N8nInstance;
	consoleUrl: string;
	close(): Promise<void>;
}

/** The stand-ins of the CRMs, by the key that callbacks use. */
export interface SandboxCrms {
	hubspot: CrmStandIn;
	salesforce: SalesforceStandIn;
	pipedrive: PipedriveStandIn;
}

/** The flows that are published, by the id of their workflow, and where they take events in. */
const FLOWS: Readonly<Record<string, string>> = {
	'property-enrichment': 'enrich-property',
	'lead-scoring': 'lead-created',
	'campaign-dispatch': 'campaign-dispatch',
	'campaign-events': 'campaign-events',
	'meta-broker': 'meta-broker',
};

/** Published too: other workflows call them, and nobody from outside. */
const SUB_WORKFLOWS = ['campaign-portion', 'meta-lead-forms'];

/** Starts the whole system on this machine: database, platform, stand-ins, console and n8n. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
	const { directory, ports = {}, onProgress = () => {} } = options;
	const closers: Array<() => Promise<void>> = [];
	const close = async () => {
		for (const each of closers.reverse()) await each();
		closers.length = 0;
	};
	try {
		onProgress('starting the database, the platform and the stand-ins');
		const clock = createClock({ speed: options.speed });
		const database = await startDatabase({
			url: options.databaseUrl,
			dataDir: options.inMemory ? undefined : path.join(directory, 'platform-db'),
			port: ports.database,
		});
		closers.push(() => database.close());
		await seedDemo(database.pool);
		const rentCast = await startRentCast({ apiKey: SECRETS.rentCast });
		closers.push(() => rentCast.close());
		const openAi = await startOpenAi({ apiKey: SECRETS.openAi });
		closers.push(() => openAi.close());
		const crms = await startCrms();
		for (const crm of Object.values(crms)) closers.push(() => crm.close());
		const resend = await startResend({ apiKey: SECRETS.resend, ...options.resend });
		closers.push(() => resend.close());
		const meta = await startMeta(options.meta);
		closers.push(() => meta.close());
		const n8nPort = ports.n8n ?? (await freePort());
		const platform = await startPlatform({
			database,
			clock,
			signingSecret: SECRETS.signing,
			n8nUrl: `http://127.0.0.1:${n8nPort}/webhook`,
			port: ports.platform,
		});
		closers.push(() => platform.close());
		const console = await startConsole({
			platform,
			vendors: { rentCast, model: openAi, resend, meta },
			crms: { ...crms },
			mailbox: resend,
			meta,
			port: ports.console,
		});
		closers.push(() => console.close());

		const n8n = await startN8n({
			userFolder: path.join(directory, 'n8n'),
			port: n8nPort,
			workflows: ['workflows', ...(options.moreWorkflows ?? [])],
			publish: [...SUB_WORKFLOWS, ...Object.keys(FLOWS), ...(options.publish ?? [])],
			webhookPaths: Object.values(FLOWS),
			credentials: [
				...credentialsFor(platform, database, rentCast, openAi),
				...crmCredentials(crms),
				resendCredential(resend),
				metaCredential(meta),
			],
			// As the README recommends: requests and executions cost a fraction.
			environment: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true', ...options.environment },
			keepExisting: options.keepExisting,
			before: async (command) => {
				onProgress('creating the tables of the state store');
				await command(['execute', '--id=prepare-state-store']);
			},
			onProgress,
		});
		closers.push(() => n8n.stop());
		return {
			clock,
			database,
			platform,
			rentCast,
			openAi,
			crms,
			resend,
			meta,
			n8n,
			consoleUrl: `${console.url}/console`,
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

async function startCrms(): Promise<SandboxCrms> {
	const { salesforceClientId: clientId, salesforceClientSecret: clientSecret } = SECRETS;
	return {
		hubspot: await startHubSpot({ accessToken: SECRETS.hubSpot }),
		salesforce: await startSalesforce({ clientId, clientSecret }),
		pipedrive: await startPipedrive({ apiToken: SECRETS.pipedrive }),
	};
}

function crmCredentials({ hubspot, salesforce, pipedrive }: SandboxCrms): N8nCredential[] {
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

function resendCredential({ url }: StandIn): N8nCredential {
	return {
		id: 'sandbox-resend',
		name: 'Resend',
		type: 'resendMailApi',
		data: { baseUrl: url, apiKey: SECRETS.resend, unsubscribeSecret: SECRETS.unsubscribe },
	};
}

function metaCredential({ url, appId, appSecret, pages }: MetaStandIn): N8nCredential {
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

/** The credentials that the workflow templates name. */
function credentialsFor(
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
