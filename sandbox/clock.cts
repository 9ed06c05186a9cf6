export const MINUTE_MS = 60_000;

/**
 * Real moments, shortened waits. Whatever is signed or stored carries the real time; only how long
 * something waits is divided by `speed`.
 */
export interface Clock {
	readonly speed: number;
	now(): Date;
	/** How long a wait of so many milliseconds really takes, in milliseconds. */
	delay(milliseconds: number): number;
}

/** At speed 60 a minute of waiting takes a second. Throws a RangeError unless speed is above zero. */
export function createClock({ speed = 1 }: { speed?: number } = {}): Clock {
	if (!(speed > 0 && Number.isFinite(speed))) throw new RangeError('speed must be above zero');
	return {
		speed,
		now: () => new Date(),
		delay: (milliseconds) => milliseconds / speed,
	};
}
