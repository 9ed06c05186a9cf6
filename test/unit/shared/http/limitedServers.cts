import type { Clock, HttpResponse, Send } from '../../../../nodes/shared/http/send';

export interface LimitedServer {
	send: Send;
	/** Moments at which requests arrived that were let in. */
	served: number[];
	/** How many went too fast. */
	refused: number;
	/** Somebody else's request, with another key of the same team. */
	spend(): void;
}

/** Counts requests in its own way: takes one, or refuses it, and says how many are left. */
export interface Counter {
	take(now: number): boolean;
	remaining(now: number): number;
	resetSeconds(now: number): number;
}

export interface ServerOptions {
	quota: number;
	windowMs: number;
	/** How long a request and its answer are on the way, in milliseconds. */
	latency(): number;
	counter: Counter;
	clock: Clock;
	withHeaders?: boolean;
}

/** A server that counts a request when half of its way is done. */
export function limitedServer(options: ServerOptions): LimitedServer {
	const { quota, windowMs, latency, counter, clock, withHeaders = true } = options;
	const server: LimitedServer = {
		served: [],
		refused: 0,
		spend: () => void counter.take(clock.now()),
		async send() {
			const delay = latency();
			await clock.wait(delay / 2);
			const now = clock.now();
			const isTaken = counter.take(now);
			if (isTaken) server.served.push(now);
			else server.refused += 1;
			const headers: Record<string, string> = {
				'ratelimit-limit': String(quota),
				'ratelimit-policy': `${quota};w=${windowMs / 1000}`,
				'ratelimit-remaining': String(counter.remaining(now)),
				'ratelimit-reset': String(counter.resetSeconds(now)),
			};
			await clock.wait(delay / 2);
			const response: HttpResponse = {
				status: isTaken ? 200 : 429,
				headers: withHeaders ? headers : {},
				body: {},
			};
			return response;
		},
	};
	return server;
}

/** A window that begins with the first request after the last one, as Redis counters have it. */
export function windowFromFirst(quota: number, windowMs: number): Counter {
	let startedAt = -Infinity;
	let used = 0;
	return {
		take(now) {
			if (now - startedAt >= windowMs) [startedAt, used] = [now, 0];
			if (used >= quota) return false;
			used += 1;
			return true;
		},
		remaining: () => quota - used,
		resetSeconds: (now) => Math.ceil((startedAt + windowMs - now) / 1000),
	};
}

/** Windows of the server's clock, whenever the first request comes. */
export function windowOfClock(quota: number, windowMs: number, phaseMs = 0): Counter {
	let window = -1;
	let used = 0;
	return {
		take(now) {
			const current = Math.floor((now + phaseMs) / windowMs);
			if (current !== window) [window, used] = [current, 0];
			if (used >= quota) return false;
			used += 1;
			return true;
		},
		remaining: () => quota - used,
		resetSeconds: (now) => Math.ceil((windowMs - ((now + phaseMs) % windowMs)) / 1000),
	};
}

/** No more than the quota in any stretch of time as long as the window. */
export function slidingWindow(quota: number, windowMs: number): Counter {
	let taken: number[] = [];
	return {
		take(now) {
			taken = taken.filter((at) => now - at < windowMs);
			if (taken.length >= quota) return false;
			taken.push(now);
			return true;
		},
		remaining: () => quota - taken.length,
		resetSeconds: (now) => Math.ceil(((taken[0] ?? now) + windowMs - now) / 1000),
	};
}

/** A bucket that holds the quota and fills evenly. */
export function tokenBucket(quota: number, windowMs: number, startFull = true): Counter {
	let tokens = startFull ? quota : 1;
	let filledAt: number | undefined;
	const fill = (now: number) => {
		tokens = Math.min(quota, tokens + ((now - (filledAt ?? now)) * quota) / windowMs);
		filledAt = now;
	};
	return {
		take(now) {
			fill(now);
			// The fill is not exact in binary fractions.
			if (tokens < 1 - 1e-6) return false;
			tokens -= 1;
			return true;
		},
		remaining: () => Math.max(0, Math.floor(tokens)),
		resetSeconds: () => Math.ceil(((quota - tokens) * windowMs) / quota / 1000),
	};
}
