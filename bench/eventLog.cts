import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { appendEventLog, type EventLogRow } from '../nodes/shared/stateStore/eventLog';
import { saveListing } from '../sandbox/platform/listings.cts';
import { DEMO_LISTINGS } from '../sandbox/platform/seed.cts';
import { type Sandbox, SECRETS, startSandbox } from '../sandbox/sandbox.cts';
import { postOnce } from './load.cts';
import { median } from './median.cts';
import type { Measurement } from './report.cts';

const AT_MOST = 1.05;
/** Claim, narrative, enrichment, record, callback and completion. */
const LEAST_ROWS = 6;
const WARM_UP = 3;

/**
 * What the event log adds to the time of an enrichment by the real template. Its rows are written by
 * the statements that run anyway; here they are written by one of their own, whose round trip an
 * enrichment does not pay, so that the cost is rather overstated.
 */
export async function benchEventLog(
	isQuick: boolean,
	onProgress: (step: string) => void,
): Promise<Measurement[]> {
	const directory = await mkdtemp(path.join(tmpdir(), 'bench-event-log-'));
	let sandbox: Sandbox | undefined;
	try {
		sandbox = await startSandbox({ directory, inMemory: true, onProgress });
		onProgress('enriching listings');
		const rounds: Array<{ flowMs: number; logMs: number }> = [];
		for (let run = 0; run < WARM_UP + (isQuick ? 8 : 30); run++) {
			rounds.push(await enrichOnce(sandbox));
		}
		const counted = rounds.slice(WARM_UP);
		return [
			{
				name: 'an enrichment with its rows of the event log',
				measured: median(counted.map(({ flowMs }) => flowMs)),
				against: 'without them',
				alternative: median(counted.map(({ flowMs, logMs }) => flowMs - logMs)),
				unit: 'ms',
				ratio: median(counted.map(({ flowMs, logMs }) => flowMs / (flowMs - logMs))),
				target: { atMost: AT_MOST },
			},
		];
	} finally {
		await sandbox?.close();
		await rm(directory, { recursive: true, force: true });
	}
}

/** Enriches a listing, and then writes the rows that this has left once more. */
async function enrichOnce({
	n8n,
	platform: { pool },
}: Sandbox): Promise<{ flowMs: number; logMs: number }> {
	const listing = { ...DEMO_LISTINGS[0]!.payload, property_id: randomUUID() };
	await saveListing(pool, listing);
	const { rows: before } = await pool.query<{ id: string }>(
		'SELECT COALESCE(max(id), 0) AS id FROM property_platform.event_log',
	);
	const flowStartedAt = performance.now();
	const { status, text } = await postOnce(
		`${n8n.webhookUrl}/enrich-property`,
		SECRETS.signing,
		Buffer.from(JSON.stringify(listing)),
	);
	const flowMs = performance.now() - flowStartedAt;
	if (status !== 200) throw new Error(`The enrichment answered ${status}: ${text}`);

	const { rows } = await pool.query<EventLogRow>(
		`SELECT correlation_id AS "correlationId", flow, step, vendor, outcome, status,
		   duration_ms AS "durationMs", attempt, detail
		 FROM property_platform.event_log WHERE id > $1 ORDER BY id`,
		[before[0]!.id],
	);
	if (rows.length < LEAST_ROWS) throw new Error(`An enrichment left only ${rows.length} rows`);
	const { query, values } = appendEventLog(rows);
	const logStartedAt = performance.now();
	await pool.query(query, values);
	return { flowMs, logMs: performance.now() - logStartedAt };
}
