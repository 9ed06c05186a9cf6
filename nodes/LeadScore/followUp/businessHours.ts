import { DateTime, IANAZone } from 'luxon';

import type { Schedule, Within } from './schedule';
import { DAY_MS, MINUTE_MS, momentOf, onTheWall } from './wallClock';

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const MOST = { minutes: 10_080, days: 90 };

/** Where that brings no open time, the schedule has none. */
const DAYS_SEARCHED = 3660;

/** What is wrong with a schedule, each by the name of its parameter; nothing where all is well. */
export function checkSchedule(schedule: Schedule): string[] {
	const { timeZone, days, opens, closes, holidays, within } = schedule;
	const problems: string[] = [];
	if (!IANAZone.isValidZone(timeZone)) {
		problems.push(`Time Zone: "${timeZone}" is not known; write one such as Asia/Manila`);
	}
	if (days.length === 0) problems.push('Days: choose at least one');
	if (!days.every((day) => [1, 2, 3, 4, 5, 6, 7].includes(day))) {
		problems.push('Days: must be numbers from 1 (Monday) to 7 (Sunday)');
	}
	if (!TIME.test(opens)) problems.push(`Opens: "${opens}" is not a time such as 09:00`);
	if (!TIME.test(closes)) problems.push(`Closes: "${closes}" is not a time such as 18:00`);
	if (TIME.test(opens) && TIME.test(closes) && closes <= opens) {
		problems.push(
			`Closes: ${closes} must be later than Opens (${opens}); hours over midnight are not supported`,
		);
	}
	for (const date of holidays) {
		if (!DATE.test(date) || !DateTime.fromISO(date, { zone: 'utc' }).isValid) {
			problems.push(`Holidays: "${date}" is not a date such as 2026-12-25`);
		}
	}
	for (const [grade, time] of Object.entries(within)) {
		if (!isUsable(time)) {
			problems.push(
				`Within: grade ${grade} must have 1 to ${MOST.minutes} minutes or 1 to ${MOST.days} days`,
			);
		}
	}
	return problems;
}

/** The moment at which the time has passed, counted while the agency is open. Sound schedules only. */
export function addBusinessTime(schedule: Schedule, now: number, within: Within): number {
	return 'minutes' in within
		? addOpenMinutes(schedule, now, within.minutes)
		: addBusinessDays(schedule, now, within.days);
}

export function isOpen(schedule: Schedule, now: number): boolean {
	for (const { opensAt } of openings(schedule, now)) return opensAt <= now;
	return false;
}

function addOpenMinutes(schedule: Schedule, now: number, minutes: number): number {
	let left = minutes * MINUTE_MS;
	for (const { opensAt, closesAt } of openings(schedule, now)) {
		const start = Math.max(opensAt, now);
		if (start + left <= closesAt) return start + left;
		left -= closesAt - start;
	}
	throw new Error('The schedule has too few business hours');
}

/** The same time of day so many business days later, moved into the hours where it is outside. */
function addBusinessDays(schedule: Schedule, now: number, days: number): number {
	const zone = IANAZone.create(schedule.timeZone);
	const { day, time } = onTheWall(zone, now);
	const openTime = Math.min(Math.max(time, timeOf(schedule.opens)), timeOf(schedule.closes));
	let left = days;
	for (const businessDay of businessDays(schedule, day + DAY_MS)) {
		if (--left === 0) return momentOf(zone, businessDay, openTime);
	}
	throw new Error('The schedule has too few business days');
}

/** The times during which the agency is open, from the one that is not over yet. */
function* openings(schedule: Schedule, now: number) {
	const zone = IANAZone.create(schedule.timeZone);
	for (const day of businessDays(schedule, onTheWall(zone, now).day)) {
		const closesAt = momentOf(zone, day, timeOf(schedule.closes));
		if (closesAt <= now) continue;
		yield { opensAt: momentOf(zone, day, timeOf(schedule.opens)), closesAt };
	}
}

function* businessDays({ days, holidays }: Schedule, firstDay: number) {
	for (let count = 0; count < DAYS_SEARCHED; count++) {
		const day = new Date(firstDay + count * DAY_MS);
		const isoWeekday = day.getUTCDay() || 7;
		if (!days.includes(isoWeekday)) continue;
		if (!holidays.includes(day.toISOString().slice(0, 10))) yield day.getTime();
	}
}

/** Milliseconds since midnight. */
function timeOf(text: string): number {
	const [, hours, minutes] = TIME.exec(text) ?? [];
	return (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}

function isUsable(within: Within): boolean {
	const [count, most] =
		'minutes' in within ? [within.minutes, MOST.minutes] : [within.days, MOST.days];
	return Number.isInteger(count) && count >= 1 && count <= most;
}
