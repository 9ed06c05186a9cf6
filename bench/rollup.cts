import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { listen } from '../sandbox/listen.cts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.cts';
import { median } from './median.cts';
import { pointPlatformAt } from './platformCredential.cts';
import type { Measurement } from './report.cts';

const COMPANIES = 1_000;
const ANSWER_MS = 50;
/** As in the template. */
const AT_ONCE = 10;
const WITHIN = 1.3;
const TEMPLATE = path.resolve(__dirname, '..', 'workflows', 'metrics-rollup.json');
const WORKFLOW_ID = 'bench-rollup';

/**
 * What the real template takes for 1,000 companies at a platform that answers in 50 ms, from the
 * request that starts it until all are kept; against a bare client that asks and reports for as many
 * of them at once, and does nothing else.
 */
export async function benchRollup(
	isQuick: boolean,
	onProgress: (step: string) => void,
): Promise<Measurement[]> {
	const directory = await mkdtemp(path.join(tmpdir(), 'bench-rollup-'));
	const platform = await listen(answerSlowly);
	let sandbox: Sandbox | undefined;
	try {
		const file = path.join(directory, `${WORKFLOW_ID}.json`);
		await writeFile(file, JSON.stringify(await startedByWebhook()));
		sandbox = await startSandbox({
			directory,
			inMemory: true,
			moreWorkflows: [file],
			publish: [WORKFLOW_ID],
			onProgress,
		});
		await pointPlatformAt(platform.url, sandbox, directory);
		const rounds: Array<{ ours: number; bare: number }> = [];
		for (let round = 0; round < (isQuick ? 2 : 4); round++) {
			onProgress(`round ${round + 1}`);
			rounds.push({ bare: await bareClient(platform.url), ours: await rollUpAll(sandbox) });
		}
		const counted = rounds.slice(1);
		return [
			{
				name: `${COMPANIES} companies, ${AT_ONCE} at once, ${ANSWER_MS} ms an answer`,
				measured: median(counted.map(({ ours }) => ours)),
				against: 'a bare client',
				alternative: median(counted.map(({ bare }) => bare)),
				unit: 'ms',
				ratio: median(counted.map(({ ours, bare }) => ours / bare)),
				target: { atMost: WITHIN },
			},
		];
	} finally {
		await sandbox?.close();
		await platform.close();
		await rm(directory, { recursive: true, force: true });
	}
}

async function answerSlowly(request: Request): Promise<Response> {
	await wait(ANSWER_MS);
	const url = new URL(request.url);
	if (request.method !== 'GET') return Response.json({ status: 'ok' });
	return Response.json({
		company_id: url.searchParams.get('company_id'),
		properties_total: 245,
		leads_total: 1234,
		webhook_success_rate_24h: 98.5,
		narratives_stale_count: 12,
		campaign_performance: { sent: 5000, opened: 1250, clicked: 312 },
	});
}

/** Asks and reports, company by company, with so many under way at a time. */
async function bareClient(platformUrl: string): Promise<number> {
	const startedAt = performance.now();
	let next = 0;
	const worker = async () => {
		while (next < COMPANIES) {
			const company = `company-${next++}`;
			const snapshot = await fetch(
				`${platformUrl}/internal/metrics/snapshot?company_id=${company}`,
			);
			const answer = await fetch(`${platformUrl}/internal/n8n/metrics-upsert`, {
				method: 'POST',
				body: await snapshot.text(),
			});
			await answer.arrayBuffer();
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	return performance.now() - startedAt;
}

async function rollUpAll({ n8n, database }: Sandbox): Promise<number> {
	await database.pool.query('DELETE FROM property_platform.rollups');
	const startedAt = performance.now();
	const answer = await fetch(`${n8n.webhookUrl}/${WORKFLOW_ID}`, { method: 'POST' });
	const text = await answer.text();
	const tookMs = performance.now() - startedAt;
	const { rows } = await database.pool.query<{ kept: number }>(
		'SELECT count(*)::int AS kept FROM property_platform.rollups',
	);
	if (!answer.ok || rows[0]?.kept !== COMPANIES) {
		throw new Error(`${rows[0]?.kept} companies were kept; n8n answered ${answer.status}: ${text}`);
	}
	return tookMs;
}

/** The template with a list of so many companies, and a webhook that answers when all is done. */
async function startedByWebhook(): Promise<object> {
	const template = JSON.parse(await readFile(TEMPLATE, 'utf8')) as {
		nodes: Array<{ name: string; parameters: Record<string, unknown> }>;
		connections: Record<string, unknown>;
	};
	const companies = Array.from({ length: COMPANIES }, (_, index) => ({
		companyId: `company-${index}`,
	}));
	template.nodes.find(({ name }) => name === 'Companies')!.parameters.jsonOutput = JSON.stringify({
		companies,
	});
	const webhook = {
		id: WORKFLOW_ID,
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId: WORKFLOW_ID,
		position: [-400, -160],
		parameters: {
			httpMethod: 'POST',
			path: WORKFLOW_ID,
			responseMode: 'lastNode',
			options: {},
		},
	};
	const start = { main: [[{ node: 'Companies', type: 'main', index: 0 }]] };
	return {
		...template,
		id: WORKFLOW_ID,
		nodes: [...template.nodes, webhook],
		connections: { ...template.connections, Webhook: start },
	};
}
