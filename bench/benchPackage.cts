import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { build, type BuildOptions, type Plugin } from 'esbuild';

const ROOT = path.resolve(__dirname, '..');
const PACKAGE = 'n8n-nodes-bench';

/** Where each node comes from, and under which name n8n finds it. */
const NODES = {
	'nodes/PropertyIqTrigger.node': 'nodes/PropertyIq/PropertyIqTrigger.node.ts',
	'nodes/CredentialReader.node': 'bench/credentialReader.cts',
	'nodes/FacebookTrigger.node': 'bench/facebookTrigger.cts',
	'nodes/Stopwatch.node': 'bench/stopwatch.cts',
};

const BUNDLE = {
	absWorkingDir: ROOT,
	bundle: true,
	platform: 'node',
	target: 'node20',
	format: 'cjs',
	external: ['n8n-workflow'],
} as const satisfies BuildOptions;

/**
 * Puts the package `n8n-nodes-bench` into an n8n: our trigger with everything but its check, a step
 * that only reads the credential, n8n's own trigger for Meta, and a stopwatch. What the first three
 * differ by from ours is what ours costs.
 */
export async function installBenchPackage(userFolder: string): Promise<void> {
	const target = path.join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE);
	await mkdir(path.join(target, 'nodes'), { recursive: true });
	await build({ ...BUNDLE, entryPoints: NODES, outdir: target, plugins: [WITHOUT_CHECK] });
	for (const icon of ['propertyIq.svg', 'propertyIq.dark.svg']) {
		await copyFile(path.join(ROOT, 'nodes/PropertyIq', icon), path.join(target, 'nodes', icon));
	}
	const nodes = Object.keys(NODES).map((name) => `${name}.js`);
	const manifest = {
		name: PACKAGE,
		version: '0.0.0',
		n8n: { n8nNodesApiVersion: 1, credentials: [], nodes },
	};
	await writeFile(path.join(target, 'package.json'), JSON.stringify(manifest));
}

/** Makes the scoring a module that a Code node can require. */
export async function bundleReadyScorer(file: string): Promise<void> {
	await build({ ...BUNDLE, entryPoints: ['bench/readyScorer.cts'], outfile: file });
}

/** Parses the body, which the trigger's output needs, and accepts whatever it holds. */
const WITHOUT_CHECK: Plugin = {
	name: 'without-check',
	setup(esbuild) {
		esbuild.onLoad({ filter: /intake\/admit\.ts$/ }, () => ({
			contents: `export function admit({ rawBody }) {
				return { outcome: 'accepted', event: JSON.parse(rawBody.toString('utf8')), secret: 'current' };
			}`,
			loader: 'js',
		}));
	},
};
