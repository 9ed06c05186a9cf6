import { cut } from '../../shared/text/cut';

/** A longer text is cut; Meta's own limits are far below. */
const LONGEST_TEXT = 100_000;

const ID = /^[\x21-\x7e]{1,512}$/;
const DIGITS = /^\d{1,16}$/;

/** Below it a moment is in seconds: as milliseconds it would be of 1973, as seconds of 5138. */
const FIRST_MILLISECONDS = 100_000_000_000;
/** The end of the year 9999, up to which moments as text stand in their order. */
const LAST_MILLISECONDS = 253_402_300_799_999;

export type WireObject = Readonly<Record<string, unknown>>;

export function readObject(value: unknown): WireObject | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as WireObject)
		: undefined;
}

/** An id as text. A number whose digits may have been lost is none. */
export function readId(value: unknown): string | undefined {
	if (typeof value === 'string') return ID.test(value) ? value : undefined;
	return Number.isSafeInteger(value) && (value as number) >= 0 ? String(value) : undefined;
}

/** At most 100,000 characters of a text. */
export function readText(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	return value.length > LONGEST_TEXT ? cut(value, LONGEST_TEXT) : value;
}

/** Milliseconds since 1970, from milliseconds or seconds, as a number or as text. */
export function readMoment(value: unknown): number | undefined {
	const isMoment = typeof value === 'number' || (typeof value === 'string' && DIGITS.test(value));
	const moment = isMoment ? Number(value) : Number.NaN;
	const milliseconds = moment < FIRST_MILLISECONDS ? moment * 1000 : moment;
	return milliseconds > 0 && milliseconds <= LAST_MILLISECONDS
		? Math.floor(milliseconds)
		: undefined;
}
