import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { accelerate } from './accelerate.cts';
import { apiCredential, makeApiKey } from './apiKey.cts';
import { freePort } from './freePort.cts';
import { installPackage } from './installPackage.cts';
import { type CommandResult, runN8n, spawnN8n } from './run.cts';
import { openSession, OWNER } from './session.cts';

const ROOT = path.resolve(__dirname, '..', '..');
const READY_WITHIN_MS = 120_000;
const REGISTERED_WITHIN_MS = 60_000;

export interface N8nCredential {
	id: string;
	name: string;
	type: string;
	data: Record<string, unknown>;
}

export interface N8nOptions {
	/** Folder that holds the whole instance. */
	userFolder: string;
	/** Folders or files with workflow templates. */
	workflows: string[];
	/** What their waits in minutes are divided by, 1 by default; and their schedules in minutes. */
	speed?: number;
	scheduleSpeed?: number;
	/** Beside "n8n API", which holds a key of the instance's own. */
	credentials: N8nCredential[];
	/** Ids of the workflows to publish. */
	publish: string[];
	/** Webhook paths that have to answer before the instance counts as started. */
	webhookPaths?: string[];
	port?: number;
	/** More settings, such as an expression engine. */
	environment?: Record<string, string>;
	/** Runs after the import and before the start. */
	before?(command: N8nInstance['command']): Promise<void>;
	/** Keeps workflows that a person changed in the editor; the tests want them new. */
	keepExisting?: boolean;
	onProgress?(step: string): void;
}

export interface N8nInstance {
	url: string;
	webhookUrl: string;
	pid: number;
	userFolder: string;
	logFile: string;
	/** Runs an n8n command beside the running instance, such as `execute`. */
	command(args: string[], environment?: Record<string, string>): Promise<CommandResult>;
	/** Ends it; `SIGKILL` as a crash would. */
	stop(signal?: NodeJS.Signals): Promise<void>;
	/** Starts it again after `stop`, with the same folder and port. */
	start(): Promise<void>;
}

/** Installs the packed package into an n8n, imports and publishes the workflows, and starts it. */
export async function startN8n(options: N8nOptions): Promise<N8nInstance> {
	const { userFolder, onProgress = () => {} } = options;
	const port = options.port ?? (await freePort());
	const brokerPort = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const logFile = path.join(userFolder, 'n8n.log');
	const environment = {
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_WEBHOOK_URL: `${url}/`,
		N8N_EDITOR_BASE_URL: `${url}/`,
		...(await ownerEnvironment()),
		...options.environment,
	};
	let child: ChildProcess | undefined;
	const unpublished: string[] = [];

	const instance: N8nInstance = {
		url,
		webhookUrl: `${url}/webhook`,
		userFolder,
		logFile,
		get pid() {
			return child?.pid ?? 0;
		},
		// Another broker port: the one in use belongs to the running instance.
		command: async (args, more) =>
			await runN8n(userFolder, args, {
				N8N_EXPRESSION_ENGINE: 'legacy',
				N8N_RUNNERS_BROKER_PORT: String(await freePort()),
				...more,
			}),
		async start() {
			child = await spawnN8n(userFolder, environment, logFile);
			await untilReady(url, child, logFile);
			await makeApiKey(userFolder, url);
			await publishWorkflows(url, unpublished.splice(0));
			for (const each of options.webhookPaths ?? [])
				await untilRegistered(`${url}/webhook/${each}`);
		},
		async stop(signal = 'SIGTERM') {
			if (!child || child.exitCode !== null || child.signalCode !== null) return;
			const ended = once(child, 'exit');
			child.kill(signal);
			await ended;
		},
	};

	await mkdir(userFolder, { recursive: true });
	onProgress('installing the packed package into n8n');
	await installPackage(userFolder);
	onProgress('importing credentials and workflows');
	const imported = await importAll(options, await apiCredential(userFolder, url));
	unpublished.push(...options.publish.filter((id) => imported.fresh.includes(id)));
	await options.before?.(instance.command);
	onProgress('starting n8n');
	await instance.start().catch(async (error: unknown) => {
		await instance.stop('SIGKILL');
		throw error;
	});
	await writeFile(path.join(userFolder, IMPORTED), JSON.stringify(imported.known));
	return instance;
}

/** The workflows as they were last imported and published, by their ids. */
const IMPORTED = 'imported.json';

