import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';

import { createClock } from '../../../sandbox/clock.cts';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import { startPlatform } from '../../../sandbox/platform/platform.cts';
import { SECRET } from './callBack.cts';
import { startReceiver } from './receiver.cts';
import { until } from './until.cts';

describe('the embedded database', () => {
	let database: Database;

	beforeAll(async () => {
		database = await startDatabase();
	}, 30_000);

	afterAll(async () => await database.close());

	it('takes a second client by host, port, user and password', async () => {
		const client = new pg.Client(database.connection);
		await client.connect();
		const { rows } = await client.query('SELECT count(*)::int AS n FROM property');
		expect(rows).toEqual([{ n: 0 }]);
		await client.end();
	});

	it('keeps ten clients apart while they mix transactions, errors and large parameters', async () => {
		const other = new pg.Pool({ ...database.connection, max: 10 });
		const large = 'x'.repeat(300_000);
		const kinds = [
			async (n: number) => {
				const client = await other.connect();
				await client.query('BEGIN');
				const { rows } = await client.query('SELECT $1::int AS n', [n]);
				await client.query('COMMIT');
				client.release();
				return rows[0].n;
			},
			async (n: number) =>
				(await other.query('SELECT $1::int AS n, length($2::text) AS l', [n, large])).rows[0].n,
			async (n: number) =>
				await other.query('SELECT 1 / $1::int', [0]).catch((error: Error) => {
					expect(error.message).toBe('division by zero');
					return n;
				}),
			async (n: number) =>
				(await database.pool.query('SELECT $1::text AS t, $2::int AS n', ['t', n])).rows[0].n,
		];
		const numbers = Array.from({ length: 200 }, (_, n) => n);
		const answers = await Promise.all(numbers.map((n) => kinds[n % kinds.length]!(n)));
		expect(answers).toEqual(numbers);
		await other.end();
	});

	it('goes on when a client dies in the middle of a transaction', async () => {
		const client = new pg.Client(database.connection);
		client.on('error', () => undefined);
		await client.connect();
		await client.query('BEGIN');
		await client.query(`INSERT INTO company (id, name) VALUES ('half', 'Half')`);
		(
			client as unknown as { connection: { stream: { destroy(): void } } }
		).connection.stream.destroy();
		const { rows } = await database.pool.query('SELECT id FROM company');
		expect(rows).toEqual([]);
	});
});

describe('a platform that is killed', () => {
	it('delivers after its restart what was pending and what was on its way', async () => {
		const dataDir = await mkdtemp(join(tmpdir(), 'platform-'));
		const n8n = await startReceiver(SECRET);
		n8n.answer(() => new Promise(() => {}));
		let child: ChildProcess | undefined;
		try {
			child = spawn(
				process.execPath,
				[
					'--require',
					require.resolve('tsx/cjs'),
					join(__dirname, 'doomedPlatform.cts'),
					dataDir,
					n8n.url,
				],
				{ stdio: ['ignore', 'ignore', 'inherit'] },
			);
			await until(() => n8n.deliveries.length === 4, 20_000);
			child.kill('SIGKILL');
			await once(child, 'exit');
			n8n.forget();

			const database = await startDatabase({ dataDir });
			const platform = await startPlatform({
				database,
				clock: createClock(),
				signingSecret: SECRET,
				n8nUrl: n8n.url,
			});
			const numbers = () => new Set(n8n.deliveries.map(({ body }) => body.n));
			await until(() => numbers().size === 6, 20_000);
			expect([...numbers()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
			await platform.close();
			await database.close();
		} finally {
			child?.kill('SIGKILL');
			await n8n.close();
			await rm(dataDir, { recursive: true });
		}
	}, 60_000);
});
