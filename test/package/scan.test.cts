import { appendFile, cp } from 'node:fs/promises';
import path from 'node:path';

import { openWorkspace, runProgram, type Workspace } from './packed.cts';

/** What n8n's scan looks at in a published tarball. */
const TARBALL_PATTERNS = ['**/*.js', 'package.json'];

const LEGS = {
	source: {
		patterns: [],
		node: 'nodes/SignedWebhook/SignedWebhook.node.ts',
	},
	tarball: {
		patterns: TARBALL_PATTERNS,
		node: 'dist/nodes/SignedWebhook/SignedWebhook.node.js',
	},
} as const;

let workspace: Workspace;
let folders: Record<keyof typeof LEGS, string>;

beforeAll(async () => {
	workspace = await openWorkspace();
	folders = {
		source: await workspace.copySources(),
		tarball: await workspace.unpackTarball(),
	};
}, 60_000);

afterAll(async () => await workspace.remove());

describe.each(Object.keys(LEGS) as Array<keyof typeof LEGS>)("the %s leg of n8n's scan", (leg) => {
	const { patterns, node } = LEGS[leg];

	it('finds nothing', async () => {
		expect(await runProgram('scan.mjs', [folders[leg], ...patterns])).toEqual({ passed: true });
	}, 120_000);

	it('would find a single line of logging, whatever a comment says', async () => {
		const soiled = `${folders[leg]}-soiled`;
		await cp(folders[leg], soiled, { recursive: true });
		await appendFile(
			path.join(soiled, node),
			'\n// eslint-disable-next-line no-console\nconsole.log(1);\n',
		);
		expect(await runProgram('scan.mjs', [soiled, ...patterns])).toEqual({
			passed: false,
			message: 'ESLint violations found',
			details: expect.stringMatching(/SignedWebhook\.node[\s\S]*no-console/),
		});
	}, 120_000);
});
