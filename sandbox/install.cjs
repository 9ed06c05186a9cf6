/**
 * Installs what a command needs and a fresh clone lacks. Runs on the machine's own Node, with
 * nothing installed: everything after it runs on the Node 24 that it brings.
 *
 *   node sandbox/install.cjs        the package's own tools
 *   node sandbox/install.cjs n8n    and the real n8n, for the sandbox and the end-to-end tests
 */
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
const NODE_24 = path.join(ROOT, 'node_modules', '.bin');

function main() {
	install(ROOT, 'the tools of the package', 'about 1 minute');
	if (process.argv.includes('n8n')) {
		install(path.join(ROOT, 'sandbox', 'n8n'), 'n8n 2.41.1', 'about 4 minutes, 2.8 GB');
	}
}

/**
 * `npm install` and not `npm ci`: npm 11 writes locks without the optional packages of other
 * machines and then refuses them as incomplete. The locked versions are installed all the same.
 */
function install(directory, what, howLong) {
	const stamp = path.join(directory, 'node_modules', '.installed-from-lock');
	const lock = fs.readFileSync(path.join(directory, 'package-lock.json'));
	const wanted = createHash('sha256').update(lock).digest('hex');
	if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return;

	process.stdout.write(`Installing ${what} (${howLong}) …\n`);
	const startedAt = Date.now();
	const dots = process.stdout.isTTY ? 'inherit' : 'pipe';
	const result = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: directory,
		stdio: ['ignore', dots, 'pipe'],
		encoding: 'utf8',
		env: { ...process.env, PATH: `${NODE_24}${path.delimiter}${process.env.PATH}` },
		shell: process.platform === 'win32',
	});
	if (result.status !== 0) {
		process.stderr.write(`${result.stderr}\nnpm could not install ${what}; see above.\n`);
		process.exit(result.status ?? 1);
	}
	fs.writeFileSync(stamp, wanted);
	process.stdout.write(`Installed ${what} in ${Math.round((Date.now() - startedAt) / 1000)} s.\n`);
}

main();
