import type { Clock, Send } from './send';

/**
 * Wraps `send` so that at most `perSecond` requests start in a second, evenly spaced.
 * It paces one run of a node; what other executions spend shows as a 429 and is waited out.
 */
export function withPace(send: Send, perSecond: number, clock: Clock): Send {
	const spacingMs = 1000 / perSecond;
	let nextStart = 0;
	return async (request) => {
		const now = clock.now();
		const start = Math.max(now, nextStart);
		nextStart = start + spacingMs;
		if (start > now) await clock.wait(start - now);
		return await send(request);
	};
}
