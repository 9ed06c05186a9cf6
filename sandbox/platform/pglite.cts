import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import type { PgliteThreadData } from './pgliteThread.cts';

/** n8n's Postgres node opens a pool of its own for each credential. */
const MAX_CONNECTIONS = 100;

export interface PgliteOptions {
	/** Where PGlite keeps its files; absent means in memory. */
	dataDir?: string;
	/** Absent means any free one. */
	port?: number;
}

/**
 * Starts an embedded Postgres that any client reaches by its URL.
 * In a thread, so that a long query holds up neither the outbox nor the callbacks, and because
 * PGlite loads itself by a dynamic import, which jest refuses.
 */
export async function startPglite({ dataDir, port = 0 }: PgliteOptions = {}) {
	if (dataDir) await mkdir(dataDir, { recursive: true });
	const thread = new Worker(join(__dirname, 'pgliteThread.cts'), {
		execArgv: ['--require', require.resolve('tsx/cjs')],
		workerData: { dataDir, port, maxConnections: MAX_CONNECTIONS } satisfies PgliteThreadData,
	});
	const [address] = (await once(thread, 'message')) as [string];
	return {
		url: `postgres://postgres:postgres@${address}/postgres`,
		async close() {
			const ended = once(thread, 'exit');
			thread.postMessage('close');
			await ended;
		},
	};
}
