import { type Listening, listen } from '../../sandbox/listen.cts';

export interface Recorded {
	method: string;
	/** Path and query as they were received. */
	target: string;
	headers: Headers;
	rawBody: Buffer;
	at: number;
}

export interface Recorder extends Listening {
	readonly received: Recorded[];
	/** The next requests get this status instead of 200. */
	failNext(status: number, times?: number): void;
	reset(): void;
}

/** Takes anything, checks nothing, and keeps the bytes as they came. */
export async function startRecorder(): Promise<Recorder> {
	const received: Recorded[] = [];
	let failures: number[] = [];
	const server = await listen(async (request) => {
		const { pathname, search } = new URL(request.url);
		received.push({
			method: request.method,
			target: `${pathname}${search}`,
			headers: request.headers,
			rawBody: Buffer.from(await request.arrayBuffer()),
			at: Date.now(),
		});
		const status = failures.shift() ?? 200;
		return Response.json({ received: received.length }, { status });
	});
	return {
		...server,
		received,
		failNext(status, times = 1) {
			failures.push(...Array<number>(times).fill(status));
		},
		reset() {
			received.length = 0;
			failures = [];
		},
	};
}
