/**
 * The build: one bundle a node and credential, so that the published package needs no library at
 * run time. Types are checked by `npm run typecheck`; esbuild only strips them.
 */
const fs = require('node:fs/promises');
const path = require('node:path');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const DIST = 'dist';

/** Everything n8n loads, and what `index.js` offers to programs. */
const ENTRY_POINTS = [
	'nodes/**/*.node.ts',
	'credentials/*.credentials.ts',
	'nodes/shared/signing/platform.ts',
	'nodes/shared/contracts/index.ts',
];

/** The libraries that the bundles hold. */
const BUNDLED = ['libphonenumber-js', 'liquidjs', 'luxon', 'zod'];

const ASSETS = ['nodes/**/*.{svg,png}', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];

/**
 * Templates are rendered by the build of liquidjs that is made for browsers, because n8n's scan
 * allows no file system; its two mentions of what nodes may not touch are taken out.
 */
const LIQUIDJS = {
	alias: { liquidjs: 'liquidjs/dist/liquid.browser.mjs' },
	drop: ['console'],
	define: { global: 'undefined' },
};

async function clean() {
	await fs.rm(DIST, { recursive: true, force: true });
}

async function bundle() {
	await esbuild.build({
		entryPoints: ENTRY_POINTS,
		outdir: DIST,
		outbase: '.',
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		external: ['n8n-workflow'],
		...LIQUIDJS,
		legalComments: 'eof',
	});
}

function assets() {
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest(DIST));
}

function credentialIcons() {
	return src('credentials/*.svg', { base: '.', encoding: false }).pipe(dest(DIST));
}

function workflows() {
	return src(['workflows/*', 'sql/*.sql'], { base: '.', encoding: false }).pipe(dest(DIST));
}

/** What the libraries in the bundles ask of those who pass them on. */
async function notices() {
	const texts = BUNDLED.map(async (name) => {
		const directory = path.join('node_modules', name);
		const file = (await fs.readdir(directory)).find((each) => /^licen[sc]e(\.\w+)?$/i.test(each));
		const license = (await fs.readFile(path.join(directory, file), 'utf8')).trim();
		return `${name}\n\n${license}\n`;
	});
	await fs.mkdir(DIST, { recursive: true });
	const content = (await Promise.all(texts)).join(`\n${'-'.repeat(72)}\n\n`);
	await fs.writeFile(path.join(DIST, 'THIRD_PARTY_NOTICES.txt'), content);
}

/** The contracts as JSON Schema, for a platform that is not written in TypeScript. */
async function schemas() {
	const { zodToJsonSchema } = require('zod-to-json-schema');
	const { CONTRACTS } = require(path.resolve(DIST, 'nodes/shared/contracts/index.js'));
	const directory = path.join(DIST, 'schemas');
	await fs.mkdir(directory, { recursive: true });
	for (const [name, contract] of Object.entries(CONTRACTS)) {
		const schema = zodToJsonSchema(contract, { name, target: 'jsonSchema7' });
		await fs.writeFile(
			path.join(directory, `${name}.schema.json`),
			`${JSON.stringify(schema, null, '\t')}\n`,
		);
	}
}

exports.default = series(
	clean,
	parallel(bundle, assets, credentialIcons, workflows, notices),
	schemas,
);
