import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { build, type Plugin } from 'esbuild';

const ROOT = path.resolve(__dirname, '..');
const PACKAGE = 'n8n-nodes-bench';
const TRIGGER = 'nodes/PropertyIq/PropertyIqTrigger.node';

/**
 * Puts our trigger into an n8n a second time, as the package `n8n-nodes-bench`, with everything but
 * the check: what the two cost differs by that alone.
 */
export async function installUncheckedTrigger(userFolder: string): Promise<void> {
	const target = path.join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE);
	const nodeFolder = path.join(target, path.dirname(TRIGGER));
	await mkdir(nodeFolder, { recursive: true });
	await build({
		entryPoints: [path.join(ROOT, `${TRIGGER}.ts`)],
		outfile: path.join(target, `${TRIGGER}.js`),
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		external: ['n8n-workflow'],
		plugins: [WITHOUT_CHECK],
	});
	for (const icon of ['propertyIq.svg', 'propertyIq.dark.svg']) {
		await copyFile(path.join(ROOT, 'nodes/PropertyIq', icon), path.join(nodeFolder, icon));
	}
	const manifest = {
		name: PACKAGE,
		version: '0.0.0',
		n8n: { n8nNodesApiVersion: 1, credentials: [], nodes: [`${TRIGGER}.js`] },
	};
	await writeFile(path.join(target, 'package.json'), JSON.stringify(manifest));
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
