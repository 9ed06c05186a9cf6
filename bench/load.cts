import { Agent, request } from 'node:http';

import { signPlatformRequest } from '../nodes/shared/signing/platform';

const CONNECTIONS = 5;

/** Also written in the Code node of `workflows/bench-hand-wired.json`, where a user would put it. */
export const SIGNING_SECRET = 'bench-signing-secret';

export interface Answer {
	status: number;
	text: string;
}

/**
 * Posts the same signed body so many times over five connections, each waiting for its answer.
 * Throws at the first answer above 299.
 */
export async function postSigned(url: string, body: Buffer, times: number): Promise<void> {
	const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
	let left = times;
	const connection = async () => {
		while (left-- > 0) {
			const { status, text } = await postOnce(url, SIGNING_SECRET, body, agent);
			if (status > 299) throw new Error(`${url} answered ${status}: ${text}`);
		}
	};
	try {
		await Promise.all(Array.from({ length: CONNECTIONS }, connection));
	} finally {
		agent.destroy();
	}
}

/** Posts a JSON body, signed at this moment. */
export async function postOnce(
	url: string,
	secret: string,
	body: Buffer,
	agent?: Agent,
): Promise<Answer> {
	const headers = {
		'content-type': 'application/json',
		'content-length': body.length,
		...signPlatformRequest(secret, body, Date.now() / 1000),
	};
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
