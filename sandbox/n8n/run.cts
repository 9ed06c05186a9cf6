import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

const N8N = path.join(__dirname, 'node_modules', 'n8n', 'bin', 'n8n');

/** Settings of the sandbox's n8n that are the same for every command. */
export function n8nEnvironment(
	userFolder: string,
	overrides: Record<string, string> = {},
): NodeJS.ProcessEnv {
	const { PATH, HOME, TMPDIR, LANG } = process.env;
	return {
		PATH,
		HOME,
		TMPDIR,
		LANG,
		N8N_USER_FOLDER: userFolder,
		NODE_ENV: 'production',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_ENCRYPTION_KEY: 'sandbox-only',
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DISABLED_MODULES: 'mcp-registry',
		N8N_LOG_LEVEL: 'warn',
		...overrides,
	};
}

export interface CommandResult {
	code: number;
	output: string;
}

/**
 * Runs one n8n command to its end and returns what it printed. It prints into a file: what still
 * waits in a pipe when n8n exits would be lost. Never throws on a bad exit.
 */
export async function runN8n(
	userFolder: string,
	args: string[],
	overrides: Record<string, string> = {},
): Promise<CommandResult> {
	await mkdir(userFolder, { recursive: true });
	const file = path.join(userFolder, `command-${randomUUID()}.log`);
	const printed = await open(file, 'a');
	const child = spawn(process.execPath, [N8N, ...args], {
		// n8n searches the folder it runs in for nodes.
		cwd: userFolder,
		env: n8nEnvironment(userFolder, overrides),
		stdio: ['ignore', printed.fd, printed.fd],
	});
	const [code] = (await once(child, 'close')) as [number | null];
	await printed.close();
	const output = await readFile(file, 'utf8');
	await rm(file);
	return { code: code ?? 1, output };
}

/**
 * Starts `n8n start`, logging to a file; the caller waits for readiness. It writes the file itself: on
 * a pipe whose reader was killed, n8n would do nothing but report that it cannot report.
 */
export async function spawnN8n(
	userFolder: string,
	overrides: Record<string, string>,
	logFile: string,
) {
	await mkdir(path.dirname(logFile), { recursive: true });
	const log = await open(logFile, 'a');
	const child = spawn(process.execPath, [N8N, 'start'], {
		cwd: userFolder,
		env: n8nEnvironment(userFolder, overrides),
		stdio: ['ignore', log.fd, log.fd],
	});
	await log.close();
	return child;
}
