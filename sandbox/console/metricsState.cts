/** What the Metrics view shows: the rollups that n8n keeps in the state store. */
import type pg from 'pg';

import { isPrepared } from './preparedTables.cts';

/** Two weeks of them, at one every six hours. */
const LATEST_ROLLUPS = 56;
const MOST_COMPANIES = 200;

export interface RolledUpCompany {
	id: string;
	name: string;
	/** Null where the company was never rolled up. */
	latestAt: Date | null;
}

/** The companies, those with the newest rollup first; null where the state store is not prepared. */
export async function rolledUpCompanies(pool: pg.Pool): Promise<RolledUpCompany[] | null> {
	if (!(await isPrepared(pool, 'rollups'))) return null;
	const { rows } = await pool.query<RolledUpCompany>(
		`SELECT company.id, company.name,
		   (SELECT max(taken_at) FROM property_platform.rollups
		    WHERE company_id = company.id) AS "latestAt"
		 FROM company ORDER BY "latestAt" DESC NULLS LAST, company.name, company.id
		 LIMIT ${MOST_COMPANIES}`,
	);
	return rows;
}

/** The latest rollups of a company, the oldest first, as n8n kept them. */
export async function rollupsOf(pool: pg.Pool, companyId: string) {
	if (!(await isPrepared(pool, 'rollups'))) return [];
	const { rows } = await pool.query<{ takenAt: Date; correlationId: string; rollup: unknown }>(
		`SELECT taken_at AS "takenAt", correlation_id AS "correlationId", figures AS rollup
		 FROM property_platform.rollups WHERE company_id = $1
		 ORDER BY taken_at DESC LIMIT ${LATEST_ROLLUPS}`,
		[companyId],
	);
	return rows.reverse();
}
