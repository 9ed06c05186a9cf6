import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Sandbox, startSandbox } from '../sandbox/sandbox.cts';
import type { MetaDelivery } from '../sandbox/vendors/meta.cts';
import { cpuTimeMs } from './cpuTime.cts';
import type { Measurement } from './report.cts';
import { untilAnswered, untilKept, untilTaken, type Wave, write } from './waves.cts';

/** How long Meta waits for an answer to a webhook. */
const PATIENCE_MS = 5000;
const IN_REQUEST = 5;
const LARGEST_BATCH = 1000;

/**
 * The real workflow in the sandbox: how soon Meta has its 200 while hundreds of executions are at
 * work, how fast people are answered, and whether the largest batch that Meta sends is taken.
 * Quick: 40 requests of 5 messages; else 200.
 */
export async function benchBroker(
	isQuick: boolean,
	onProgress: (step: string) => void,
): Promise<Measurement[]> {
	const directory = await mkdtemp(path.join(tmpdir(), 'bench-broker-'));
	onProgress('starting the sandbox');
	const sandbox = await startSandbox({
		directory,
		inMemory: true,
		// A late answer is to be measured, and not to be given up.
		meta: { patienceMs: 60_000 },
	});
	try {
		// The trigger does so too, in its own time.
		sandbox.meta.subscribe(`${sandbox.n8n.webhookUrl}/meta-broker`);
		await answerAll(sandbox, 'warmUp', 1);
		const count = (isQuick ? 40 : 200) * IN_REQUEST;
		onProgress(`answering ${count} messages, ${IN_REQUEST} in a request`);
		const rush = await answerAll(sandbox, 'rush', count);
		onProgress(`${LARGEST_BATCH} messages in one request`);
		const batch = await keepLargestBatch(sandbox);
		return [...timesTo200(rush.deliveries), ...costs(rush, count), batch];
	} finally {
		await sandbox.close();
		await rm(directory, { recursive: true, force: true });
	}
}

interface Rush {
	/** Everything that Meta sent meanwhile, the echoes of the answers too. */
	deliveries: MetaDelivery[];
	tookMs: number;
	n8nCpuMs: number;
	/** Of n8n, the platform, the database and the stand-in together. */
	allCpuMs: number;
}

/** Has people write so many messages, and waits until the last of them is answered. */
async function answerAll(sandbox: Sandbox, wave: Wave, count: number): Promise<Rush> {
	const { meta, n8n } = sandbox;
	const known = meta.deliveries.length;
	const n8nBefore = await cpuTimeMs(n8n.pid);
	const allBefore = await cpuTimeMs(process.pid);
	const startedAt = performance.now();
	write(sandbox, wave, count, IN_REQUEST);
	await untilAnswered(sandbox, wave, count);
	const tookMs = performance.now() - startedAt;
	await meta.settled();
	return {
		deliveries: meta.deliveries.slice(known),
		tookMs,
		n8nCpuMs: (await cpuTimeMs(n8n.pid)) - n8nBefore,
		allCpuMs: (await cpuTimeMs(process.pid)) - allBefore,
	};
}

/** As many events as Meta puts into a request, up to the moment in which all are in the inbox. */
async function keepLargestBatch(sandbox: Sandbox): Promise<Measurement> {
	const startedAt = performance.now();
	write(sandbox, 'largestBatch', LARGEST_BATCH, LARGEST_BATCH);
	const { durationMs, status } = await untilTaken(sandbox, LARGEST_BATCH);
	await untilKept(sandbox, 'largestBatch', LARGEST_BATCH);
	const keptMs = performance.now() - startedAt;
	if (status !== 200) throw new Error(`${LARGEST_BATCH} events were answered with ${status}`);
	return {
		name: `${LARGEST_BATCH} messages in one request, to the 200`,
		measured: durationMs,
		against: 'until all are in the inbox',
		alternative: keptMs,
		unit: 'ms',
		ratio: durationMs / keptMs,
		target: { below: PATIENCE_MS },
	};
}

function timesTo200(deliveries: MetaDelivery[]): Measurement[] {
	const refused = deliveries.filter(({ status }) => status !== 200);
	if (refused.length > 0) throw new Error(`A webhook was answered with ${refused[0]!.status}`);
	const ofMessages = deliveries.filter(({ events }) => events === IN_REQUEST).map(durationOf);
	const ofAll = deliveries.map(durationOf);
	const line = (name: string, measured: number, target?: Measurement['target']): Measurement => ({
		name,
		measured,
		against: 'Meta waits',
		alternative: PATIENCE_MS,
		unit: 'ms',
		ratio: measured / PATIENCE_MS,
		...(target && { target }),
	});
	const busy = `to the 200 of ${ofMessages.length} requests while executions run`;
	return [
		line(`${busy}, half of them`, quantile(ofMessages, 0.5)),
		line(`${busy}, 95 %`, quantile(ofMessages, 0.95)),
		line(`${busy}, the slowest`, quantile(ofMessages, 1), { below: PATIENCE_MS }),
		line(`the slowest of ${ofAll.length} with the echoes`, quantile(ofAll, 1), {
			below: PATIENCE_MS,
		}),
	];
}

function durationOf({ durationMs }: MetaDelivery): number {
	return durationMs;
}

/** The least value that so large a share of the values does not exceed. */
function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((left, right) => left - right);
	return sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
}

function costs({ tookMs, n8nCpuMs, allCpuMs }: Rush, count: number): Measurement[] {
	const perSecond = ((count * 1000) / tookMs).toFixed(1);
	const cpu = { against: 'CPU of n8n', alternative: n8nCpuMs / count, unit: 'ms' } as const;
	return [
		{
			...cpu,
			name: `a message answered, ${perSecond} a second`,
			measured: tookMs / count,
			ratio: tookMs / n8nCpuMs,
		},
		{
			...cpu,
			name: 'CPU of it and its echoes, with platform, database and Meta',
			measured: allCpuMs / count,
			ratio: allCpuMs / n8nCpuMs,
		},
	];
}
