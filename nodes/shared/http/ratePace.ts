import type { Pacer } from './pace';
import { createRateSchedule, type RateMemory } from './rateSchedule';
import type { Clock, Send } from './send';

export interface RatePacer extends Pacer {
	/** For a run that goes on where this one ends; undefined while no limit is known. */
	memory(): RateMemory | undefined;
}

/**
 * Paces whatever it wraps together by the rate limit that the server's own answers name. Starts are
 * spaced evenly, however long an answer takes, so that as many requests are in flight as the rate
 * needs; the caller bounds how many it has waiting. Until an answer has named a limit there is one
 * request at a time and two a second.
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-06
 */
export function createRatePacer(clock: Clock, earlier?: RateMemory): RatePacer {
	const schedule = createRateSchedule(earlier);
	let queue: Promise<void> = Promise.resolve();

	const untilDue = async () => {
		for (;;) {
			const waitMs = schedule.earliestStart() - clock.now();
			if (waitMs <= 0) return;
			await clock.wait(waitMs);
		}
	};

	const pace =
		(send: Send): Send =>
		async (request) => {
			const ahead = queue;
			let passOn = () => {};
			queue = new Promise((resolve) => (passOn = resolve));
			await ahead;
			await untilDue();
			const turn = schedule.start(clock.now());
			if (schedule.isLimitKnown()) passOn();
			try {
				const response = await send(request);
				schedule.learn(turn, response, clock.now());
				return response;
			} finally {
				passOn();
			}
		};
	return Object.assign(pace, { memory: () => schedule.memory() });
}
