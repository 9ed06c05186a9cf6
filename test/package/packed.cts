import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import type { ICredentialType, INodeTypeDescription } from 'n8n-workflow';

import { pack } from '../../sandbox/n8n/installPackage.cts';

const run = promisify(execFile);

export const ROOT = path.resolve(__dirname, '..', '..');

export interface Workspace {
	/** A new folder of its own, away from the checkout and its node_modules. */
	directory: string;
	/** Unpacks what `npm publish` would send; returns the folder. */
	unpackTarball(): Promise<string>;
	/** Copies what the source leg of n8n's scan looks at; returns the folder. */
	copySources(): Promise<string>;
	remove(): Promise<void>;
}

/** A folder for the checks of one test file. The package has to be built. */
export async function openWorkspace(): Promise<Workspace> {
	const directory = await mkdtemp(path.join(tmpdir(), 'package-check-'));
	return {
		directory,
		async unpackTarball() {
			await run('tar', ['-xzf', await pack(directory), '-C', directory]);
			return path.join(directory, 'package');
		},
		async copySources() {
			const target = path.join(directory, 'sources');
			for (const each of ['package.json', 'nodes', 'credentials']) {
				await cp(path.join(ROOT, each), path.join(target, each), { recursive: true });
			}
			return target;
		},
		async remove() {
			await rm(directory, { recursive: true });
		},
	};
}

/** Runs one of the programs beside this file and reads the JSON it prints. */
export async function runProgram(
	name: 'scan.mjs' | 'load.mjs',
	args: string[],
	environment: NodeJS.ProcessEnv = {},
): Promise<unknown> {
	const { stdout } = await run(process.execPath, [path.join(__dirname, name), ...args], {
		// n8n's lint looks at names of files only where it is not being tested itself.
		env: { ...process.env, NODE_ENV: 'production', ...environment },
		maxBuffer: 64 * 1024 * 1024,
	});
	return JSON.parse(stdout);
}

/** The parts of JSON Schema that our output schemas use. */
export interface JsonSchema {
	properties?: Record<string, JsonSchema>;
	items?: JsonSchema;
	additionalProperties?: boolean | JsonSchema;
}

export interface LoadedPackage {
	nodes: INodeTypeDescription[];
	credentials: ICredentialType[];
	outputSchemas: Array<{
		node: string;
		resource?: string;
		operation?: string;
		schema?: JsonSchema;
	}>;
}

/** What n8n's own loader makes of an unpacked package. */
export async function loadPackage(directory: string): Promise<LoadedPackage> {
	// As n8n does it, the package finds n8n-workflow among n8n's own modules.
	const environment = {
		NODE_PATH: path.join(ROOT, 'node_modules'),
		N8N_USER_FOLDER: path.dirname(directory),
	};
	return (await runProgram('load.mjs', [directory], environment)) as LoadedPackage;
}
