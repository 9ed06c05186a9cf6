import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { listen } from '../../sandbox/listen.cts';
import { freePort } from '../../sandbox/n8n/freePort.cts';
import { installPackage } from '../../sandbox/n8n/installPackage.cts';
import { runN8n } from '../../sandbox/n8n/run.cts';
import { startHubSpot } from '../../sandbox/vendors/hubSpot.cts';
import { META_DEFAULTS, startMeta } from '../../sandbox/vendors/meta.cts';
import { startOpenAi } from '../../sandbox/vendors/openAi.cts';
import { startPipedrive } from '../../sandbox/vendors/pipedrive.cts';
import { startRentCast } from '../../sandbox/vendors/rentCast.cts';
import { startResend } from '../../sandbox/vendors/resend.cts';
import { startSalesforce } from '../../sandbox/vendors/salesforce.cts';
import type { ChannelMessage } from '../../nodes/shared/contracts/channelMessage';
import { UNKNOWN_PATH } from './deliveryNodes.cts';
import { fillMeta, platformReply } from './metaNodes.cts';
import { snapshotOf } from './metricsNodes.cts';
import { operationNodes } from './operationNodes.cts';
import { WEBHOOK_SECRET } from './svixSigned.cts';

/** What each node of the workflow below put out: by node, its items over all outputs. */
export type Outputs = Record<string, unknown[]>;

const CREDENTIALS = [
	'signedWebhookApi',
	'rentCastApi',
	'resendMailApi',
	'metaMessagingApi',
	'openAiApi',
	'hubSpotCrmApi',
	'pipedriveCrmApi',
	'salesforceCrmOAuth2Api',
] as const;

const { appId, appSecret, pages } = META_DEFAULTS;
const META_CREDENTIAL = {
	appId,
	appSecret,
	verifyToken: 'verify',
	pageTokens: JSON.stringify(
		Object.fromEntries(
			pages.flatMap((page) =>
				[page.id, 'instagram' in page ? page.instagram.id : page.id].map((id) => [id, page.token]),
			),
		),
	),
};

/** Runs every operation in one `n8n execute` of the packed package, against stand-ins. */
export async function runEveryOperation(userFolder: string): Promise<Outputs> {
	const [rentCast, resend, meta, openAi, hubSpot, pipedrive, salesforce, platform] =
		await Promise.all([
			startRentCast({ apiKey: 'key' }),
			startResend({ apiKey: 'key' }),
			startMeta(),
			startOpenAi({ apiKey: 'key' }),
			startHubSpot({ accessToken: 'key' }),
			startPipedrive({ apiToken: 'key' }),
			startSalesforce({ clientId: 'id', clientSecret: 'secret' }),
			listen(answerAsPlatform),
		]);
	const servers = [rentCast, resend, meta, openAi, hubSpot, pipedrive, salesforce, platform];
	try {
		fillMeta(meta);
		await installPackage(userFolder);
		await importEntries(userFolder, 'import:credentials', [
			credential('signedWebhookApi', { baseUrl: platform.url, signingSecret: 'secret' }),
			credential('rentCastApi', { baseUrl: `${rentCast.url}/v1`, apiKey: 'key' }),
			credential('resendMailApi', {
				baseUrl: resend.url,
				apiKey: 'key',
				webhookSecret: WEBHOOK_SECRET,
				unsubscribeSecret: 'unsubscribe',
			}),
			credential('metaMessagingApi', {
				...META_CREDENTIAL,
				baseUrl: `${meta.url}/v26.0`,
				instagramBaseUrl: `${meta.url}/v26.0`,
			}),
			credential('openAiApi', { url: `${openAi.url}/v1`, apiKey: 'key' }),
			credential('hubSpotCrmApi', { baseUrl: hubSpot.url, accessToken: 'key' }),
			credential('pipedriveCrmApi', { baseUrl: pipedrive.url, apiToken: 'key' }),
			credential('salesforceCrmOAuth2Api', {
				baseUrl: salesforce.url,
				grantType: 'clientCredentials',
				clientId: 'id',
				clientSecret: 'secret',
			}),
		]);
		await importEntries(userFolder, 'import:workflow', [workflow()]);
		const { code, output } = await runN8n(
			userFolder,
			['execute', '--id=every-operation', '--rawOutput'],
			{
				N8N_EXPRESSION_ENGINE: 'legacy',
				// At the level 'warn' n8n does not print what an execution answers.
				N8N_LOG_LEVEL: 'info',
				// Another n8n may be running on this machine.
				N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			},
		);
		if (code !== 0) throw new Error(output.slice(-3000));
		return outputsOf(output);
	} finally {
		await Promise.all(servers.map(async (server) => await server.close()));
	}
}

async function answerAsPlatform(request: Request): Promise<Response> {
	const { pathname, searchParams } = new URL(request.url);
	switch (pathname) {
		case '/internal/metrics/snapshot':
			return Response.json(snapshotOf(searchParams.get('company_id') ?? ''));
		case '/internal/n8n/channel-message':
			return Response.json(platformReply((await request.json()) as ChannelMessage));
		case UNKNOWN_PATH:
			return new Response(null, { status: 404 });
		default:
			return Response.json({ status: 'ok' });
	}
}

function workflow() {
	const connections: Record<string, Record<string, unknown[][]>> = {
		Model: {
			ai_languageModel: [
				['property enrich', 'narrative write'].map((node) => ({
					node,
					type: 'ai_languageModel',
					index: 0,
				})),
			],
		},
	};
	const nodes = operationNodes();
	for (const { name, after } of nodes) {
		if (!after) continue;
		const outputs = (connections[after] ??= { main: [[]] });
		outputs.main?.[0]?.push({ node: name, type: 'main', index: 0 });
	}
	return {
		id: 'every-operation',
		name: 'Every operation',
		active: false,
		settings: { executionOrder: 'v1' },
		connections,
		nodes: nodes.map(({ name, type, typeVersion = 1, parameters = {} }, index) => ({
			id: String(index),
			name,
			type,
			typeVersion,
			parameters,
			position: [index * 200, 0],
			credentials: Object.fromEntries(CREDENTIALS.map((id) => [id, { id, name: id }])),
		})),
	};
}

function credential(id: (typeof CREDENTIALS)[number], data: Record<string, unknown>) {
	return { id, name: id, type: id, data };
}

async function importEntries(
	userFolder: string,
	command: 'import:credentials' | 'import:workflow',
	entries: unknown[],
): Promise<void> {
	const file = path.join(userFolder, 'import.json');
	await writeFile(file, JSON.stringify(entries));
	const { code, output } = await runN8n(userFolder, [command, `--input=${file}`]);
	if (code !== 0) throw new Error(output.slice(-3000));
}

/** The execution's JSON comes after n8n's own lines. */
function outputsOf(printed: string): Outputs {
	const { data } = JSON.parse(printed.slice(printed.indexOf('\n{') + 1)) as {
		data: {
			resultData: {
				runData: Record<string, Array<{ data: { main?: Array<Array<{ json: unknown }> | null> } }>>;
			};
		};
	};
	return Object.fromEntries(
		Object.entries(data.resultData.runData).map(([name, runs]) => [
			name,
			runs
				.flatMap((run) => (run.data.main ?? []).flatMap((items) => items ?? []))
				.map(({ json }) => json),
		]),
	);
}
