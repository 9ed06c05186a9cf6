import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { EnrichProperty } from '../nodes/shared/contracts/enrichProperty';
import { type N8nInstance, startN8n } from '../sandbox/n8n/instance.cts';
import { installBenchPackage } from './benchPackage.cts';
import { cpuTimeAtRestMs } from './cpuTime.cts';
import { postSigned, SIGNING_SECRET } from './load.cts';
import type { Measurement } from './report.cts';
import { interleave, type Rounds } from './rounds.cts';

const BODY_BYTES = 1000;

/** The workflows beside this file; each takes `POST /webhook/<its id>`. */
const WORKFLOWS = [
	'bench-trigger',
	'bench-trigger-unchecked',
	'bench-webhook',
	'bench-credential',
	'bench-verify',
	'bench-hand-wired',
] as const;
type Workflow = (typeof WORKFLOWS)[number];

interface Engine {
	label: string;
	environment: Record<string, string>;
	/** How many times cheaper than what a user would wire today. */
	timesCheaper: number;
	/** Requests to each workflow in a round: enough CPU time to be read from ticks of 10 ms. */
	requests: number;
	/** The cheaper a request, the larger the share of noise in it. */
	rounds: number;
}

const ENGINES: Engine[] = [
	{ label: 'defaults', environment: {}, timesCheaper: 1.2, requests: 30, rounds: 5 },
	{
		label: 'lazy acquire',
		environment: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
		timesCheaper: 5,
		requests: 60,
		rounds: 7,
	},
];

/** CPU time of a real n8n for one signed request, our ways of taking it in against n8n's own. */
export async function benchIntake(
	isQuick: boolean,
	onProgress: (step: string) => void,
): Promise<Measurement[]> {
	const measurements: Measurement[] = [];
	const userFolder = await mkdtemp(path.join(tmpdir(), 'bench-n8n-'));
	try {
		for (const engine of ENGINES) {
			onProgress(`n8n with ${engine.label}: starting`);
			const n8n = await startBenchedN8n(userFolder, engine.environment);
			try {
				const rounds = await measure(n8n, engine, isQuick ? 3 : engine.rounds, onProgress);
				measurements.push(...compare(rounds, engine));
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
	return await startN8n({
		userFolder,
		// The second start finds the workflows of the first.
		keepExisting: true,
		workflows: ['bench/workflows'],
		publish: [...WORKFLOWS],
		webhookPaths: [...WORKFLOWS],
		credentials: [
			{
				id: 'bench-platform',
				name: 'Property platform',
				type: 'signedWebhookApi',
				data: {
					baseUrl: 'http://127.0.0.1:9',
					signingSecret: SIGNING_SECRET,
					previousSigningSecret: '',
					toleranceSeconds: 300,
				},
			},
		],
		environment: { NODE_FUNCTION_ALLOW_BUILTIN: 'crypto', ...environment },
	});
}

async function measure(
	n8n: N8nInstance,
	{ label, requests }: Engine,
	rounds: number,
	onProgress: (step: string) => void,
): Promise<Rounds<Workflow>> {
	const body = listingOf(BODY_BYTES);
	const cost = async (workflow: Workflow) => {
		const before = await cpuTimeAtRestMs(n8n.pid);
		await postSigned(`${n8n.webhookUrl}/${workflow}`, body, requests);
		return ((await cpuTimeAtRestMs(n8n.pid)) - before) / requests;
	};
	onProgress(`n8n with ${label}: warming up`);
	for (const workflow of [...WORKFLOWS, ...WORKFLOWS]) await cost(workflow);
	const subjects = Object.fromEntries(
		WORKFLOWS.map((workflow) => [workflow, () => cost(workflow)]),
	) as Record<Workflow, () => Promise<number>>;
	return await interleave(subjects, rounds, (round) =>
		onProgress(`n8n with ${label}: round ${round + 1} of ${rounds}`),
	);
}

function compare(rounds: Rounds<Workflow>, { label, timesCheaper }: Engine): Measurement[] {
	const line = (
		name: string,
		workflow: Workflow,
		against: string,
		alternative: Workflow,
		target?: Measurement['target'],
	): Measurement => ({
		name: `${name} (${label})`,
		measured: rounds.cost(workflow),
		against,
		alternative: rounds.cost(alternative),
		unit: 'ms',
		ratio: rounds.ratio(workflow, alternative),
		...(target && { target }),
	});
	return [
		line('Property IQ Trigger', 'bench-trigger', 'without its check', 'bench-trigger-unchecked', {
			atMost: 1.05,
		}),
		line('Verify Request', 'bench-verify', 'bare Webhook', 'bench-webhook', { atMost: 1.1 }),
		line(
			'Verify Request',
			'bench-verify',
			'step that only reads the credential',
			'bench-credential',
		),
		line('Verify Request', 'bench-verify', 'Webhook, Code, If, Respond', 'bench-hand-wired', {
			timesCheaper,
		}),
		// The floor: whatever stands behind a Webhook node cannot be cheaper than the node alone.
		line('bare Webhook', 'bench-webhook', 'Webhook, Code, If, Respond', 'bench-hand-wired'),
		line('Property IQ Trigger', 'bench-trigger', 'Webhook, Code, If, Respond', 'bench-hand-wired'),
	];
}

function listingOf(bytes: number): Buffer {
	const listing: EnrichProperty = {
		property_id: '8d4d3f0a-6d0e-4b57-8a2e-3b6c1d2e4f01',
		company_id: '5f0c9f6e-2f0b-4c39-9a55-0d6f7f3a1c01',
		address: '123 Main St',
		city: 'Manila',
		price_amount: 5_000_000,
		beds: 3,
		baths: 2,
		description: '',
	};
	const padding = bytes - Buffer.byteLength(JSON.stringify(listing));
	return Buffer.from(JSON.stringify({ ...listing, description: 'x'.repeat(padding) }));
}
