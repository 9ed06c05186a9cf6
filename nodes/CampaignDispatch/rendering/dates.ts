import { attempt } from './attempt';
import { strftime } from './strftime';
import { FilterFault } from './templateError';

/** November 22, 2026 */
const DEFAULT_FORMAT = '%B %-d, %Y';
const ISO =
	/^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)? ?(?:Z|([+-])(\d\d):?(\d\d)?)?)?$/i;
const CLOCKS = new Map<string, Intl.DateTimeFormat>();

interface Moment {
	epochMs: number;
	/** A day without a time of day is the same day in every zone. */
	isDay: boolean;
}

/**
 * A date in the format of Liquid's `date` filter, in UTC unless a zone such as `Asia/Manila` is
 * given. Takes ISO 8601 and Unix seconds; what is neither stays as it is, "now" and "today" too,
 * because a mail has to be the same at every attempt.
 */
export function formatDate(value: unknown, format: unknown, zone: unknown): unknown {
	const moment = readMoment(value);
	if (!moment) return value;
	const wall = wallClock(moment, typeof zone === 'string' ? zone : 'UTC');
	const pattern = typeof format === 'string' ? format : DEFAULT_FORMAT;
	return strftime(pattern, wall, (wall.getTime() - moment.epochMs) / 60_000);
}

function readMoment(value: unknown): Moment | undefined {
	if (value instanceof Date) return momentOf(value.getTime());
	if (typeof value === 'number') return momentOf(value * 1000);
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	if (/^\d{1,11}$/.test(text)) return momentOf(Number(text) * 1000);
	const match = ISO.exec(text);
	if (!match) return undefined;
	const [year, month, day, hour, minute, second] = match
		.slice(1, 7)
		.map((part) => Number(part ?? 0));
	const offset = Number(match[8] ?? 0) * 60 + Number(match[9] ?? 0);
	const local = Date.UTC(year!, month! - 1, day, hour, minute, second);
	// 31 February is not 3 March, and 24:61 is no time.
	const isReal = new Date(local).toISOString().startsWith(text.slice(0, 10)) && hour! < 24;
	if (!isReal || minute! > 59 || second! > 59) return undefined;
	const epochMs = local - (match[7] === '-' ? -offset : offset) * 60_000;
	return { epochMs, isDay: match[4] === undefined };
}

function momentOf(epochMs: number): Moment | undefined {
	return Number.isNaN(new Date(epochMs).getTime()) ? undefined : { epochMs, isDay: false };
}

/** The clock on the wall of the zone, as if it were UTC. */
function wallClock({ epochMs, isDay }: Moment, zone: string): Date {
	if (isDay || zone === 'UTC') return new Date(epochMs);
	const { year, month, day, hour, minute, second } = Object.fromEntries(
		clockOf(zone)
			.formatToParts(epochMs)
			.map(({ type, value }) => [type, Number(value)]),
	);
	return new Date(Date.UTC(year!, month! - 1, day, hour, minute, second));
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
	const known = CLOCKS.get(timeZone);
	if (known) return known;
	const made = attempt(
		() =>
			new Intl.DateTimeFormat('en-US', {
				timeZone,
				hourCycle: 'h23',
				year: 'numeric',
				month: 'numeric',
				day: 'numeric',
				hour: 'numeric',
				minute: 'numeric',
				second: 'numeric',
			}),
	);
	if ('failure' in made) {
		throw new FilterFault(
			'The date filter was given a time zone that does not exist',
			'Write a zone of the IANA list, such as {{ visit_at | date: "%H:%M", "Asia/Manila" }}.',
		);
	}
	CLOCKS.set(timeZone, made.value);
	return made.value;
}
