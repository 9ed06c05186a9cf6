import { MONTHS } from './months';
import { textAt } from './quantity';
import type { Token } from './tokens';

/** Beyond it somebody mistyped, or speaks of something else. */
const MOST_YEARS_AHEAD = 10;
const MOST_MONTHS_AHEAD = 36;

const BEFORE_MONTH = new Set(
	'in by on this next until before starting start from sa ngayong early mid late end of around pagdating around'.split(
		' ',
	),
);
const AFTER_MONTH = new Set(['move', 'lipat', 'lilipat', 'onwards', 'ako', 'kami']);
const SOON = new Set(['asap', 'immediate', 'immediately', 'agad', 'kaagad', 'agaran']);
const ORDINAL = new Set(['st', 'nd', 'rd', 'th']);
/** What says that a date is one of moving in, and not of a visit. */
const MOVING = new Set('move moving movein lipat lilipat lumipat occupy occupancy'.split(' '));
const YEAR = /^20\d\d$/;
const DAY = /^\d{1,2}$/;
const TWO_DIGITS = /^\d\d$/;

interface Day {
	year: number;
	month: number;
	day?: number;
}

/**
 * The month or the day at which somebody wants to move in, as `2026-12` or `2026-12-15`; what is
 * said in relation to now is reckoned by the UTC calendar. Undefined where none is said, where it is
 * past, and where the order of day and month is open (3/4/2027). `from` is the token to begin at.
 */
export function readMoveIn(tokens: readonly Token[], now: Date, from = 0): string | undefined {
	const today: Required<Day> = {
		year: now.getUTCFullYear(),
		month: now.getUTCMonth() + 1,
		day: now.getUTCDate(),
	};
	for (let index = from; index < tokens.length; index++) {
		const day = dayAt(tokens, index, today);
		if (day && isAhead(day, today)) return written(day);
	}
	return undefined;
}

/** The first token that speaks of moving; after the last where none does. */
export function movingAt(tokens: readonly Token[]): number {
	const index = tokens.findIndex(({ text }) => MOVING.has(text));
	return index < 0 ? tokens.length : index;
}

function dayAt(tokens: readonly Token[], index: number, today: Required<Day>): Day | undefined {
	const { kind, text } = tokens[index]!;
	if (kind === 'number') return isoDay(tokens, index) ?? monthsAhead(tokens, index, today);
	if (kind !== 'word') return undefined;
	if (SOON.has(text)) return { year: today.year, month: today.month };
	const next = textAt(tokens, index + 1);
	if (text === 'next' && next === 'month') return ahead(today, 1);
	if ((text === 'this' && next === 'month') || (text === 'ngayong' && next === 'buwan')) {
		return ahead(today, 0);
	}
	if (text === 'susunod') {
		const after = textAt(tokens, next === 'na' ? index + 2 : index + 1);
		return after === 'buwan' ? ahead(today, 1) : undefined;
	}
	const month = MONTHS.get(text);
	return month === undefined ? undefined : namedMonth(tokens, index, month, today);
}

/** 2027-01-15 and 2027-01 */
function isoDay(tokens: readonly Token[], index: number): Day | undefined {
	const year = textAt(tokens, index);
	const month = textAt(tokens, index + 2);
	if (!YEAR.test(year) || textAt(tokens, index + 1) !== '-' || !TWO_DIGITS.test(month)) {
		return undefined;
	}
	const day = textAt(tokens, index + 4);
	const hasDay = textAt(tokens, index + 3) === '-' && TWO_DIGITS.test(day);
	return { year: Number(year), month: Number(month), ...(hasDay && { day: Number(day) }) };
}

/** "in 2 months", "2 months from now" */
function monthsAhead(
	tokens: readonly Token[],
	index: number,
	today: Required<Day>,
): Day | undefined {
	if (!['month', 'months'].includes(textAt(tokens, index + 1))) return undefined;
	const isAfter = ['in', 'after', 'within'].includes(textAt(tokens, index - 1));
	if (!isAfter && textAt(tokens, index + 2) !== 'from') return undefined;
	const months = Number(textAt(tokens, index));
	return months >= 1 && months <= MOST_MONTHS_AHEAD ? ahead(today, months) : undefined;
}

function ahead({ year, month }: Day, months: number): Day {
	const count = year * 12 + month - 1 + months;
	return { year: Math.floor(count / 12), month: (count % 12) + 1 };
}

/** "15 Dec", "Dec 15th, 2026", "by December", "sa Enero"; a name alone may be another word. */
function namedMonth(
	tokens: readonly Token[],
	index: number,
	month: number,
	today: Required<Day>,
): Day | undefined {
	const [dayBefore, start] = dayBeforeMonth(tokens, index);
	let [day, end] = dayAfterMonth(tokens, index);
	if (day !== undefined && dayBefore !== undefined) return undefined;
	if (textAt(tokens, end) === ',') end++;
	const hasYear = YEAR.test(textAt(tokens, end));
	day ??= dayBefore;
	const isSaid =
		day !== undefined ||
		hasYear ||
		(BEFORE_MONTH.has(textAt(tokens, start - 1)) && !isTagalogMay(tokens, index)) ||
		(AFTER_MONTH.has(textAt(tokens, index + 1)) && textAt(tokens, index) !== 'may');
	if (!isSaid) return undefined;
	const year = hasYear ? Number(textAt(tokens, end)) : nextYearOf(month, day, today);
	return { year, month, ...(day !== undefined && { day }) };
}

/** "sa may BGC" is "near BGC". */
function isTagalogMay(tokens: readonly Token[], index: number): boolean {
	return textAt(tokens, index) === 'may' && textAt(tokens, index - 1) === 'sa';
}

function dayBeforeMonth(
	tokens: readonly Token[],
	index: number,
): readonly [number | undefined, number] {
	let at = index - 1;
	if (textAt(tokens, at) === 'of') at--;
	if (ORDINAL.has(textAt(tokens, at))) at--;
	const text = textAt(tokens, at);
	return DAY.test(text) && textAt(tokens, at - 1) !== '/' ? [Number(text), at] : [undefined, index];
}

/** "may 2 kwarto" has two rooms and is no day in May. */
function dayAfterMonth(
	tokens: readonly Token[],
	index: number,
): readonly [number | undefined, number] {
	const text = textAt(tokens, index + 1);
	if (!DAY.test(text)) return [undefined, index + 1];
	const end = ORDINAL.has(textAt(tokens, index + 2)) ? index + 3 : index + 2;
	const after = tokens[end];
	const isDay =
		after === undefined || after.kind !== 'word' || (end === index + 3 && !after.isGlued);
	const isUnit =
		textAt(tokens, index) === 'may' ? !isDay : after?.isGlued === true && after.kind === 'word';
	return isUnit ? [undefined, index + 1] : [Number(text), end];
}

function nextYearOf(month: number, day: number | undefined, today: Required<Day>): number {
	const isPast = month < today.month || (month === today.month && (day ?? today.day) < today.day);
	return isPast ? today.year + 1 : today.year;
}

function isAhead({ year, month, day }: Day, today: Required<Day>): boolean {
	if (month < 1 || month > 12 || year > today.year + MOST_YEARS_AHEAD) return false;
	if (day !== undefined && (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate())) {
		return false;
	}
	const months = year * 12 + month - (today.year * 12 + today.month);
	return months > 0 || (months === 0 && (day ?? today.day) >= today.day);
}

function written({ year, month, day }: Day): string {
	const parts = day === undefined ? [year, month] : [year, month, day];
	return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
