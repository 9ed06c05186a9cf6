/** Business time by looking at the clock every minute, without our code and without its library. */
import type { Schedule } from '../../../../nodes/LeadScore/followUp/schedule';

const MINUTE_MS = 60_000;

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export interface Wall {
	/** `YYYY-MM-DD`. */
	date: string;
	/** `HH:MM`. */
	time: string;
	/** ISO weekday. */
	weekday: number;
}

export function wallClockOf(timeZone: string): (moment: number) => Wall {
	const format = new Intl.DateTimeFormat('en-GB', {
		timeZone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		weekday: 'short',
		hourCycle: 'h23',
	});
	return (moment) => {
		const parts = format.formatToParts(moment).map(({ type, value }) => [type, value]);
		const { year, month, day, hour, minute, weekday } = Object.fromEntries(parts) as Record<
			string,
			string
		>;
		return {
			date: `${year}-${month}-${day}`,
			time: `${hour}:${minute}`,
			weekday: WEEKDAYS.indexOf(weekday!) + 1,
		};
	};
}

export function isBusinessDay({ days, holidays }: Schedule, { date, weekday }: Wall): boolean {
	return days.includes(weekday) && !holidays.includes(date);
}

/**
 * The open minutes that begin between two moments, as their starts. The agency opens when the clock
 * first reaches its hour and closes when it first reaches the other, also on a day of 23 or 25 hours.
 */
export function openMinutes(schedule: Schedule, from: number, to: number): number[] {
	const wallClock = wallClockOf(schedule.timeZone);
	const latest = new Map<string, string>();
	const open: number[] = [];
	const firstMinute = Math.floor(from / MINUTE_MS) * MINUTE_MS;
	for (let minute = firstMinute - 1560 * MINUTE_MS; minute < to; minute += MINUTE_MS) {
		const wall = wallClock(minute);
		const seen = latest.get(wall.date) ?? '';
		const reached = wall.time > seen ? wall.time : seen;
		latest.set(wall.date, reached);
		const isWithin = reached >= schedule.opens && reached < schedule.closes;
		if (minute >= firstMinute && isWithin && isBusinessDay(schedule, wall)) open.push(minute);
	}
	return open;
}

/** Milliseconds of open time between two moments. */
export function openTime(schedule: Schedule, from: number, to: number): number {
	return openMinutes(schedule, from, to)
		.map((minute) => Math.min(minute + MINUTE_MS, to) - Math.max(minute, from))
		.reduce((sum, part) => sum + part, 0);
}
