import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

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
		env: { ...process.env, ...environment },
		maxBuffer: 64 * 1024 * 1024,
	});
	return JSON.parse(stdout);
}
