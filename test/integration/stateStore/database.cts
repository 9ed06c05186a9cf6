import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Client, Pool, type QueryResultRow } from 'pg';

import type { Statement } from '../../../nodes/shared/stateStore/statement';
import { startPglite } from '../../../sandbox/platform/pglite.cts';

export const SCHEMA = readFileSync(join(__dirname, '../../../sql/state-store.sql'), 'utf8');

/** `bound`: values beside the text. `interpolated`: values in the text, as n8n's driver does. */
export type Protocol = 'bound' | 'interpolated';
export const PROTOCOLS: Protocol[] = ['bound', 'interpolated'];

/** True where the tests run on a PostgreSQL server, whose sessions really run side by side. */
export const ON_A_SERVER = process.env.TEST_DATABASE_URL !== undefined;

export interface Database {
	pool: Pool;
	/** Runs a statement that must answer exactly one row, and gives that row. */
	run<Row extends QueryResultRow>(statement: Statement, protocol?: Protocol): Promise<Row>;
	/** Runs a statement that answers any number of rows. */
	rows<Row extends QueryResultRow>(statement: Statement, protocol?: Protocol): Promise<Row[]>;
	close(): Promise<void>;
}

/**
 * Opens an empty state store behind several connections: on PGlite, which takes turns between
 * them, or on the server TEST_DATABASE_URL names, where the schema `property_platform` is dropped
 * and the test files share it: run them one after another (`jest --runInBand`).
 */
export async function openDatabase(connections = 5): Promise<Database> {
	const { url, close } = ON_A_SERVER
		? { url: process.env.TEST_DATABASE_URL, close: async () => {} }
		: await startPglite();
	const pool = new Pool({ connectionString: url, max: connections });
	await pool.query('DROP SCHEMA IF EXISTS property_platform CASCADE');
	await pool.query(SCHEMA);
	async function rows<Row extends QueryResultRow>(
		statement: Statement,
		protocol: Protocol = 'bound',
	): Promise<Row[]> {
		const answer = await pool.query<Row>(
			protocol === 'bound'
				? { text: statement.query, values: statement.values }
				: { text: interpolate(statement) },
		);
		return answer.rows;
	}
	return {
		pool,
		rows,
		async run<Row extends QueryResultRow>(statement: Statement, protocol?: Protocol) {
			const answered = await rows<Row>(statement, protocol);
			if (answered.length !== 1) throw new Error(`Expected one row, got ${answered.length}`);
			return answered[0]!;
		},
		async close() {
			await pool.end();
			await close();
		},
	};
}

function interpolate({ query, values }: Statement): string {
	return query.replace(/\$(\d+)/g, (_placeholder, position) => {
		const value = values[Number(position) - 1]!;
		return typeof value === 'string' ? Client.prototype.escapeLiteral(value) : String(value);
	});
}
