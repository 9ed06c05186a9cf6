/** Companies whose figures a test knows because it has put them there, row by row. */
import { randomUUID } from 'node:crypto';

import { world } from './world.cts';

export interface CompanyRows {
	/** How many days ago each listing was enriched; null: never. */
	enrichedDaysAgo?: Array<number | null>;
	leads?: number;
	campaigns?: Array<{ sent: number; failed?: number; opened: number; clicked: number }>;
	/** How n8n answered what the platform sent. */
	answers?: number[];
}

/** Saves a company with these rows; answers its id. */
export async function newCompany(rows: CompanyRows = {}): Promise<string> {
	const { pool } = world().platform;
	const id = randomUUID();
	await pool.query(`INSERT INTO company (id, name) VALUES ($1, 'Company of a test')`, [id]);
	for (const days of rows.enrichedDaysAgo ?? []) {
		await pool.query(
			`INSERT INTO property (id, company_id, address, city, price_amount, narrative, last_updated)
			 VALUES ($1, $2, '1 Test Street', 'Manila', 5000000, $3, now() - make_interval(days => $4))`,
			[randomUUID(), id, days === null ? '' : 'A home.', days],
		);
	}
	for (let lead = 0; lead < (rows.leads ?? 0); lead++) await addLead(id);
	for (const { sent, failed = 0, opened, clicked } of rows.campaigns ?? []) {
		await pool.query(
			`INSERT INTO campaign (id, company_id, sent, failed, opened, clicked)
			 VALUES ($1, $2, $3, $4, $5, $6)`,
			[randomUUID(), id, sent, failed, opened, clicked],
		);
	}
	for (const status of rows.answers ?? []) {
		await pool.query(
			`INSERT INTO event_log (direction, event, company_id, status, outcome, duration_ms)
			 VALUES ('out', 'lead.created', $1, $2, 'answered', 10)`,
			[id, status],
		);
	}
	return id;
}

export async function addLead(companyId: string): Promise<void> {
	await world().platform.pool.query('INSERT INTO lead (id, company_id) VALUES ($1, $2)', [
		randomUUID(),
		companyId,
	]);
}

/** What the platform was last told of a company. */
export async function reportedOf(companyId: string): Promise<Record<string, unknown> | undefined> {
	const { rows } = await world().platform.pool.query<Record<string, unknown>>(
		'SELECT * FROM metrics_rollup WHERE company_id = $1',
		[companyId],
	);
	return rows[0];
}
