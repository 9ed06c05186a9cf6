import type pg from 'pg';

/** Whether the state store is prepared, in a version that has this table. */
export async function isPrepared(pool: pg.Pool, table: string): Promise<boolean> {
	const { rows } = await pool.query<{ isThere: boolean }>(
		`SELECT to_regclass('property_platform.' || $1) IS NOT NULL AS "isThere"`,
		[table],
	);
	return rows[0]!.isThere;
}
