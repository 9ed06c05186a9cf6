const YES = ['true', 't', 'yes', 'y', 'on', '1'];
const NO = ['false', 'f', 'no', 'n', 'off', '0', ''];

/** True only for a clear yes, as databases and forms write it. Whatever else there is is no consent. */
export function isConsent(value: unknown): boolean {
	return YES.includes(word(value));
}

/**
 * False only for a clear no, or for nothing in the column; the moment at which somebody left is a yes.
 * A column that is not there says nothing, and so that nobody may be written to.
 */
export function isUnsubscribed(row: Readonly<Record<string, unknown>>, field: string): boolean {
	if (!Object.hasOwn(row, field)) return true;
	const value = row[field] ?? 'no';
	return !NO.includes(word(value));
}

function word(value: unknown): string {
	const isPlain = ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
	return isPlain ? String(value).trim().toLowerCase() : '(something else)';
}
