import { MINUTE_MS } from '../clock.cts';

/** Waits after the failure before, so the deliveries of a dead letter start at 0, 1, 6 and 21 min. */
const WAITS_MS = [1 * MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS];

/** Upwards only: a retry before its time would cut short the outage that the schedule outlives. */
const JITTER = 0.2;

/** 404 too: for seconds after a restart n8n does not know its own webhooks. 0 is "no answer". */
const PASSING = new Set([0, 404, 408, 425, 429]);

export function isDelivered(status: number): boolean {
	return status >= 200 && status < 300;
}

/** Whether the same message may be taken later without anyone changing anything. */
export function isPassing(status: number): boolean {
	return PASSING.has(status) || status >= 500;
}

/**
 * How long to wait after the given delivery (1 is the first), in milliseconds of unscaled time;
 * undefined where no retry is left. `random` is a number from 0 up to 1.
 */
export function waitBeforeRetry(
	delivery: number,
	maxRetries: number,
	random: number,
): number | undefined {
	const wait = delivery <= maxRetries ? WAITS_MS[delivery - 1] : undefined;
	return wait === undefined ? undefined : wait * (1 + JITTER * random);
}
