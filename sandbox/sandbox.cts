import path from 'node:path';

import { type Clock, createClock } from './clock.cts';
import { startConsole } from './console/console.cts';
import {
	credentialsFor,
	crmCredentials,
	mailCredential,
	metaCredential,
	resendCredential,
	SECRETS,
	SMTP_USER,
} from './credentials.cts';
import { type N8nInstance, startN8n } from './n8n/instance.cts';
import { freePort } from './n8n/freePort.cts';
import { type Database, startDatabase } from './platform/database.cts';
import { type Platform, startPlatform } from './platform/platform.cts';
import { seedDemo } from './platform/seed.cts';
import { type OpenAiStandIn, startOpenAi } from './vendors/openAi.cts';
import type { CrmStandIn } from './vendors/crmView.cts';
import { startHubSpot } from './vendors/hubSpot.cts';
import { type MetaOptions, type MetaStandIn, startMeta } from './vendors/meta.cts';
import { type PipedriveStandIn, startPipedrive } from './vendors/pipedrive.cts';
import { startRentCast } from './vendors/rentCast.cts';
import { type ResendOptions, type ResendStandIn, startResend } from './vendors/resend.cts';
import { type SalesforceStandIn, startSalesforce } from './vendors/salesforce.cts';
import { type SmtpStandIn, startSmtp } from './vendors/smtp.cts';
import type { StandIn } from './vendors/standIn.cts';

export { SECRETS };

export interface SandboxOptions {
	/** Folder for the data of n8n and the platform. */
	directory: string;
	/** Waits in minutes are divided by this, the outbox's and the workflows'; 1 is the guide's own. */
	speed?: number;
	/** Schedules of workflows in minutes are divided by this; as `speed` by default. */
	scheduleSpeed?: number;
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
	/** Where the alerts arrive. */
	smtp: SmtpStandIn;
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

/** Published too: a schedule starts them, or other workflows call them, and nobody from outside. */
const SUB_WORKFLOWS = [
	'send-alerts',
	'error-alert',
	'deliver-callback',
	'recover-executions',
	'metrics-rollup',
	'health-monitor',
	'replay-dead-letters',
	'retention',
	'campaign-portion',
	'meta-lead-forms',
];

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
		const smtp = await startSmtp({ user: SMTP_USER, password: SECRETS.smtp });
		closers.push(() => smtp.close());
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
			alertMails: smtp,
			n8n: { url: `http://127.0.0.1:${n8nPort}/webhook`, signingSecret: SECRETS.signing },
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
				mailCredential(smtp),
			],
			speed: options.speed,
			scheduleSpeed: options.scheduleSpeed,
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
			smtp,
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
