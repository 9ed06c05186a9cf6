import { z } from 'zod';

/** A decimal number as databases write it. */
export const DECIMAL_TEXT = /^-?\d{1,15}(\.\d{1,30})?$/;

/** An identifier as the platform writes it: a UUID in practice, any printable text up to 128 characters. */
export const identifier = z
	.string()
	.trim()
	.max(128)
	.regex(/^[\x21-\x7e]+$/, 'must be printable characters without spaces');

/** Free text a person typed, bounded so that no field can fill a page of a log. */
export const text = (maxLength: number) => z.string().trim().min(1).max(maxLength);

/** Whole number that fits the platform's `IntegerField` (32-bit signed in Django). */
export const integer = z.number().int().min(-2_147_483_648).max(2_147_483_647);

/** Amount of money, zero or more, in the currency of the listing. */
export const amount = z.number().finite().nonnegative().max(2_147_483_647);

/** Count of things: a whole number, zero or more. */
export const count = integer.nonnegative();

/** Percentage between 0 and 100. */
export const percentage = z.number().min(0).max(100);

/**
 * A number that may also come as plain decimal text, such as `"5000000.00"`: databases hand over
 * exact decimals that way. Text of any other form stays text, for the contract to refuse.
 */
export const decimal = <S extends z.ZodTypeAny>(number: S) =>
	z.preprocess(
		(given) =>
			typeof given === 'string' && DECIMAL_TEXT.test(given.trim()) ? Number(given) : given,
		number,
	);

/** UTC ISO 8601 with a `Z`, such as `2024-01-15T10:30:00Z`. */
export const utcTimestamp = z.string().datetime({ offset: false });

/** Formats a moment as the platform's callbacks write it: UTC, whole seconds, `Z`. */
export function toUtcTimestamp(moment: Date): string {
	return moment.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
