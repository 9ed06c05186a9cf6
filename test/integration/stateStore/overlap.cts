import type { Statement } from '../../../nodes/shared/stateStore/statement';
import type { Database } from './database.cts';

/**
 * Runs `first` and holds its transaction open until `second` waits for it; answers the row of
 * `second`. Only on a real server: PGlite has one session.
 */
export async function overlap<Row extends object>(
	database: Database,
	first: Statement | Statement[],
	second: Statement,
	end: 'COMMIT' | 'ROLLBACK' = 'COMMIT',
): Promise<Row> {
	const session = await database.pool.connect();
	await session.query('BEGIN');
	for (const { query, values } of [first].flat()) await session.query(query, values);
	const waiting = database.run<Row>(second);
	for (let blocked = 0; blocked === 0;) {
		const { rows } = await database.pool.query<{ blocked: number }>(
			"SELECT count(*)::int AS blocked FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
		);
		blocked = rows[0]!.blocked;
	}
	await session.query(end);
	session.release();
	return await waiting;
}
