import type { Clock, Send } from './send';

/** Makes a `Send` wait for its turn. */
export type Pacer = (send: Send) => Send;

/**
 * Paces whatever it wraps together: at most `perSecond` requests start in a second, evenly spaced.
 * It paces one run of a node; what other executions spend shows as a 429 and is waited out.
 */
export function createPacer(perSecond: number, clock: Clock): Pacer {
	const spacingMs = 1000 / perSecond;
	let nextStart = 0;
	return (send) => async (request) => {
		const now = clock.now();
		const start = Math.max(now, nextStart);
		nextStart = start + spacingMs;
		if (start > now) await clock.wait(start - now);
		return await send(request);
	};
}
