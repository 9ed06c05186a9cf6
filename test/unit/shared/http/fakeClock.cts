import type { Clock } from '../../../../nodes/shared/http/send';

export interface FakeClock extends Clock {
	/** Every wait that was asked for, in milliseconds. */
	readonly waits: number[];
	advance(milliseconds: number): void;
}

/** A clock that stands still but for its waits and what a test advances it by. */
export function fakeClock(startMs = 1_790_000_000_000): FakeClock {
	let nowMs = startMs;
	const waits: number[] = [];
	return {
		waits,
		now: () => nowMs,
		async wait(milliseconds) {
			waits.push(milliseconds);
			nowMs += milliseconds;
		},
		advance(milliseconds) {
			nowMs += milliseconds;
		},
	};
}
