import { Agent, request } from 'node:http';

import { signPlatformRequest } from '../nodes/shared/signing/platform';

const CONNECTIONS = 5;

/** Also written in the Code node of `workflows/bench-hand-wired.json`, where a user would put it. */
export const SIGNING_SECRET = 'bench-signing-secret';

export interface Answer {
	status: number;
	text: string;
}

/** Makes the headers that show who sent a body. */
type Sign = (body: Buffer) => Record<string, string>;

/** Posts the same body so many times over five connections, signed as the platform signs. */
export async function postSigned(url: string, body: Buffer, times: number): Promise<void> {
	await postRepeatedly(url, body, signedByPlatform(SIGNING_SECRET), { times });
}

/**
 * Posts the same body so many times over some connections, each waiting for its answer, and returns
 * how long each answer took, in milliseconds. Throws at the first answer above 299.
 */
export async function postRepeatedly(
	url: string,
	body: Buffer,
	sign: Sign,
	{ times, connections = CONNECTIONS }: { times: number; connections?: number },
): Promise<number[]> {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	const took: number[] = [];
	let left = times;
	const connection = async () => {
		while (left-- > 0) {
			const startedAt = performance.now();
			const { status, text } = await post(url, body, sign, agent);
			took.push(performance.now() - startedAt);
			if (status > 299) throw new Error(`${url} answered ${status}: ${text}`);
		}
	};
	try {
		await Promise.all(Array.from({ length: connections }, connection));
	} finally {
		agent.destroy();
	}
	return took;
}

/** Posts a JSON body, signed at this moment as the platform signs. */
export async function postOnce(url: string, secret: string, body: Buffer): Promise<Answer> {
	return await post(url, body, signedByPlatform(secret));
}

function signedByPlatform(secret: string): Sign {
	return (body) => ({ ...signPlatformRequest(secret, body, Date.now() / 1000) });
}

/** Posts a JSON body, once. */
export async function post(url: string, body: Buffer, sign: Sign, agent?: Agent): Promise<Answer> {
	const headers = {
		'content-type': 'application/json',
		'content-length': body.length,
		...sign(body),
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
