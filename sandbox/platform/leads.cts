import type pg from 'pg';
import { z } from 'zod';

import { decimal } from '../../nodes/shared/contracts/fields';
import type { LeadCreated } from '../../nodes/shared/contracts/leadCreated';
import { inTransaction, type Queryable } from './database.cts';

/** A budget that is a figure. What a person wrote, such as "₱20M", is for the scoring to read. */
const figure = decimal(z.number().finite().nonnegative());

/** Inserts or updates a lead, as `writeLead` does, by itself. */
export async function saveLead(pool: pg.Pool, lead: LeadCreated): Promise<void> {
	await inTransaction(pool, async (client) => await writeLead(client, lead));
}

/**
 * Inserts or updates a lead, and its company where it is new. What a callback wrote stays as it is,
 * and a property that the platform does not have is left out.
 */
export async function writeLead(db: Queryable, lead: LeadCreated): Promise<void> {
	const budget = figure.safeParse(lead.preferences?.budget_max);
	await db.query('INSERT INTO company (id, name) VALUES ($1, $1) ON CONFLICT (id) DO NOTHING', [
		lead.company_id,
	]);
	await db.query(
		`INSERT INTO lead
		   (id, company_id, property_id, email, phone, consent, utm, budget_max, beds, preferred_city)
		 VALUES ($1, $2, (SELECT id FROM property WHERE id = $3), $4, $5, $6, $7, $8, $9, $10)
		 ON CONFLICT (id) DO UPDATE
		 SET company_id = excluded.company_id, property_id = excluded.property_id,
		     email = excluded.email, phone = excluded.phone, consent = excluded.consent,
		     utm = excluded.utm, budget_max = excluded.budget_max, beds = excluded.beds,
		     preferred_city = excluded.preferred_city`,
		[
			lead.lead_id,
			lead.company_id,
			lead.property_id ?? null,
			lead.email ?? null,
			lead.phone ?? null,
			lead.consent ?? false,
			JSON.stringify(lead.utm ?? {}),
			budget.success ? budget.data : null,
			lead.preferences?.beds ?? null,
			lead.preferences?.preferred_city ?? null,
		],
	);
}
