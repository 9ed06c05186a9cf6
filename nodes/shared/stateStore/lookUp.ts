const TABLE = /^[a-z_]\w{0,62}(\.[a-z_]\w{0,62})?$/i;

/** A row of another table of the same database, for a statement to bring along. */
export interface LookUp {
	/** Name of the column in the answer. */
	as: string;
	/** A table, or schema and table with a dot between. */
	table: string;
	/** Looked for in the table's column `id`. */
	id: string;
}

/** Whether a text can stand for a table in a look-up. */
export function isTableName(name: string): boolean {
	return TABLE.test(name);
}

/**
 * The look-ups as further columns of a SELECT, each the row as JSON or null; their ids are the
 * values from the given placeholder on. Throws a RangeError where a table is no name of one.
 */
export function selectLookUps(lookUps: readonly LookUp[], firstPlaceholder: number): string {
	return lookUps
		.map(({ as, table }, index) => {
			const placeholder = `$${firstPlaceholder + index}::text`;
			return `,
	(SELECT to_jsonb(known) FROM ${quotedTable(table)} AS known WHERE known.id::text = ${placeholder})
		AS "${as}"`;
		})
		.join('');
}

/** The table as SQL names it. Throws a RangeError where the text is no name of one. */
export function quotedTable(table: string): string {
	if (!isTableName(table)) throw new RangeError(`"${table}" is no name of a table`);
	return table
		.split('.')
		.map((part) => `"${part}"`)
		.join('.');
}
