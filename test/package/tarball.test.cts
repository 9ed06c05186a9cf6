import { execFileSync } from 'node:child_process';
import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import type { INodeTypeDescription } from 'n8n-workflow';

import { installPackage, PACKAGE_NAME } from '../../sandbox/n8n/installPackage.cts';
import { runN8n } from '../../sandbox/n8n/run.cts';
import { type LoadedPackage, loadPackage, openWorkspace, type Workspace } from './packed.cts';

const SECRET = 'whsec-golden';
const TIMESTAMP = 1_790_000_000;
const BODY = '{"address":"12 Piñon St","price":"₱5,000,000","note":"🏡"}';

/** Whatever else is found in the tarball was not meant to be published. */
const PUBLISHED = [
	/^(package\.json|README\.md|LICENSE|CHANGELOG\.md|index\.js)$/,
	/^dist\/nodes\/[A-Z]\w+\/\w+\.node\.(js|json)$/,
	/^dist\/nodes\/[A-Z]\w+\/\w+(\.dark)?\.svg$/,
	/^dist\/nodes\/[A-Z]\w+\/__schema__\/[\w.\/]+\.json$/,
	/^dist\/nodes\/shared\/(signing\/platform|contracts\/index)\.js$/,
	/^dist\/credentials\/\w+\.credentials\.js$/,
	/^dist\/credentials\/\w+(\.dark)?\.svg$/,
	/^dist\/THIRD_PARTY_NOTICES\.txt$/,
	/^dist\/schemas\/[\w-]+\.schema\.json$/,
	/^dist\/workflows\/([\w-]+\.json|README\.md)$/,
	/^dist\/sql\/[\w-]+\.sql$/,
];

let workspace: Workspace;
let unpacked: string;
let files: string[];
let manifest: Record<string, unknown> & { n8n: { nodes: string[]; credentials: string[] } };

beforeAll(async () => {
	workspace = await openWorkspace();
	unpacked = await workspace.unpackTarball();
	const entries = await readdir(unpacked, { recursive: true, withFileTypes: true });
	files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(unpacked, path.join(entry.parentPath, entry.name)));
	manifest = JSON.parse(await readFile(path.join(unpacked, 'package.json'), 'utf8'));
}, 60_000);

afterAll(async () => await workspace.remove());

describe('what is published', () => {
	it('holds nothing but what a user needs', () => {
		const surplus = files.filter((file) => !PUBLISHED.some((pattern) => pattern.test(file)));
		expect(surplus).toEqual([]);
	});

	it.each([
		'nodes/PropertyIq/PropertyIq.node.ts',
		'dist/nodes/PropertyIq/PropertyIq.node.ts',
		'dist/nodes/PropertyIq/PropertyIq.test.js',
		'dist/node_modules/zod/index.js',
		'test/package/scan.mjs',
		'.env',
	])('would not hold %s', (file) => {
		expect(PUBLISHED.some((pattern) => pattern.test(file))).toBe(false);
	});

	it('holds what n8n and npm ask for, and something of every kind', () => {
		expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'index.js']));
		const missing = PUBLISHED.filter((pattern) => !files.some((file) => pattern.test(file)));
		expect(missing).toEqual([]);
	});

	it('holds every file that its manifest names to n8n', () => {
		const { nodes, credentials } = manifest.n8n;
		expect(files).toEqual(expect.arrayContaining([...nodes, ...credentials]));
		const built = files.filter((file) => /\.(node|credentials)\.js$/.test(file));
		expect([...nodes, ...credentials].sort()).toEqual(built.sort());
	});

	it('depends on nothing but n8n', () => {
		expect(manifest).not.toHaveProperty('dependencies');
		expect(manifest).toMatchObject({ peerDependencies: { 'n8n-workflow': '*' } });
	});

	it('holds nothing that asks for a library which is not bundled', async () => {
		const asked = await Promise.all(
			files
				.filter((file) => /^dist\/.*\.js$/.test(file))
				.map(async (file) => {
					const text = await readFile(path.join(unpacked, file), 'utf8');
					return [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, library]) => library);
				}),
		);
		expect([...new Set(asked.flat())].sort()).toEqual(['n8n-workflow', 'node:crypto']);
	});
});

