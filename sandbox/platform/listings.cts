import type { EnrichProperty } from '../../nodes/shared/contracts/enrichProperty';
import { inTransaction } from './database.cts';
import type pg from 'pg';

const OPTIONAL_COLUMNS = [
	'currency',
	'country',
	'state',
	'zip_code',
	'neighborhood',
	'property_type',
	'floor_area_sqm',
	'latitude',
	'longitude',
] as const;

/** Inserts or updates a listing, and its company where it is new. Enrichment fields stay as they are. */
export async function saveListing(pool: pg.Pool, listing: EnrichProperty): Promise<void> {
	const columns = {
		id: listing.property_id,
		company_id: listing.company_id,
		address: listing.address,
		city: listing.city,
		price_amount: listing.price_amount,
		beds: listing.beds,
		baths: listing.baths,
		description: listing.description ?? '',
		...Object.fromEntries(OPTIONAL_COLUMNS.map((name) => [name, listing[name] ?? null])),
	};
	const names = Object.keys(columns);
	const updates = names.filter((name) => name !== 'id').map((name) => `${name} = excluded.${name}`);
	await inTransaction(pool, async (client) => {
		await client.query(
			'INSERT INTO company (id, name) VALUES ($1, $1) ON CONFLICT (id) DO NOTHING',
			[listing.company_id],
		);
		await client.query(
			`INSERT INTO property (${names.join(', ')})
			 VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})
			 ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`,
			Object.values(columns),
		);
	});
}
