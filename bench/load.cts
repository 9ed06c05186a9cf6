import { Agent, request } from 'node:http';

import { signPlatformRequest } from '../nodes/shared/signing/platform';

const CONNECTIONS = 5;

/** Also written in the Code node of `workflows/bench-hand-wired.json`, where a user would put it. */
export const SIGNING_SECRET = 'bench-signing-secret';

/**
 * Posts the same body so many times over five connections, each waiting for its answer. The body is
 * signed once: what signing costs belongs to nobody here. Throws at the first answer above 299.
 */
export async function postSigned(url: string, body: Buffer, times: number): Promise<void> {
	const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
	const headers = {
		'content-type': 'application/json',
		'content-length': body.length,
		...signPlatformRequest(SIGNING_SECRET, body, Date.now() / 1000),
	};
	let left = times;
	const connection = async () => {
		while (left-- > 0) {
			const { status, text } = await post(url, agent, headers, body);
			if (status > 299) throw new Error(`${url} answered ${status}: ${text}`);
		}
	};
	try {
		await Promise.all(Array.from({ length: CONNECTIONS }, connection));
	} finally {
		agent.destroy();
	}
}

async function post(
	url: string,
	agent: Agent,
	headers: Record<string, string | number>,
	body: Buffer,
): Promise<{ status: number; text: string }> {
	return await new Promise((resolve, reject) => {
		const outgoing = request(url, { method: 'POST', agent, headers }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () =>
				resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
			);
		});
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}
