import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import pg from 'pg';

import { startPglite } from './pglite.cts';

const POOL_SIZE = 5;

export interface DatabaseOptions {
	/** A Postgres server to use, as in `DATABASE_URL`; without it PGlite runs in this process. */
	url?: string;
	/** Where PGlite keeps its files; absent means in memory. */
	dataDir?: string;
	/** Port for PGlite's socket; absent means any free one. */
	port?: number;
}

export interface Connection {
	host: string;
	port: number;
	database: string;
	user: string;
	password: string;
}

export interface Database {
	pool: pg.Pool;
	/** What a person types into n8n's Postgres credential. */
	connection: Connection;
	url: string;
	close(): Promise<void>;
}

/** What a statement needs: the pool, or one client inside a transaction. */
export type Queryable = Pick<pg.Pool, 'query'>;

/** Opens the platform's database and brings its schema up. Everyone, this process too, goes by TCP. */
export async function startDatabase(options: DatabaseOptions = {}): Promise<Database> {
	const embedded = options.url ? undefined : await startPglite(options);
	const url = options.url ?? embedded!.url;
	const pool = new pg.Pool({ connectionString: url, max: POOL_SIZE });
	// An idle connection that the server drops would otherwise end the process.
	pool.on('error', () => undefined);
	await pool.query(await readFile(join(__dirname, 'schema.sql'), 'utf8'));
	return {
		pool,
		url,
		connection: toConnection(url),
		async close() {
			await pool.end();
			await embedded?.close();
		},
	};
}

/** Runs `work` in one transaction; an error undoes all of it. */
export async function inTransaction<T>(
	pool: pg.Pool,
	work: (client: Queryable) => Promise<T>,
): Promise<T> {
	const client = await pool.connect();
	try {
		await client.query('BEGIN');
		const outcome = await work(client);
		await client.query('COMMIT');
		return outcome;
	} catch (error) {
		await client.query('ROLLBACK');
		throw error;
	} finally {
		client.release();
	}
}

function toConnection(url: string): Connection {
	const { hostname, port, pathname, username, password } = new URL(url);
	return {
		host: hostname,
		port: Number(port || 5432),
		database: decodeURIComponent(pathname.slice(1)),
		user: decodeURIComponent(username),
		password: decodeURIComponent(password),
	};
}
