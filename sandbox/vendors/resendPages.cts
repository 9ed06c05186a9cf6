/** Resend's lists: newest first, with the id of a row as the cursor. */
import { invalid } from './resendErrors.cts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

export interface Page<Shown> {
	object: 'list';
	has_more: boolean;
	data: Shown[];
}

/**
 * The page that a query's `limit`, `after` and `before` ask for, of rows that are oldest first.
 * `after` gives older rows, `before` newer ones; neither gives the row it names.
 */
export function pageOf<Row extends { id: string }, Shown>(
	rows: readonly Row[],
	query: Record<string, string>,
	shown: (row: Row) => Shown,
	position = (id: string) => rows.findIndex((row) => row.id === id),
): Page<Shown> {
	const limit = Number(query.limit ?? DEFAULT_LIMIT);
	if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
		throw invalid('The pagination limit must be a number between 1 and 100.');
	}
	const { after, before } = query;
	if (after !== undefined && before !== undefined) {
		throw invalid('The `after` and `before` parameters cannot be used together.');
	}
	const cursor = after ?? before;
	const at = cursor === undefined ? rows.length : position(cursor);
	if (at < 0) throw invalid('The pagination cursor is invalid.');
	const start = before === undefined ? Math.max(0, at - limit) : at + 1;
	const end = before === undefined ? at : at + 1 + limit;
	return {
		object: 'list',
		has_more: before === undefined ? start > 0 : end < rows.length,
		data: rows.slice(start, end).reverse().map(shown),
	};
}
