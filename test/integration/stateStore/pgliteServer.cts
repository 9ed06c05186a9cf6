/** Worker thread: an empty PGlite behind a socket; posts its URL. */
import { parentPort, workerData } from 'node:worker_threads';

import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

async function main() {
	const server = new PGLiteSocketServer({
		db: await PGlite.create(),
		host: '127.0.0.1',
		port: 0,
		maxConnections: workerData.connections,
	});
	await server.start();
	parentPort!.postMessage(`postgres://postgres@${server.getServerConn()}/postgres`);
}

void main();
