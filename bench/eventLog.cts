import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { claimEvent } from '../nodes/shared/stateStore/claim';
import { completeEvent } from '../nodes/shared/stateStore/complete';
import { recordResult } from '../nodes/shared/stateStore/record';
import type { Statement } from '../nodes/shared/stateStore/statement';
import { saveListing } from '../sandbox/platform/listings.cts';
import { DEMO_LISTINGS } from '../sandbox/platform/seed.cts';
import { type Sandbox, SECRETS, startSandbox } from '../sandbox/sandbox.cts';
import { postOnce } from './load.cts';
import { median } from './median.cts';
import type { Measurement } from './report.cts';

const AT_MOST = 1.05;
const FLOW = 'property-enrichment';

/**
 * What the event log adds to the time of an enrichment by the real template. Its rows are written by
 * the statements that run anyway; so these are timed with a log that writes and with one that drops
 * its rows, in turn, and the difference is held against the time of a whole enrichment.
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
		const flows: number[] = [];
		for (let run = 0; run < (isQuick ? 8 : 20); run++) flows.push(await enrichOnce(sandbox));
		const flowMs = median(flows.slice(3));

		onProgress('timing the statements with and without their rows');
		const costs: number[] = [];
		for (let round = 0; round < (isQuick ? 60 : 200); round++) {
			await dropRows(sandbox, true);
			const without = await statementsOnce(sandbox);
			await dropRows(sandbox, false);
			costs.push((await statementsOnce(sandbox)) - without);
		}
		const logMs = Math.max(0, median(costs));
		return [
			{
				name: 'an enrichment with its rows of the event log',
				measured: flowMs,
				against: 'without them',
				alternative: flowMs - logMs,
				unit: 'ms',
				ratio: flowMs / (flowMs - logMs),
				target: { atMost: AT_MOST },
			},
		];
	} finally {
		await sandbox?.close();
		await rm(directory, { recursive: true, force: true });
	}
}

async function enrichOnce({ n8n, platform }: Sandbox): Promise<number> {
	const listing = { ...DEMO_LISTINGS[0]!.payload, property_id: randomUUID() };
	await saveListing(platform.pool, listing);
	const startedAt = performance.now();
	const { status, text } = await postOnce(
		`${n8n.webhookUrl}/enrich-property`,
		SECRETS.signing,
		Buffer.from(JSON.stringify(listing)),
	);
	if (status !== 200) throw new Error(`The enrichment answered ${status}: ${text}`);
	return performance.now() - startedAt;
}

/** The statements of an enrichment, with as many rows for the log as the template gives them. */
async function statementsOnce({ database }: Sandbox): Promise<number> {
	const [eventKey, leaseToken, correlationId] = [randomUUID(), randomUUID(), randomUUID()];
	const row = { correlationId, flow: FLOW, step: 'bench', outcome: 'ok', durationMs: 12.5 };
	const statements: Statement[] = [
		claimEvent({
			eventKey,
			flow: FLOW,
			correlationId,
			leaseToken,
			leaseSeconds: 120,
			repeatWindowSeconds: 60,
			event: {},
			answerScopes: [],
		}),
		recordResult({ eventKey, leaseToken, result: {}, answers: [], log: [row, row, row, row] }),
		completeEvent({ eventKey, log: [row] }),
	];
	const startedAt = performance.now();
	for (const { query, values } of statements) await database.pool.query(query, values);
	return performance.now() - startedAt;
}

/** Has the table drop what is written into it, or not. */
async function dropRows({ database }: Sandbox, isDropping: boolean): Promise<void> {
	await database.pool.query(`
		CREATE OR REPLACE FUNCTION property_platform.drop_row() RETURNS trigger
			LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
		DROP TRIGGER IF EXISTS drop_rows ON property_platform.event_log`);
	if (!isDropping) return;
	await database.pool.query(`CREATE TRIGGER drop_rows BEFORE INSERT ON property_platform.event_log
		FOR EACH ROW EXECUTE FUNCTION property_platform.drop_row()`);
}
