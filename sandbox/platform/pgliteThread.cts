/** Worker thread: PGlite behind a socket. Posts its address; any message to it closes it. */
import { parentPort, workerData } from 'node:worker_threads';

import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

import { SharedPglite } from './sharedPglite.cts';

export interface PgliteThreadData {
	dataDir: string | undefined;
	port: number;
	maxConnections: number;
}

async function main(): Promise<void> {
	const { dataDir, port, maxConnections } = workerData as PgliteThreadData;
	const db = new SharedPglite(dataDir);
	await db.waitReady;
	const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port, maxConnections });
	await server.start();
	parentPort!.once('message', async () => {
		await server.stop();
		await db.close();
	});
	parentPort!.postMessage(server.getServerConn());
}

void main();
