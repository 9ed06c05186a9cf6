import { rm } from 'node:fs/promises';
import path from 'node:path';

import { sendDemo } from './demo.cts';
import { OWNER } from './n8n/session.cts';
import { formatTable } from './table.cts';
import { startSandbox } from './sandbox.cts';

/**
 * `npm start`: the whole system on this machine, one real event through each flow, and then it
 * stays up. `--once` ends after the table, with the status 0 only if everything arrived.
 * `--speed=60` makes a minute of the outbox's waits a second.
 */
const ROOT = path.resolve(__dirname, '..');
const PORTS = { n8n: 5678, platform: 8000, console: 8080, database: 54320 };

async function main(): Promise<void> {
	const once = process.argv.includes('--once');
	const speed = Number(process.argv.find((each) => each.startsWith('--speed='))?.slice(8) ?? 1);
	const startedAt = Date.now();
	const progress = (step: string) => {
		const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(6);
		process.stdout.write(`${seconds} s  ${step}\n`);
	};

	if (once) await rm(path.join(ROOT, '.sandbox', 'once'), { recursive: true, force: true });
	const sandbox = await startSandbox({
		directory: path.join(ROOT, '.sandbox', once ? 'once' : 'up'),
		speed,
		databaseUrl: process.env.DATABASE_URL,
		ports: once ? {} : PORTS,
		inMemory: once,
		keepExisting: !once,
		onProgress: progress,
	});
	let closing = false;
	const end = async (status: number) => {
		if (closing) return;
		closing = true;
		await sandbox.close();
		process.exit(status);
	};
	process.on('SIGINT', () => void end(0));
	process.on('SIGTERM', () => void end(0));

	progress('sending one event of each kind through the flows');
	const arrivals = await sendDemo(sandbox).catch(async (error: unknown) => {
		// Whatever was started would otherwise go on without anybody to end it.
		await sandbox.close();
		throw error;
	});
	process.stdout.write(`\n${formatTable(arrivals.map(({ arrived: _, ...row }) => row))}\n`);
	const allArrived = arrivals.every(({ arrived }) => arrived);
	if (once) {
		process.stdout.write(allArrived ? '\nEverything arrived.\n' : '\nSomething did not arrive.\n');
		return await end(allArrived ? 0 : 1);
	}
	process.stdout.write(
		[
			'',
			`  Console   ${sandbox.consoleUrl}`,
			`  Editor    ${sandbox.n8n.url}   (${OWNER.email} / ${OWNER.password})`,
			`  Platform  ${sandbox.platform.url}`,
			`  Postgres  ${sandbox.database.url}`,
			'',
			'Ctrl-C ends everything.',
			'',
		].join('\n'),
	);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exit(1);
});