/** Publishes by the running instance: its command takes as long for one as this does for all. */
async function publishWorkflows(url: string, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	const call = await openSession(url);
	for (const id of ids) {
		const { versionId } = await call<{ versionId: string }>('GET', `/workflows/${id}`);
		await call('POST', `/workflows/${id}/activate`, { versionId });
	}
}

/** Imports what is new or changed; says which, and what is known by then. */
async function importAll(
	options: N8nOptions,
	ownApi: N8nCredential,
): Promise<{ fresh: string[]; known: Record<string, string> }> {
	const { userFolder, speed = 1, scheduleSpeed = speed } = options;
	const staging = path.join(userFolder, 'import');
	await rm(staging, { recursive: true, force: true });
	await mkdir(path.join(staging, 'workflows'), { recursive: true });

	const credentialsFile = path.join(staging, 'credentials.json');
	await writeFile(credentialsFile, JSON.stringify([...options.credentials, ownApi]));
	await expectSuccess(userFolder, ['import:credentials', `--input=${credentialsFile}`]);

	const before = options.keepExisting
		? await readJson<Record<string, string>>(path.join(userFolder, IMPORTED))
		: undefined;
	const known: Record<string, string> = { ...before };
	const fresh: string[] = [];
	for (const file of await workflowFiles(options.workflows)) {
		const content = accelerate(await readFile(file, 'utf8'), speed, scheduleSpeed);
		const { id } = JSON.parse(content) as { id: string };
		if (known[id] === content) continue;
		known[id] = content;
		fresh.push(id);
		await writeFile(path.join(staging, 'workflows', path.basename(file)), content);
	}
	if (fresh.length > 0) {
		await expectSuccess(userFolder, [
			'import:workflow',
			'--separate',
			`--input=${path.join(staging, 'workflows')}`,
		]);
	}
	// The staging folder holds secrets in plain text; n8n has them encrypted by now.
	await rm(staging, { recursive: true, force: true });
	return { fresh, known };
}

async function workflowFiles(sources: string[]): Promise<string[]> {
	const files: string[] = [];
	for (const source of sources) {
		const absolute = path.resolve(ROOT, source);
		if (absolute.endsWith('.json')) files.push(absolute);
		else {
			const names = (await readdir(absolute)).filter((name) => name.endsWith('.json'));
			files.push(...names.map((name) => path.join(absolute, name)));
		}
	}
	return files;
}

async function expectSuccess(userFolder: string, args: string[]): Promise<void> {
	const { code, output } = await runN8n(userFolder, args);
	if (code !== 0) throw new Error(`n8n ${args[0]} ended with ${code}:\n${output.slice(-3000)}`);
}

async function readJson<T>(file: string): Promise<T | undefined> {
	const content = await readFile(file, 'utf8').catch(() => undefined);
	return content === undefined ? undefined : (JSON.parse(content) as T);
}

/** n8n takes its owner from the environment, so that nobody has to fill in a form first. */
async function ownerEnvironment(): Promise<Record<string, string>> {
	return {
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: OWNER.email,
		N8N_INSTANCE_OWNER_FIRST_NAME: 'Sandbox',
		N8N_INSTANCE_OWNER_LAST_NAME: 'Owner',
		N8N_INSTANCE_OWNER_PASSWORD_HASH: OWNER_PASSWORD_HASH,
	};
}

/** bcrypt of `OWNER.password`. */
const OWNER_PASSWORD_HASH = '$2a$10$qWRDnUm26JWygYbKGDYR5e1YiCLtzZw/HOtPxp0w8x/NNYrOsaVJy';

async function untilReady(url: string, child: ChildProcess, logFile: string): Promise<void> {
	const deadline = Date.now() + READY_WITHIN_MS;
	while (Date.now() < deadline) {
		if (child.exitCode !== null || child.signalCode !== null) {
			throw new Error(`n8n ended while starting; see ${logFile}`);
		}
		const response = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
		if (response?.ok) return;
		await wait(200);
	}
	throw new Error(`n8n was not ready within ${READY_WITHIN_MS / 1000} s; see ${logFile}`);
}

/** n8n registers webhooks a moment after it says it is ready, and answers 404 until then. */
async function untilRegistered(webhookUrl: string): Promise<void> {
	const deadline = Date.now() + REGISTERED_WITHIN_MS;
	while (Date.now() < deadline) {
		const { status } = await fetch(webhookUrl, { method: 'POST' });
		if (status !== 404) return;
		await wait(200);
	}
	throw new Error(`${webhookUrl} was not registered within ${REGISTERED_WITHIN_MS / 1000} s`);
}
