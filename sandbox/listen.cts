import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createAdaptorServer } from '@hono/node-server';

export interface Listening {
	url: string;
	close(): Promise<void>;
}

/** Serves a fetch handler on 127.0.0.1, and nowhere else; port 0 takes any free one. */
export async function listen(
	fetch: (request: Request) => Response | Promise<Response>,
	port = 0,
): Promise<Listening> {
	const server = createAdaptorServer({ fetch }) as Server;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
