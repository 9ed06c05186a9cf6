import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type N8nInstance, startN8n } from '../sandbox/n8n/instance.cts';
import { META_DEFAULTS } from '../sandbox/vendors/metaAccounts.cts';
import { escapedJson, signatureHeaders } from '../sandbox/vendors/metaSigning.cts';
import { installBenchPackage } from './benchPackage.cts';
import { cpuTimeAtRestMs } from './cpuTime.cts';
import { post, postRepeatedly } from './load.cts';
import { median } from './median.cts';
import type { Measurement } from './report.cts';
import { interleave, type Rounds } from './rounds.cts';

const BODY_BYTES = 700;
const AT_MOST = 1.1;

/** The workflows beside this file, and where each of them takes requests. */
const WEBHOOKS = {
	'bench-meta-trigger': 'bench-meta-trigger',
	// n8n puts the id of its webhook before the path of a trigger.
	'bench-facebook-trigger': 'bench-facebook-trigger/webhook',
	'bench-webhook': 'bench-webhook',
};
type Workflow = keyof typeof WEBHOOKS;
const WORKFLOWS = Object.keys(WEBHOOKS) as Workflow[];

interface Engine {
	label: string;
	environment: Record<string, string>;
	/** Requests to each workflow in a round. */
	requests: number;
	/** The cheaper a request, the larger the share of noise in it. */
	rounds: number;
}

const ENGINES: Engine[] = [
	{ label: 'defaults', environment: {}, requests: 30, rounds: 7 },
	{
		label: 'lazy acquire',
		environment: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
		requests: 60,
		rounds: 9,
	},
];

/** Of a request to a workflow, in milliseconds. */
interface Costs {
	cpu: Rounds<Workflow>;
	/** From the request to its 200. */
	clock: Rounds<Workflow>;
}

/**
 * What a webhook of Meta with one message costs a real n8n, taken in by our trigger, by n8n's own
 * trigger for Meta and by n8n's Webhook node, which checks nothing. The answer comes at once and the
 * workflow does nothing: what is left is the way in.
 */
export async function benchMetaIntake(
	isQuick: boolean,
	onProgress: (step: string) => void,
): Promise<Measurement[]> {
	const measurements: Measurement[] = [];
	const userFolder = await mkdtemp(path.join(tmpdir(), 'bench-meta-'));
	try {
		for (const engine of ENGINES) {
			onProgress(`n8n with ${engine.label}: starting`);
			const n8n = await startBenchedN8n(userFolder, engine.environment);
			try {
				const costs = await measure(n8n, engine, isQuick ? 3 : engine.rounds, onProgress);
				measurements.push(...compare(costs, engine));
			} finally {
				await n8n.stop();
			}
		}
	} finally {
		await rm(userFolder, { recursive: true, force: true });
	}
	return measurements;
}

async function startBenchedN8n(
	userFolder: string,
	environment: Record<string, string>,
): Promise<N8nInstance> {
	await installBenchPackage(userFolder);
	const { appId, appSecret } = META_DEFAULTS;
	return await startN8n({
		userFolder,
		// The second start finds the workflows of the first.
		keepExisting: true,
		workflows: WORKFLOWS.map((workflow) => `bench/workflows/${workflow}.json`),
		publish: WORKFLOWS,
		webhookPaths: Object.values(WEBHOOKS),
		credentials: [
			{
				id: 'bench-meta',
				name: 'Meta',
				type: 'metaMessagingApi',
				data: { appId, appSecret, verifyToken: 'bench-verify-token', pageTokens: '{}' },
			},
			{
				id: 'bench-facebook',
				name: 'Facebook app',
				type: 'facebookGraphAppApi',
				data: { accessToken: 'bench-token', appSecret },
			},
		],
		environment,
	});
}

async function measure(
	n8n: N8nInstance,
	{ label, requests }: Engine,
	rounds: number,
	onProgress: (step: string) => void,
): Promise<Costs> {
	const body = Buffer.from(webhookOf(BODY_BYTES));
	const send = async (workflow: Workflow, connections: number) =>
		await postRepeatedly(urlOf(n8n, workflow), body, signed, { times: requests, connections });
	const cpu = async (workflow: Workflow) => {
		const before = await cpuTimeAtRestMs(n8n.pid);
		await send(workflow, 5);
		return ((await cpuTimeAtRestMs(n8n.pid)) - before) / requests;
	};
	// One after the other: several at a time would wait for each other.
	const clock = async (workflow: Workflow) => median(await send(workflow, 1));

	onProgress(`n8n with ${label}: warming up`);
	for (const workflow of WORKFLOWS) await expectStarted(urlOf(n8n, workflow), body);
	for (const workflow of [...WORKFLOWS, ...WORKFLOWS]) await cpu(workflow);
	const each = (cost: (workflow: Workflow) => Promise<number>) =>
		Object.fromEntries(WORKFLOWS.map((workflow) => [workflow, () => cost(workflow)])) as Record<
			Workflow,
			() => Promise<number>
		>;
	const told = (what: string) => (round: number) =>
		onProgress(`n8n with ${label}: ${what}, round ${round + 1} of ${rounds}`);
	return {
		cpu: await interleave(each(cpu), rounds, told('CPU time')),
		clock: await interleave(each(clock), rounds, told('time to 200')),
	};
}

function compare({ cpu, clock }: Costs, { label }: Engine): Measurement[] {
	const line = (
		name: string,
		rounds: Rounds<Workflow>,
		against: string,
		alternative: Workflow,
		target?: Measurement['target'],
	): Measurement => ({
		name: `Meta Broker Trigger, ${name} (${label})`,
		measured: rounds.cost('bench-meta-trigger'),
		against,
		alternative: rounds.cost(alternative),
		unit: 'ms',
		ratio: rounds.ratio('bench-meta-trigger', alternative),
		...(target && { target }),
	});
	const facebook = ["n8n's Facebook Trigger", 'bench-facebook-trigger'] as const;
	const webhook = ["n8n's Webhook, unchecked", 'bench-webhook'] as const;
	return [
		line('to the 200', clock, ...facebook, { atMost: AT_MOST }),
		line('to the 200', clock, ...webhook),
		line('CPU', cpu, ...facebook, { atMost: AT_MOST }),
		line('CPU', cpu, ...webhook),
	];
}

/** A trigger that refuses a signature is cheap, and the Facebook Trigger answers 200 to that too. */
async function expectStarted(url: string, body: Buffer): Promise<void> {
	const { status, text } = await post(url, body, signed);
	if (status !== 200 || !/"accepted":true|Workflow was started|firstEntryJson/.test(text)) {
		throw new Error(`${url} did not start its workflow, and answered ${status}: ${text}`);
	}
}

function urlOf({ webhookUrl }: N8nInstance, workflow: Workflow): string {
	return `${webhookUrl}/${WEBHOOKS[workflow]}`;
}

function signed(body: Buffer): Record<string, string> {
	return signatureHeaders(body.toString('utf8'), META_DEFAULTS.appSecret, 'both');
}

/** One message that makes the body so long. */
function webhookOf(bytes: number): string {
	const [{ id }] = META_DEFAULTS.pages;
	const bodyWith = (text: string) => {
		const message = { mid: 'm_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789', text };
		const sender = { id: META_DEFAULTS.people[0].id };
		const event = { sender, recipient: { id }, timestamp: 1_790_000_000_000, message };
		const entry = [{ id, time: 1_790_000_000_100, messaging: [event] }];
		return escapedJson({ object: 'page', entry });
	};
	return bodyWith('x'.repeat(bytes - bodyWith('').length));
}
