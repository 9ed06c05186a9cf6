import type { FieldType } from './fields';
import { readMoment } from './moment';

const DECIMAL = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const TRUE = ['1', 't', 'true'];
const FALSE = ['0', 'f', 'false'];

/**
 * A row's value as a number that compares as the value does: moments in milliseconds since 1970,
 * TRUE as 1 and FALSE as 0. NaN is SQL's NULL; so is whatever is no value of the type.
 */
export const READ_AS_NUMBER: Record<Exclude<FieldType, 'text'>, (value: unknown) => number> = {
	number: (value) => (typeof value === 'number' ? value : numberFrom(value)),
	date: momentFrom,
	boolean: (value) => (value === true ? 1 : value === false ? 0 : truthFrom(value)),
};

/** Databases give exact decimals as text. */
function numberFrom(value: unknown): number {
	return typeof value === 'string' && DECIMAL.test(value) ? Number(value) : NaN;
}

// The two ends of a period ask for the same moment, one right after the other.
let lastText = '';
let lastMoment = NaN;

function momentFrom(value: unknown): number {
	if (typeof value !== 'string') return value instanceof Date ? value.getTime() : NaN;
	if (value !== lastText) {
		lastMoment = readMoment(value);
		lastText = value;
	}
	return lastMoment;
}

/** SQLite and MySQL know only 1 and 0, and PostgreSQL writes t and f in its text. */
function truthFrom(value: unknown): number {
	if (typeof value !== 'string' && typeof value !== 'number') return NaN;
	const text = String(value);
	return TRUE.includes(text) ? 1 : FALSE.includes(text) ? 0 : NaN;
}
