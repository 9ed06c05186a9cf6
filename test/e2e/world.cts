import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.cts';
import { until } from '../integration/platform/until.cts';
import { edited, type Editor, logIn } from './editor.cts';
import { type Recorder, startRecorder } from './recorder.cts';

/** The outbox's 1, 5 and 15 minutes take 1, 5 and 15 seconds. */
const SPEED = 60;

/** Resend takes more requests than from a new account, and the fate of a mail shows at once. */
const RESEND = { perSecond: 20, fateAfterMs: 50, speed: SPEED };

/** One real n8n for all topics: starting it takes longer than most of them. */
export interface World extends Sandbox {
	editor: Editor;
	/** A server of nobody's, which notes the bytes that n8n sends. */
	recorder: Recorder;
}

let running: World | undefined;
let directory: string | undefined;

export function world(): World {
	if (!running) throw new Error('The sandbox is not running');
	return running;
}

export interface WorldOptions extends Partial<SandboxOptions> {
	/** Parameters that differ from the templates', by the file and the name of the node. */
	edits?: Record<string, Record<string, object>>;
}

/** The options go before those that most topics want. */
export async function startWorld({ edits = {}, ...options }: WorldOptions = {}): Promise<void> {
	directory = await mkdtemp(path.join(tmpdir(), 'property-platform-e2e-'));
	const folder = path.join(directory, 'workflows');
	const moreWorkflows: string[] = [];
	for (const [name, changes] of Object.entries(edits)) {
		moreWorkflows.push(await edited(folder, name, changes));
	}
	const sandbox = await startSandbox({
		directory,
		speed: SPEED,
		// What runs by itself each minute would run each second, beside every test.
		scheduleSpeed: 1,
		inMemory: true,
		resend: RESEND,
		moreWorkflows,
		...options,
	});
	const recorder = await startRecorder();
	running = { ...sandbox, recorder, editor: await logIn(sandbox.n8n.url) };
	await webhookAnswers('enrich-property');
	await webhookAnswers('lead-created');
	await webhookAnswers('campaign-dispatch');
}

export async function endWorld(): Promise<void> {
	await running?.recorder.close();
	await running?.close();
	if (directory) await rm(directory, { recursive: true, force: true });
}

/** Everything healthy and nothing remembered; the data stays, the mails and the conversations. */
export function heal(): void {
	const { platform, rentCast, openAi, crms, resend, meta, recorder } = world();
	platform.misbehave(undefined);
	platform.skewClock(0);
	for (const each of [rentCast, openAi, recorder, ...Object.values(crms)]) each.reset();
	// They keep mails and conversations, and the webhooks that n8n has registered.
	resend.heal();
	meta.heal();
	platform.comeBack();
	platform.resume();
}

/** Publishing is done in the background: for a moment n8n does not know its own webhook. */
export async function webhookAnswers(webhookPath: string, method = 'POST'): Promise<void> {
	await until(async () => {
		const response = await fetch(`${world().n8n.webhookUrl}/${webhookPath}`, { method });
		await response.arrayBuffer();
		return response.status !== 404;
	}, 30_000);
}
