import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { type N8nInstance, startN8n } from '../sandbox/n8n/instance.cts';
import { bundleReadyScorer, installBenchPackage } from './benchPackage.cts';
import { median } from './median.cts';
import type { Measurement } from './report.cts';
import { interleave, type Rounds } from './rounds.cts';
import {
	scoringWorkflow,
	type Subject,
	SUBJECT_NAMES,
	webhookPath,
	WORKFLOW_ID,
} from './scoringWorkflow.cts';
import type { Lap } from './stopwatch.cts';

const BELOW_US = 20;
/** The quicker a step, the larger the share of noise in it: If and Edit Fields take seconds. */
const LAPS = 7;
const SCORING: Subject[] = ['score-lead', 'code-for-all', 'code-for-each'];

/**
 * What Score Lead takes for one of 10,000 items in a real n8n, against Code nodes that call the same
 * scoring and against steps that do less. Time on the clock and not on the CPU, because a Code node
 * works in another process and keeps n8n waiting.
 */
export async function benchScoringInN8n(
	isQuick: boolean,
	onProgress: (step: string) => void,
): Promise<Measurement[]> {
	const userFolder = await mkdtemp(path.join(tmpdir(), 'bench-scoring-'));
	let n8n: N8nInstance | undefined;
	try {
		onProgress('starting n8n');
		n8n = await startBenchedN8n(userFolder);
		return compare(await measure(n8n, isQuick ? 1 : 3, onProgress));
	} finally {
		await n8n?.stop();
		await rm(userFolder, { recursive: true, force: true });
	}
}

async function startBenchedN8n(userFolder: string): Promise<N8nInstance> {
	await installBenchPackage(userFolder);
	const modules = path.join(userFolder, 'modules');
	await bundleReadyScorer(path.join(modules, 'bench-scoring.js'));
	const workflow = path.join(userFolder, `${WORKFLOW_ID}.json`);
	await writeFile(workflow, JSON.stringify(scoringWorkflow()));
	return await startN8n({
		userFolder,
		workflows: [workflow],
		publish: [WORKFLOW_ID],
		webhookPaths: SUBJECT_NAMES.map(webhookPath),
		credentials: [],
		environment: {
			NODE_PATH: modules,
			NODE_FUNCTION_ALLOW_EXTERNAL: 'bench-scoring',
			// Code nodes otherwise freeze Error.prototype, and libphonenumber-js then throws at a number
			// with letters. Score Lead runs in n8n itself, and is not concerned.
			N8N_RUNNERS_INSECURE_MODE: 'true',
		},
	});
}

async function measure(
	n8n: N8nInstance,
	rounds: number,
	onProgress: (step: string) => void,
): Promise<Rounds<Subject>> {
	const lap = async (subject: Subject): Promise<Lap> => {
		const answer = await fetch(`${n8n.webhookUrl}/${webhookPath(subject)}`, { method: 'POST' });
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${subject} answered ${answer.status}: ${text}`);
		return JSON.parse(text) as Lap;
	};
	const cost = async (subject: Subject): Promise<number> => {
		const laps: number[] = [];
		const count = subject === 'score-lead' ? LAPS : 1;
		while (laps.length < count) laps.push((await lap(subject)).microsecondsPerItem);
		return median(laps);
	};
	onProgress('warming up');
	await expectSameScores(lap);
	await cost('score-lead');
	const subjects = Object.fromEntries(
		SUBJECT_NAMES.map((subject) => [subject, () => cost(subject)]),
	) as Record<Subject, () => Promise<number>>;
	return await interleave(subjects, rounds, (round) =>
		onProgress(`round ${round + 1} of ${rounds}`),
	);
}

/** Otherwise it would not be the same work that is compared. */
async function expectSameScores(lap: (subject: Subject) => Promise<Lap>): Promise<void> {
	const scorings: unknown[][] = [];
	for (const subject of SCORING) scorings.push((await lap(subject)).scorings);
	const [ours, ...others] = scorings;
	const isScored = ours?.length && ours.every((scoring) => scoring !== undefined);
	if (!isScored || !others.every((theirs) => isDeepStrictEqual(theirs, ours))) {
		throw new Error('Score Lead and the Code nodes do not score alike');
	}
}

function compare(rounds: Rounds<Subject>): Measurement[] {
	const line = (
		against: string,
		alternative: Subject,
		target?: Measurement['target'],
	): Measurement => ({
		name: 'Score Lead, an item of 10,000',
		measured: rounds.cost('score-lead'),
		against,
		alternative: rounds.cost(alternative),
		unit: 'µs',
		ratio: rounds.ratio('score-lead', alternative),
		...(target && { target }),
	});
	return [
		line('Code, once for all items', 'code-for-all', { below: BELOW_US }),
		line('Code, once for each item', 'code-for-each'),
		line('If with one condition', 'if'),
		line('Edit Fields with one expression', 'edit-fields'),
		// What n8n charges for passing items through any step.
		line('No Operation', 'no-operation'),
	];
}