describe('the programmatic surface', () => {
	/** Runs a program in which `platform` is the unpacked package, with no node_modules around. */
	function program(source: string): unknown {
		const script = `const platform = require(${JSON.stringify(unpacked)});
			const [secret, timestamp, body] = ${JSON.stringify([SECRET, TIMESTAMP, BODY])};
			process.stdout.write(JSON.stringify((() => { ${source} })()));`;
		const { NODE_PATH: _, ...env } = process.env;
		return JSON.parse(
			execFileSync(process.execPath, ['-e', script], { cwd: workspace.directory, env }).toString(),
		);
	}

	function opensslSignature(): string {
		const answer = execFileSync('openssl', ['dgst', '-sha256', '-hmac', SECRET, '-r'], {
			input: `${TIMESTAMP}.${BODY}`,
		});
		return `sha256=${answer.toString().split(' ')[0]}`;
	}

	it('signs as openssl does, from the tarball alone', () => {
		expect(program('return platform.signPlatformRequest(secret, body, timestamp);')).toEqual({
			'X-Signature': opensslSignature(),
			'X-Timestamp': String(TIMESTAMP),
		});
	});

	it('verifies what openssl signed, and nothing else', () => {
		const verdicts = program(`
			const verify = (signature) => platform.verifyPlatformRequest(
				{ current: secret },
				{ signature, timestamp: String(timestamp), rawBody: Buffer.from(body) },
				timestamp,
			);
			return [verify('${opensslSignature()}'), verify('sha256=' + '0'.repeat(64))];
		`);
		expect(verdicts).toEqual([
			{ valid: true, secret: 'current' },
			{ valid: false, reason: 'signature-mismatch' },
		]);
	});

	it('offers each contract that it has a JSON Schema of', () => {
		const names = program('return Object.keys(platform.CONTRACTS);') as string[];
		expect(names.map((name) => `dist/schemas/${name}.schema.json`).sort()).toEqual(
			files.filter((file) => file.startsWith('dist/schemas/')).sort(),
		);
	});
});

describe('in n8n', () => {
	let exported: Map<string, INodeTypeDescription>;
	let loaded: LoadedPackage;

	beforeAll(async () => {
		const userFolder = path.join(workspace.directory, 'n8n');
		await installPackage(userFolder);
		const file = path.join(userFolder, 'nodes.json');
		const { code, output } = await runN8n(userFolder, ['export:nodes', `--output=${file}`]);
		if (code !== 0) throw new Error(output);
		const all = JSON.parse(await readFile(file, 'utf8')) as INodeTypeDescription[];
		const prefix = `${PACKAGE_NAME}.`;
		exported = new Map(
			all
				.filter(({ name }) => name.startsWith(prefix))
				.map((description) => [description.name.slice(prefix.length), description]),
		);
		loaded = await loadPackage(unpacked);
	}, 120_000);

	it('loads every node, and as a tool those that can be one', () => {
		expect([...exported.keys()].sort()).toEqual([
			'campaignDispatch',
			'campaignDispatchTool',
			'campaignDispatchTrigger',
			'leadScore',
			'leadScoreTool',
			'leadScoreTrigger',
			'metaBroker',
			'metaBrokerTool',
			'metaBrokerTrigger',
			'metricsRollup',
			'metricsRollupTool',
			'propertyIq',
			'propertyIqTool',
			'propertyIqTrigger',
			'signedWebhook',
			'signedWebhookTool',
		]);
	});

	it.each([
		'campaignDispatch',
		'campaignDispatchTrigger',
		'leadScore',
		'leadScoreTrigger',
		'metaBroker',
		'metaBrokerTrigger',
		'metricsRollup',
		'propertyIq',
		'propertyIqTrigger',
		'signedWebhook',
	])('finds categories, a link to the documentation and both icons of %s', async (name) => {
		const { codex, iconUrl } = exported.get(name)!;
		expect(codex?.categories).not.toHaveLength(0);
		expect(codex?.resources?.primaryDocumentation?.[0]?.url).toMatch(/^https:/);
		await expectIcons(iconUrl);
	});

	it('loads the credentials, with both icons', async () => {
		expect(loaded.credentials.map(({ name }) => name).sort()).toEqual([
			'hubSpotCrmApi',
			'metaMessagingApi',
			'pipedriveCrmApi',
			'rentCastApi',
			'resendMailApi',
			'salesforceCrmOAuth2Api',
			'signedWebhookApi',
		]);
		for (const { iconUrl } of loaded.credentials) await expectIcons(iconUrl);
	});

	/** n8n serves icons below `icons/<package>/`; the rest of the address is a path in the package. */
	async function expectIcons(iconUrl: INodeTypeDescription['iconUrl']): Promise<void> {
		const { light, dark } = iconUrl as { light: string; dark: string };
		expect(light).not.toBe(dark);
		for (const url of [light, dark]) {
			await access(path.join(unpacked, url.replace(`icons/${PACKAGE_NAME}/`, '')));
		}
	}
});
