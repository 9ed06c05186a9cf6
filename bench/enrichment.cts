import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { saveListing } from '../sandbox/platform/listings.cts';
import { DEMO_LISTINGS } from '../sandbox/platform/seed.cts';
import { type Sandbox, SECRETS, startSandbox } from '../sandbox/sandbox.cts';
import { postOnce } from './load.cts';
import { median } from './median.cts';
import { pointPlatformAt } from './platformCredential.cts';
import type { Measurement } from './report.cts';
import { type SlowPlatform, startSlowPlatform } from './slowPlatform.cts';

const LOOK_UP_MS = 200;
const BELOW_MS = 1000;
const WARM_UP = 3;

interface Sample {
	/** From the signed request to its answer. */
	tookMs: number;
	/** The same run, had each look-up waited for the one before. */
	inTurnMs: number;
	lookUps: number;
}

/**
 * How long the platform waits for an enrichment by the real template: value and market from
 * RentCast, the narrative from a model, and the callback, each answering after 200 ms.
 */
export async function benchEnrichment(
	isQuick: boolean,
	onProgress: (step: string) => void,
): Promise<Measurement[]> {
	const directory = await mkdtemp(path.join(tmpdir(), 'bench-sandbox-'));
	let sandbox: Sandbox | undefined;
	let platform: SlowPlatform | undefined;
	try {
		sandbox = await startSandbox({ directory, inMemory: true, onProgress });
		platform = await startSlowPlatform(sandbox.platform.url, LOOK_UP_MS);
		await pointPlatformAt(platform.url, sandbox, directory);
		sandbox.rentCast.delayMs = LOOK_UP_MS;
		sandbox.openAi.delayMs = LOOK_UP_MS;

		onProgress('enriching a listing that nobody has looked up yet, again and again');
		const samples: Sample[] = [];
		for (let run = 0; run < WARM_UP + (isQuick ? 5 : 15); run++) {
			samples.push(await enrichOnce(sandbox, platform));
		}
		const counted = samples.slice(WARM_UP);
		return [
			{
				name: `enrichment, ${counted[0]!.lookUps} look-ups of ${LOOK_UP_MS} ms`,
				measured: median(counted.map(({ tookMs }) => tookMs)),
				against: 'one after the other',
				alternative: median(counted.map(({ inTurnMs }) => inTurnMs)),
				unit: 'ms',
				ratio: median(counted.map(({ tookMs, inTurnMs }) => tookMs / inTurnMs)),
				target: { below: BELOW_MS },
			},
		];
	} finally {
		await sandbox?.close();
		await platform?.close();
		await rm(directory, { recursive: true, force: true });
	}
}

async function enrichOnce(sandbox: Sandbox, platform: SlowPlatform): Promise<Sample> {
	const { rentCast, openAi, n8n } = sandbox;
	await forgetPaidAnswers(sandbox);
	rentCast.requests.length = 0;
	openAi.requests.length = 0;
	platform.arrivals.length = 0;
	const listing = { ...inUnitedStates().payload, property_id: randomUUID() };
	await saveListing(sandbox.platform.pool, listing);

	const startedAt = performance.now();
	const { status, text } = await postOnce(
		`${n8n.webhookUrl}/enrich-property`,
		SECRETS.signing,
		Buffer.from(JSON.stringify(listing)),
	);
	const tookMs = performance.now() - startedAt;
	if (status !== 200) throw new Error(`The enrichment answered ${status}: ${text}`);

	const seen = [...rentCast.requests, ...openAi.requests].map(({ at }) => Date.parse(at));
	const starts = [...seen, ...platform.arrivals];
	const expected = { rentCast: 2, openAi: 1, callbacks: 1 };
	const found = {
		rentCast: rentCast.requests.length,
		openAi: openAi.requests.length,
		callbacks: platform.arrivals.length,
	};
	if (JSON.stringify(found) !== JSON.stringify(expected)) {
		throw new Error(`Not the look-ups that were to be measured: ${JSON.stringify(found)}`);
	}
	return { tookMs, inTurnMs: tookMs + savedBySideBySide(starts), lookUps: starts.length };
}

/** The time, in milliseconds, in which more than one look-up was under way, per further look-up. */
function savedBySideBySide(starts: number[]): number {
	const sorted = starts.toSorted((left, right) => left - right);
	return sorted.reduce((saved, start, index) => {
		const previousEnd = index === 0 ? start : sorted[index - 1]! + LOOK_UP_MS;
		return saved + Math.max(0, previousEnd - start);
	}, 0);
}

/** A paid answer is kept for days, and would answer the next run. */
async function forgetPaidAnswers({ database }: Sandbox): Promise<void> {
	await database.pool.query('DELETE FROM property_platform.vendor_answers');
}

function inUnitedStates() {
	const found = DEMO_LISTINGS.find(({ payload }) => payload.country === 'US' && payload.zip_code);
	if (!found) throw new Error('No demo listing with a ZIP code');
	return found;
}
