import { execFile } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = path.resolve(__dirname, '..', '..');

export const PACKAGE_NAME = 'n8n-nodes-property-platform';

/**
 * Packs the built package and unpacks it where n8n keeps community packages, as n8n's own
 * installation does; only there do the nodes get the names that the workflow templates use.
 */
export async function installPackage(userFolder: string): Promise<string> {
	const modules = path.join(userFolder, '.n8n', 'nodes', 'node_modules');
	const target = path.join(modules, PACKAGE_NAME);
	await mkdir(modules, { recursive: true });
	const tarball = await pack(modules);
	const unpacked = path.join(modules, '.unpacked');
	await rm(unpacked, { recursive: true, force: true });
	await mkdir(unpacked);
	await run('tar', ['-xzf', tarball, '-C', unpacked]);
	await rm(target, { recursive: true, force: true });
	await cp(path.join(unpacked, 'package'), target, { recursive: true });
	await rm(unpacked, { recursive: true });
	await rm(tarball);
	return target;
}

/** `npm pack` into a folder; returns the path of the tarball. */
export async function pack(destination: string): Promise<string> {
	const { stdout } = await run(
		'npm',
		['pack', '--json', '--ignore-scripts', '--loglevel=error', `--pack-destination=${destination}`],
		{ cwd: ROOT },
	);
	const report = JSON.parse(stdout) as
		{ filename: string }[] | Record<string, { filename: string }>;
	const filename = Object.values(report)[0]?.filename;
	if (!filename) throw new Error(`npm pack named no file: ${stdout}`);
	return path.join(destination, filename);
}
