import { setTimeout as wait } from 'node:timers/promises';

import { listen } from '../sandbox/listen.cts';

export interface SlowPlatform {
	url: string;
	/** When each request came in, in milliseconds since 1970; oldest first. */
	arrivals: number[];
	close(): Promise<void>;
}

/** Stands before the platform and passes everything on, byte for byte, after a delay. */
export async function startSlowPlatform(
	platformUrl: string,
	delayMs: number,
): Promise<SlowPlatform> {
	const arrivals: number[] = [];
	const { url, close } = await listen(async (incoming) => {
		arrivals.push(Date.now());
		const body = await incoming.arrayBuffer();
		await wait(delayMs);
		const { pathname, search } = new URL(incoming.url);
		const answer = await fetch(`${platformUrl}${pathname}${search}`, {
			method: incoming.method,
			headers: incoming.headers,
			...(body.byteLength > 0 && { body }),
		});
		return new Response(await answer.arrayBuffer(), {
			status: answer.status,
			headers: { 'content-type': answer.headers.get('content-type') ?? 'application/json' },
		});
	});
	return { url, arrivals, close };
}
