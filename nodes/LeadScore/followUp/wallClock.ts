/** Moments and wall clocks. A moment is in milliseconds since 1970, a day is its midnight in UTC. */
import type { Zone } from 'luxon';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** What calendar and clock show at a moment: the day, and the milliseconds since its midnight. */
export function onTheWall(zone: Zone, moment: number): { day: number; time: number } {
	const local = moment + zone.offset(moment) * MINUTE_MS;
	const day = Math.floor(local / DAY_MS) * DAY_MS;
	return { day, time: local - day };
}

/**
 * The first moment of a day at which the clock reads the time or later: where the clocks go back,
 * the first of two; where they go forward over it, the moment at which they do. A later time never
 * gives an earlier moment.
 */
export function momentOf(zone: Zone, day: number, time: number): number {
	const local = day + time;
	// No offset exceeds 14 hours, so that the moment lies between these two.
	const before = zone.offset(local - DAY_MS);
	const after = zone.offset(local + DAY_MS);
	const byBefore = local - before * MINUTE_MS;
	if (zone.offset(byBefore) === before) return byBefore;
	let moment = local - after * MINUTE_MS;
	while (zone.offset(moment) !== after) moment += MINUTE_MS;
	return moment;
}
