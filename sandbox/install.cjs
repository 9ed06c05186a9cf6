/**
 * Installs what a command needs and a fresh clone lacks. Runs on the machine's own Node, with
 * nothing installed: everything after it runs on the Node 24 that it brings.
 *
 *   node sandbox/install.cjs        the package's own tools
 *   node sandbox/install.cjs n8n    and the real n8n, for the sandbox and the end-to-end tests
 */
const { spawn } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
const NODE_24 = path.join(ROOT, 'node_modules', '.bin');
const PROGRESS_EVERY_MS = 15_000;

async function main() {
	await install(ROOT, 'the tools of the package', 'about 1 minute');
	if (process.argv.includes('n8n')) {
		await install(path.join(ROOT, 'sandbox', 'n8n'), 'n8n 2.41.1', 'about 4 minutes, 2.8 GB');
	}
}

/**
 * `npm install` and not `npm ci`: npm 11 writes locks without the optional packages of other
 * machines and then refuses them as incomplete. The locked versions are installed all the same.
 */
async function install(directory, what, howLong) {
	const stamp = path.join(directory, 'node_modules', '.installed-from-lock');
	const lock = path.join(directory, 'package-lock.json');
	if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hashOf(lock)) return;

	process.stdout.write(`Installing ${what} (${howLong}) …\n`);
	const startedAt = Date.now();
	const seconds = () => Math.round((Date.now() - startedAt) / 1000);
	const progress = setInterval(
		() => process.stdout.write(`  … ${seconds()} s\n`),
		PROGRESS_EVERY_MS,
	);
	const { status, errors } = await npmInstall(directory);
	clearInterval(progress);
	if (status !== 0) {
		process.stderr.write(`${errors}\nnpm could not install ${what}; see above.\n`);
		process.exit(1);
	}
	// npm may have written the lock anew.
	fs.writeFileSync(stamp, hashOf(lock));
	process.stdout.write(`Installed ${what} in ${seconds()} s.\n`);
}

function npmInstall(directory) {
	const npm = spawn('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: directory,
		stdio: ['ignore', 'ignore', 'pipe'],
		env: { ...process.env, PATH: `${NODE_24}${path.delimiter}${process.env.PATH}` },
		shell: process.platform === 'win32',
	});
	let errors = '';
	npm.stderr.on('data', (chunk) => (errors += chunk));
	return new Promise((resolve) => {
		npm.on('error', (error) => resolve({ status: 1, errors: error.message }));
		npm.on('close', (status) => resolve({ status, errors }));
	});
}

function hashOf(file) {
	return createHash('sha256').update(fs.readFileSync(file)).digest('hex');
}

void main();
