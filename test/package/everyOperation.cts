import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { listen } from '../../sandbox/listen.cts';
import { freePort } from '../../sandbox/n8n/freePort.cts';
import { installPackage, PACKAGE_NAME } from '../../sandbox/n8n/installPackage.cts';
import { runN8n } from '../../sandbox/n8n/run.cts';
import { DEMO_LISTINGS } from '../../sandbox/platform/seed.cts';
import { startOpenAi } from '../../sandbox/vendors/openAi.cts';
import { startRentCast } from '../../sandbox/vendors/rentCast.cts';

/** What each node of the workflow below put out: by node, its items over all outputs. */
export type Outputs = Record<string, unknown[]>;

type Parameters = Record<string, unknown>;

const CREDENTIALS = ['signedWebhookApi', 'rentCastApi', 'openAiApi'] as const;

/** The items that the operations work on: each demo listing, as if claimed in the state store. */
const ITEMS = DEMO_LISTINGS.map(({ payload }, index) => ({
	event: payload,
	correlationId: `listing-${index}`,
	eventKey: `key-${index}`,
	leaseToken: 'token',
	outcome: 'claimed',
}));

/** Name, type, version and parameters of each node; `after` names the node that feeds it. */
const NODES: Array<{
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: Parameters;
	after?: string;
}> = [
	{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
	{
		name: 'Listings',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: JSON.stringify({ listings: ITEMS }) },
		after: 'Start',
	},
	{
		name: 'Each Listing',
		type: 'n8n-nodes-base.splitOut',
		parameters: { fieldToSplitOut: 'listings' },
		after: 'Listings',
	},
	propertyIq('enrichment', 'claim', {}, 'Each Listing'),
	propertyIq('property', 'getMarketData', {}, 'Each Listing'),
	propertyIq('property', 'enrich', { options: { sendExtraFields: true } }, 'Each Listing'),
	propertyIq('enrichment', 'report', { sendExtraFields: true }, 'property enrich'),
	propertyIq('property', 'estimateFromComparables', {}, 'Each Listing'),
	propertyIq('neighborhood', 'analyze', {}, 'property estimateFromComparables'),
	propertyIq('narrative', 'write', {}, 'neighborhood analyze'),
	propertyIq('enrichment', 'validate', {}, 'narrative write'),
	signedWebhook('signRequest', { bodyField: 'event' }, 'Each Listing'),
	{
		name: 'As Received',
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		parameters: { operation: 'toText', sourceProperty: 'signed.body' },
		after: 'signRequest',
	},
	{
		name: 'Its Headers',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			// The last request has no signature: it is refused.
			jsonOutput: `={{ { headers: $itemIndex === ${ITEMS.length - 1} ? {} : {
				'x-signature': $('signRequest').item.json.signed.headers['X-Signature'],
				'x-timestamp': $('signRequest').item.json.signed.headers['X-Timestamp'],
			} } }}`,
			includeOtherFields: true,
			options: { stripBinary: false },
		},
		after: 'As Received',
	},
	signedWebhook('verifyRequest', { contract: 'enrich-property' }, 'Its Headers'),
	{
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.2,
		parameters: { model: { __rl: true, mode: 'id', value: 'gpt-4.1-mini' } },
	},
];

/** Runs every operation in one `n8n execute` of the packed package, against stand-ins. */
export async function runEveryOperation(userFolder: string): Promise<Outputs> {
	const rentCast = await startRentCast({ apiKey: 'key' });
	const openAi = await startOpenAi({ apiKey: 'key' });
	const platform = await listen(() => Response.json({ status: 'ok' }));
	try {
		await installPackage(userFolder);
		await importEntries(userFolder, 'import:credentials', [
			credential('signedWebhookApi', { baseUrl: platform.url, signingSecret: 'secret' }),
			credential('rentCastApi', { baseUrl: `${rentCast.url}/v1`, apiKey: 'key' }),
			credential('openAiApi', { url: `${openAi.url}/v1`, apiKey: 'key' }),
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
		await Promise.all([rentCast.close(), openAi.close(), platform.close()]);
	}
}

function propertyIq(resource: string, operation: string, parameters: Parameters, after: string) {
	return {
		name: `${resource} ${operation}`,
		type: `${PACKAGE_NAME}.propertyIq`,
		parameters: { resource, operation, ...parameters },
		after,
	};
}

function signedWebhook(operation: string, parameters: Parameters, after: string) {
	return {
		name: operation,
		type: `${PACKAGE_NAME}.signedWebhook`,
		parameters: { operation, ...parameters },
		after,
	};
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
	for (const { name, after } of NODES) {
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
		nodes: NODES.map(({ name, type, typeVersion = 1, parameters = {} }, index) => ({
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
